"""Questions about the person and those around them: which predicates, about whom, when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.llm.builtin.folding import content_words, fold
from assistant.llm.builtin.prompt import Prompt
from assistant.llm.builtin.relations import Relation, relation_asked, relation_in, relation_of
from assistant.llm.builtin.speech import EVENTS, PLANS, Speech, is_past, is_shown, is_user
from assistant.llm.builtin.tables import first_group, read_patterns
from assistant.llm.builtin.windows import Window, read_window
from memory.lines import MemoryLine

_SELF = frozenset(
    [
        "i",
        "we",
        "me",
        "us",
        "my",
        "our",
        "mine",
        "ich",
        "wir",
        "mich",
        "mir",
        "uns",
        "yo",
        "nosotros",
        "me",
        "jeg",
        "vi",
        "meg",
        "min",
        "mi",
        "mitt",
        "mine",
        "vår",
        "vårt",
        "våre",
        "mis",
    ]
)
_SUBJECTS = frozenset(("i", "we", "ich", "wir", "yo", "jeg", "vi"))
_SELF_START = re.compile(r"^(?:mein\w*|unser\w*|nuestr\w+|mis?|my|our|min|mitt|mine)$")
_ALWAYS_PAST = EVENTS | {"born_in", "grew_up_in"}  # asked for in the past tense, and still so
_WHEN = re.compile(r"^(?:when|wann|cuando|når|on which day|an welchem tag)\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """`who` is "" for the person asking, else the folded words for somebody else."""

    predicate: str
    who: str
    relation: Relation | None
    past: bool
    window: Window | None
    words: frozenset[str]
    when: bool
    yes_no: bool


_INDIRECT = {  # "do you know where I live" asks what "where do I live" asks
    "en": (
        (re.compile(r"\b(where|what|when|how|who|which \w+) (i|we) (?!do\b|am\b)(\w+)"), r"\1 do \2 \3"),
        (re.compile(r"\b(where|what|who|when|how) (i|my [\w' -]+?) (am|is|are|was|were)\b"), r"\1 \3 \2"),
    ),
    "de": (
        (
            re.compile(r"\b(wo|was|wann|wie|wer|woran|wogegen|welche\w* \w+) (ich|wir|mein\w* \w+) (.*?)(\w+)$"),
            r"\1 \4 \2 \3",
        ),
    ),
    "es": (),
    "nb": ((re.compile(r"\b(hvor|hva|når|hvem|hvordan) (jeg|vi|\w+ (?:min|mi|mitt)) (\w+)"), r"\1 \3 \2"),),
}


def read_question(clause: str, prompt: Prompt) -> Asked | None:
    """The slot that `clause` (folded) asks for, or None when it asks for none that is known here."""
    return next(iter(read_questions(clause, prompt)), None)


def read_questions(clause: str, prompt: Prompt) -> tuple[Asked, ...]:
    """All slots that `clause` may ask for, the likeliest first: "my dentist appointment" may be a dentist or an appointment."""
    direct = clause
    for pattern, order in _INDIRECT[prompt.language]:
        direct = pattern.sub(order, direct).strip()
    return _read_direct(clause, prompt) or (_read_direct(direct, prompt) if direct != clause else ())


def bare_question(clause: str, prompt: Prompt) -> Asked:
    """What can be told of `clause` without knowing which slot it asks for."""
    language = prompt.language
    intents = read_patterns(f"intents/{language}.txt")
    return Asked(
        predicate="",
        who="",
        relation=None,
        past=bool(intents["past"].search(clause)),
        window=read_window(clause, today=prompt.now.today),
        words=content_words(clause, language=language),
        when=bool(_WHEN.match(clause)),
        yes_no=bool(intents["yes_no"].match(clause)),
    )


def _read_direct(clause: str, prompt: Prompt) -> tuple[Asked, ...]:
    language = prompt.language
    asked = bare_question(clause, prompt)
    found: list[Asked] = []
    relation = relation_asked(clause, language=language)
    if relation:
        found.append(replace(asked, predicate=relation.predicate, relation=relation, yes_no=False))
    for predicate, pattern in read_patterns(f"questions/{language}.txt", whole_words=True).items():
        match = pattern.search(clause)
        if match:
            who = first_group(match, "who").removesuffix("'s").removesuffix("'")
            own = not who or who in _SELF or bool(_SELF_START.match(who)) or who.split()[0] in _SUBJECTS
            found.append(replace(asked, predicate=predicate, who="" if own else who))
    return tuple(found)


def answer_question(asked: Asked, prompt: Prompt, speech: Speech, *, brief: bool) -> str | None:
    """The answer from the facts of the prompt, or None when they hold none."""
    facts = [
        fact
        for fact in prompt.facts
        if is_shown(fact) and fact.predicate == asked.predicate and _is_about(fact, asked, prompt)
    ]
    if asked.relation:
        facts = _of_relation(facts, asked.relation)
    if not facts:
        return None
    if asked.window and (asked.past or asked.predicate in EVENTS):
        chosen = [fact for fact in facts if asked.window.touches(fact)]
        return _tell(chosen, asked, speech, brief=brief) if chosen else speech.phrase("unknown_when")
    now = [fact for fact in facts if not is_past(fact, prompt.now.today)]
    before = [fact for fact in facts if is_past(fact, prompt.now.today)]
    if asked.past and asked.predicate not in _ALWAYS_PAST:
        if before:
            return _tell(before, asked, speech, brief=brief)
        return f"{speech.phrase('unknown_past')} {_tell(now, replace(asked, past=False), speech, brief=brief)}"
    to_come = [fact for fact in now if _is_to_come(fact, prompt)]
    if to_come and len(to_come) == len(now) and not before:
        return f"{speech.phrase('nothing_now')} {_tell(to_come, asked, speech, brief=brief)}"
    if now:
        now.sort(key=lambda fact: _is_to_come(fact, prompt))
        return _tell(_narrowed(now, asked, prompt.language), asked, speech, brief=brief)
    return f"{speech.phrase('nothing_now')} {_tell(before, asked, speech, brief=brief)}"


def _is_to_come(fact: MemoryLine, prompt: Prompt) -> bool:
    """Whether `fact` holds only from a later day on: a job that begins on Monday. A plan is of that kind by itself."""
    today = prompt.now.today
    return bool(fact.predicate not in PLANS | EVENTS and fact.since and today and fact.since > today)


def answer_exactly(
    clause: str, asked: Asked | None, words: frozenset[str], prompt: Prompt, speech: Speech, *, brief: bool
) -> str:
    """The facts that hold every word of the question, told as its answer; "" where none does, or a slot was asked for by its one word."""
    if not words or (asked is not None and len(words) < _ENOUGH):
        return ""
    facts = [
        fact
        for fact in prompt.facts
        if is_shown(fact)
        and not is_past(fact, prompt.now.today)
        and words <= content_words(f"{fact.text} {fact.value} {fact.subject}", language=prompt.language)
    ]
    facts = [fact for fact in facts if fact.predicate == facts[0].predicate and fact.subject == facts[0].subject]
    if not facts:
        return ""
    question = asked or bare_question(clause, prompt)
    yes_no = question.yes_no and facts[0].predicate not in _SAYS_NO
    told = replace(question, predicate=facts[0].predicate, relation=None, yes_no=yes_no)
    return _tell(facts, told, speech, brief=brief)


_ENOUGH = 2  # words of a question that say more than the name of a slot
_SAYS_NO = frozenset(("avoids_food", "dislikes", "avoid_topic"))


def people_named(clause: str, prompt: Prompt) -> frozenset[str]:
    """The names, folded, of those in `clause` whom memory knows; and the words for a relative of one's own whose name it knows."""
    names = {fact.subject for fact in prompt.facts if not is_user(fact)}
    names |= {fact.value for fact in prompt.facts if is_user(fact) and fact.predicate in _PEOPLE}
    folded = {fold(part, language=prompt.language) for name in names for part in (name, name.split()[0]) if name}
    return frozenset(name for name in folded if re.search(rf"(?<!\w){re.escape(name)}(?:'s)?(?!\w)", clause))


