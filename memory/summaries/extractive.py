"""A summary without a model: the sentences that say most, in their order. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from memory.terms import terms_of

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\w)[^.!?\n]*)*[.!?]*")
LONGEST = 220  # characters of one sentence


def summarise(turns: Sequence[tuple[str, str]], *, sentences: int = 6) -> str:
    """`turns` are (who, text). The most telling sentences, each with who said it, in the order in which they were said; empty for nothing to tell."""
    found: list[tuple[int, str, str, list[str]]] = []
    for who, text in turns:
        for match in _SENTENCE.finditer(text):
            sentence = " ".join(match.group().split())
            if len(terms := terms_of(sentence)) >= 2:
                found.append((len(found), who, sentence, terms))
    counts: Counter[str] = Counter(term for _, _, _, terms in found for term in set(terms))
    seen: Counter[str] = Counter()
    chosen: list[tuple[int, str, str]] = []
    rest = list(found)
    while rest and len(chosen) < sentences:
        best = max(rest, key=lambda item: (_weight(item, counts, seen), -item[0]))
        rest.remove(best)
        seen.update(set(best[3]))
        chosen.append(best[:3])
    return " ".join(f"{_label(who)}: {_short(sentence)}" for _, who, sentence in sorted(chosen))


def _weight(item: tuple[int, str, str, list[str]], counts: Counter[str], seen: Counter[str]) -> float:
    """Terms that come back weigh more, those that were told already less; what the user says weighs more than the answers, questions less."""
    _, who, sentence, terms = item
    told: float = sum(log(1 + counts[term]) / (1 + 2 * seen[term]) for term in set(terms)) / (4 + len(terms)) ** 0.5
    return told * (1.3 if who == "user" else 1.0) * (0.8 if sentence.endswith("?") else 1.0)


def _label(who: str) -> str:
    return {"user": "You", "assistant": "Assistant"}.get(who, who)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rsplit(" ", 1)[0] + " …"
