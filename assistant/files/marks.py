"""How files stand in a prompt: what those who write it and the built-in model, which reads it, have in common."""

OPENING = "⟦file "
NO_WORDS = "(The person sent this without words.)"  # a message of files alone; providers refuse an empty one
