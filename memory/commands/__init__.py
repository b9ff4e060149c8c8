"""Explicit commands in the user's own words, obeyed at once and without a model; and what will be remembered of a turn, told before it is."""

from memory.commands.obey import note, obey
from memory.commands.understood import understood

__all__ = ["note", "obey", "understood"]
