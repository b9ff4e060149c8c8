"""Words for relatives and friends, as patterns of English sentences name them."""

from __future__ import annotations

import re

from memory.facts.relations import RELATION_OF, predicate_for


def kin_words() -> dict[str, str]:
    """For each predicate of a relation a group of its English words, longest first; a hyphen may be a blank."""
    by_predicate: dict[str, list[str]] = {}
    for word, relation in RELATION_OF.items():
        predicate = predicate_for(relation)
        if predicate and re.fullmatch(r"[a-z\-é]+", word):
            by_predicate.setdefault(predicate, []).append(re.escape(word).replace("\\-", "[ -]"))
    return {
        predicate: "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
        for predicate, words in by_predicate.items()
    }