def asks_for_a_person(asked: Asked | None) -> bool:
    """Whether only somebody's name answers the question."""
    return asked is not None and asked.predicate in _PEOPLE - {"pet"} and not asked.who and not asked.yes_no


_PEOPLE = frozenset(
    [
        "partner",
        "ex_partner",
        "parent",
        "sibling",
        "child",
        "relative",
        "in_law",
        "friend",
        "manager",
        "colleague",
        "neighbour",
        "landlord",
        "lives_with",
        "doctor",
        "dentist",
        "therapist",
        "vet",
        "pet",
    ]
)


def _is_about(fact: MemoryLine, asked: Asked, prompt: Prompt) -> bool:
    if not asked.who:
        return is_user(fact)
    return not is_user(fact) and fact.subject.casefold().removeprefix("my ") in names_of(asked.who, prompt)


def names_of(who: str, prompt: Prompt) -> frozenset[str]:
    """All that somebody may be called in a fact's subject: the word used, the relation's words, the names of those so related."""
    names = {who, who.rsplit(maxsplit=1)[-1]}
    relation = relation_in(who, language=prompt.language)
    if relation:
        names |= relation.all_words()
        for fact in _of_relation(
            [fact for fact in prompt.facts if fact.predicate == relation.predicate and is_user(fact)], relation
        ):
            names.add(fact.value.casefold())
            names.add(fact.value.casefold().split()[0])
    return frozenset(names)


