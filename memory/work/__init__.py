"""What a woken worker does for one user: each piece in transactions of its own, and nothing held while a model or an embedder answers."""
