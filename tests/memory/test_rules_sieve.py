"""The look before the patterns leaves out none that would have matched."""

from __future__ import annotations

import pytest

from memory.extraction.rules.english import ENGLISH
from memory.extraction.rules.german import GERMAN
from memory.extraction.rules.norwegian import NORWEGIAN
from memory.extraction.rules.sieve import Sieve, needed
from memory.extraction.rules.spanish import SPANISH

SAID = [
    "I live in Bath with my wife Anna and our dog Rex",
    "MY NAME IS TOM AND I WORK AT LIDL",
    "i'm vegan, 34, allergic to nuts",
    "I’ve got a 2016 Honda Fit and I'm 6'2",
    "my favourite band is The Cure, please keep your answers short",
    "we're flying to Athens on June 3rd, my essay is due on Friday",
    "Ich heiße Jan, wohne in Köln und bin gegen Nüsse allergisch",
    "Me llamo Ana, vivo en Vigo y soy alérgica a los mariscos",
    "Jeg heter Siri, bor i Bergen og er født 3. mai",
]


@pytest.mark.parametrize("language", [ENGLISH, GERMAN, SPANISH, NORWEGIAN], ids=lambda language: language.code)
@pytest.mark.parametrize("text", SAID)
def test_no_pattern_that_matches_is_passed_over(language, text):
    likely = list(Sieve(language.patterns).likely(text))
    assert [form for form in language.patterns if form.regex.search(text) and form not in likely] == []


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        (r"\bi\s(?:live|stay)\sin\s(?P<v>.+)", {"live", "stay"}),
        (r"colou?rs?", {"colo"}),
        (r"(?:foo|)bar(?!baz)", {"bar"}),
        (r"[abc]\d{2}(?=end)", set()),
        (r"(?:long)*\(x|yes", {"(x", "yes"}),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(regex, expected):
    assert needed(regex) == expected
