"""How a fact on somebody near reads."""

from __future__ import annotations

import pytest

from memory.extraction.rules.kin_sentences import kin_sentence


@pytest.mark.parametrize(
    ("language", "predicate", "value", "said", "reads"),
    [
        ("en", "sibling", "Ana", "My sister Ana", "Has a sister, Ana"),
        ("en", "pet", "Pixel", "we have a dog called Pixel", "Has a dog, Pixel"),
        ("en", "relative", "Ines", "my auntie Ines", "Has an aunt, Ines"),
        ("en", "sibling", "Tom", "My sister Ana and my brother Tom", "Has a brother, Tom"),
        ("en", "child", "Ida", "my daughters are called Eva and Ida", "Has a daughter, Ida"),
        ("de", "child", "Max", "Meine Söhne heißen Max", "Hat einen Sohn, Max"),
        ("de", "pet", "Minka", "Wir haben eine Katze namens Minka", "Hat eine Katze, Minka"),
        ("es", "pet", "Trueno", "Tengo un perro que se llama Trueno", "Tiene un perro, Trueno"),
        ("es", "sibling", "Lucía", "Mi hermana Lucía", "Tiene una hermana, Lucía"),
        ("no", "sibling", "Kari", "Søsteren min heter Kari", "Har en søster, Kari"),
    ],
)
def test_somebody_near_is_called_what_was_said_of_them(language, predicate, value, said, reads):
    assert kin_sentence(language, predicate, value, said) == reads


@pytest.mark.parametrize(
    ("predicate", "value", "said"),
    [
        ("pet", "Pixel", "I have a dog and a cat, Pixel"),  # which of both is open
        ("pet", "Pixel", "his name is Pixel"),
        ("pet", "two cats", "I have two cats"),
        ("friend", "Ana", "my sister's friend Ana"),
    ],
)
def test_where_it_is_open_who_somebody_is_nothing_is_made_up(predicate, value, said):
    assert kin_sentence("en", predicate, value, said) == ""
