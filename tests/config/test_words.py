"""German and Spanish say everything that English says."""

from __future__ import annotations

import ast
import re
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.formats import date_format
from django.utils.translation import override
from django.utils.translation.template import templatize

from assistant.models import Run
from config.words import catalogues
from profiles.api import change_profile
from profiles.owned import as_user

ROOT = Path(__file__).parents[2]
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
NAMED = re.compile(r"%\((\w+)\)[sd]|%%n")


def words_of(code: str) -> set[str]:
    """Every text that a call of gettext holds; of a plural, its singular."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args):
            continue
        said = node.args[0]
        if isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value:
            found.add(said.value)
    return found


def words_of_template(text: str) -> set[str]:
    calls = re.findall(
        r" (?:_|gettext|ngettext)\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"|'''.*?''')", templatize(text), re.DOTALL
    )
    return {ast.literal_eval(call) for call in calls}


@pytest.mark.parametrize("source", catalogues(), ids=lambda path: path.parent.parent.name)
def test_a_catalogue_is_whole_and_keeps_what_is_filled_in(source):
    catalogue = read_po(source.open("rb"))
    known = set()
    for message in catalogue:
        if not message.id:
            continue
        ids, strings = ([one] if isinstance(one, str) else list(one) for one in (message.id, message.string))
        known.add(ids[0])
        assert all(strings), f"not translated: {ids[0]}"
        assert not message.fuzzy, f"only guessed: {ids[0]}"
        assert {*NAMED.findall(" ".join(ids))} == {*NAMED.findall(" ".join(strings))}, ids[0]
    said = set()
    for folder in ("assistant", "config", "memory", "profiles"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                said |= words_of(path.read_text())
    for path in (ROOT / "templates").rglob("*.html"):
        said |= words_of_template(path.read_text())
    assert said - known == set(), "not in the catalogue: make messages"


@pytest.mark.parametrize(
    ("language", "words", "state"), [("de", "Gedächtnis", "Wird geschrieben"), ("es", "Memoria", "Se está escribiendo")]
)
def test_pages_speak_the_language_of_the_person(client, transactional_db, alice, language, words, state):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    with as_user(alice):
        change_profile(alice.pk, language=language)
    page = client.get("/memory/").content.decode()
    assert f'lang="{language}"' in page
    assert f"<h1>{words}</h1>" in page
    with override(language):
        assert str(Run.Status.RUNNING.label) == state


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["14 November 2026", "14 November", "November 2026", "Saturday 14 November", "14 Nov, 09:05"]),
        ("de", ["14. November 2026", "14. November", "November 2026", "Samstag, 14. November", "14. Nov, 09:05"]),
        (
            "es",
            [
                "14 de noviembre de 2026",
                "14 de noviembre",
                "noviembre de 2026",
                "sábado 14 de noviembre",
                "14 Nov, 09:05",
            ],
        ),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language, told):
    formats = ("DATE", "MONTH_DAY", "YEAR_MONTH", "WEEKDAY", "SHORT_TIME")
    with override(language):
        assert [date_format(datetime(2026, 11, 14, 9, 5), f"{name}_FORMAT") for name in formats] == told


def test_every_named_format_is_known_in_each_language():
    named = set()
    for page in (ROOT / "templates").rglob("*.html"):
        named |= set(re.findall(r"""date:["']([A-Z_]{3,})["']""", page.read_text()))
    for language in ("en", "de", "es"):
        formats = import_module(f"config.formats.{language}.formats")
        assert named <= set(vars(formats))
