"""Rules on clauses without their subject, habits, labels, fans, trades with their place of work; in four languages, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.memory.test_rules_life import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one person, several clauses
        ("I'm 29, from Cork, a welder and live in Hull", {("age", "29"), ("grew_up_in", "Cork"), ("occupation", "welder"), ("lives_in", "Hull")}),
        ("I live in Leeds, work at Asda and have two cats", {("lives_in", "Leeds"), ("works_at", "Asda"), ("pet", "two cats")}),
        ("background: 38, self-employed plasterer", {("age", "38"), ("occupation", "self-employed plasterer")}),
        ("Jeg er 19, bor i Bodø og studerer sykepleie", {("age", "19"), ("lives_in", "Bodø"), ("studies", "sykepleie")}),
        ("Bor i Alta, jobber i NRK", {("lives_in", "Alta"), ("works_at", "NRK")}),
        ("Ich heiße Uwe, 42, Krankenpfleger und wohne in Gera", {("name", "Uwe"), ("age", "42"), ("occupation", "Krankenpfleger"), ("lives_in", "Gera")}),
        ("Seit Mai wohne ich in Ulm", {("lives_in", "Ulm")}),
        ("Soy Ana, 34 años, enfermera, y estudio italiano", {("name", "Ana"), ("age", "34"), ("occupation", "enfermera"), ("studies", "italiano")}),
        ("got two boys, Alfie and Noah", {("child", "Alfie"), ("child", "Noah")}),
        ("Mum's called Geraldine", {("parent", "Geraldine")}),
        ("Unsere Kinder heißen Can und Elif", {("child", "Can"), ("child", "Elif")}),
        ("I'm a paramedic, mum to Edie and Sol", {("occupation", "paramedic"), ("child", "Edie"), ("child", "Sol")}),
        # who somebody is
        ("hey, this is Delroy. I run a barbershop", {("name", "Delroy"), ("occupation", "runs a barbershop")}),
        ("My birthday is 3/4", {("birthday", "3 April")}),
        ("hiya im sam", {("name", "Sam")}),
        ("date of birth: 14/02/1979", {("birthday", "14 February 1979")}),
        ("my birthday is in June", {("birthday", "June")}),
        ("Ich habe im Juni Geburtstag", {("birthday", "June")}),
        ("I share a flat with Oki and Dan", {("lives_with", "Oki"), ("lives_with", "Dan")}),
        # work
        ("I'm a nurse in a care home", {("occupation", "nurse"), ("works_at", "a care home")}),
        ("I work three days a week at a garden centre", {("works_at", "a garden centre"), ("work_schedule", "three days a week")}),
        ("I'm an electrician with Balfour Beatty", {("occupation", "electrician"), ("works_at", "Balfour Beatty")}),
        ("Ich bin Lehrerin an der Thomasschule", {("occupation", "Lehrerin"), ("works_at", "Thomasschule")}),
        ("Soy profesora en el instituto Cervantes", {("occupation", "profesora"), ("works_at", "instituto Cervantes")}),
        ("Jeg er lærer på Byåsen skole", {("occupation", "lærer"), ("works_at", "Byåsen skole")}),
        # habits and things
        ("I take my coffee black", {("favourite_drink", "coffee black")}),
        ("I drink green tea every morning", {("favourite_drink", "green tea")}),
        ("Tomo el café solo", {("favourite_drink", "café solo")}),
        ("lifelong Packers fan here", {("supports_team", "Packers")}),
        ("im an arsenal fan", {("supports_team", "Arsenal")}),
        ("I sing in the Stroud choral society", {("member_of", "Stroud choral society")}),
        ("just bought a Toyota Hilux", {("drives", "Toyota Hilux")}),
        ("Fave band: Midnight Oil", {("favourite_music", "Midnight Oil")}),
    ],
)  # fmt: skip
def test_what_people_say_in_passing_is_read(text, expected):
    assert {(predicate, value) for predicate, value, _ in read(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "my nephew, 19, lives in Bodmin and studies law",
        "the guy at work, 45, from Queens, a plumber, sings",
        "I'm looking for a gift for my dad, a nurse from Leeds",
        "I hate it when people lie, have two cats and drive a BMW",
        "Naboen min er 70, bor alene og har tre katter",
        "bor jeg i Narvik, tror du? nei altså",
        "Trabajo en Madrid",
        "Jeg jobber i Oslo",
        "hi im bored",
        "i'm a jazz fan",
        "my ex was an Arsenal fan",
        "just bought a Toyota Hilux for my dad",
        "our team drinks coffee every morning",
        "the ad says work three days a week at a garden centre",
        "I work at a snail's pace",
        "I've been at Heathrow for three hours",
        "bin day is Tuesday",
        "I'm a mile from Leeds",
    ],
)
def test_what_is_said_of_others_or_in_figures_is_left_out(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "predicate", "value", "change"),
    [
        ("oops wrong spelling, my son is called Jayden", "child", "Jayden", "corrects"),
        ("Ups, falsch geschrieben, mein Sohn heißt Mads", "child", "Mads", "corrects"),
        ("oi, skrev feil, jeg bor i Mosjøen", "lives_in", "Mosjøen", "corrects"),
        ("cancelled my Hulu subscription", "subscription", "Hulu", "ends"),
        ("split up with Anya", "partner", "Anya", "ends"),
    ],
)
def test_a_slip_or_an_end_told_in_passing_is_told_apart(text, predicate, value, change):
    assert (predicate, value, change) in read(text)
