"""The records of memory. Others in this package import them from here; nobody outside of it does."""

from memory.models.entity import Entity, EntityAlias
from memory.models.episode import Episode, Vector
from memory.models.fact import Evidence, Fact, FactLink
from memory.models.imports import Import, ImportPart
from memory.models.ledger import Batch, ForgetReceipt, MemoryEvent, MemoryJob, Question, Rejection, Tombstone
from memory.models.scoped import Change, Origin, Precision
from memory.models.state import MemoryState, Summary

__all__ = [
    "Batch",
    "Change",
    "Entity",
    "EntityAlias",
    "Episode",
    "Evidence",
    "Fact",
    "FactLink",
    "ForgetReceipt",
    "Import",
    "ImportPart",
    "MemoryEvent",
    "MemoryJob",
    "MemoryState",
    "Origin",
    "Precision",
    "Question",
    "Rejection",
    "Summary",
    "Tombstone",
    "Vector",
]