def _of_relation(facts: list[MemoryLine], relation: Relation) -> list[MemoryLine]:
    """Facts that state this relation. Those that name none count only where the predicate has no other kind of relation, as with a partner."""
    stated = [
        fact
        for fact in facts
        if (found := relation_of(fact)) is not None
        and (found.key == relation.key or relation.predicate in ("partner", "ex_partner"))
    ]
    return stated or [
        fact
        for fact in facts
        if relation_of(fact) is None and relation.predicate in ("partner", "ex_partner", "child", "sibling", "parent")
    ]


def _narrowed(facts: list[MemoryLine], asked: Asked, language: str) -> list[MemoryLine]:
    """Of several facts those that share a word with the question beyond its form, when some do and others don't."""
    if len(facts) < 2:
        return facts
    shared = [fact for fact in facts if content_words(f"{fact.value} {fact.text}", language=language) & asked.words]
    strong = [fact for fact in shared if content_words(fact.value, language=language) & asked.words]
    return strong or (shared if len(shared) == 1 else facts)


def _tell(facts: list[MemoryLine], asked: Asked, speech: Speech, *, brief: bool) -> str:
    past = asked.past or all(is_past(fact, speech.today) for fact in facts)
    apart = len(facts) > 1 and (
        past or any(speech.when(fact, past=past) for fact in facts) or any(fact.status != "active" for fact in facts)
    )
    if len(facts) > 1 and all(fact.status == "disputed" for fact in facts):
        apart = False
    groups = [[fact] for fact in facts] if apart or asked.relation else [facts]
    said = [speech.facts_together(group, past=past) for group in groups]
    named = any(word in asked.words for fact in facts for word in content_words(fact.value, language=speech.language))
    parts = [speech.phrase("yes")] if asked.yes_no and named and not past else []
    parts += dict.fromkeys(said)
    if (
        asked.when
        and not any(speech.when(fact, past=past) for fact in facts)
        and asked.predicate in ("trip", "appointment", "deadline", "plans_to")
    ):
        parts.append("" if any(char.isdigit() for fact in facts for char in fact.value) else speech.phrase("no_date"))
    parts += speech.doubts(facts)
    if not brief:
        parts.append(speech.source(facts))
    return " ".join(part for part in parts if part)
