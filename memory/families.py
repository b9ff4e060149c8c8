"""English words of one family that no stemmer brings together: who prunes is a pruner, and pruning is what they do. Candidates only: which of them are
words is told by what somebody said, so they are looked for where the word itself stands nowhere."""

from __future__ import annotations

from collections.abc import Iterator

SHORTEST = 6  # letters of a word that is taken apart
_STEM = 4  # letters that must be left

# ending: what may stand in its place
_ENDINGS = {
    "ing": ("er", "ers", "or", "ist", "ery", "y", "ment", "ion", "ation"),
    "ers": ("", "e", "ing", "ion"),
    "er": ("", "e", "ing", "ion"),
    "ors": ("", "e", "ing", "ion"),
    "or": ("", "e", "ing", "ion"),
    "ists": ("y", "", "ics"),
    "ist": ("y", "", "ics", "o"),
    "ians": ("", "s", "y"),
    "ian": ("", "s", "y"),
    "graphy": ("graph", "grapher"),
    "graphic": ("graph",),
    "ment": ("",),
    "ness": ("",),
    "ations": ("e", "ate"),
    "ation": ("e", "ate", ""),
    "tion": ("te", "t"),
    "al": ("", "e"),
    "ful": ("",),
    "ous": ("",),
    "ies": ("",),
    "y": ("", "e"),
}


def relatives(word: str) -> Iterator[str]:
    """Forms that words of the family of `word` (folded) may have; most of them are no words."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return
    for ending, others in _ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            stem = word.removesuffix(ending)
            yield from (stem + other for other in others)
            if stem[-1] == stem[-2] and stem[-1] not in "aeiouls":  # running, run
                yield stem[:-1]
