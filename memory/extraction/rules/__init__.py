"""A reader without a model: the commonest ways to say something about oneself, in four languages. Precision first: what is doubtful is left out."""

from memory.extraction.rules.read import read_turns

__all__ = ["read_turns"]
