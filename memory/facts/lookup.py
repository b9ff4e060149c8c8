"""Facts that a description means: "where I live", "my flatmate Bilal", "everything about the novel". Used to forget, correct and confirm in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from memory.evidence import find_words
from memory.facts import entities
from memory.facts.likeness import forms_in, name_in
from memory.facts.nouns import slots_named
from memory.facts.owners import is_relation, relation_of
from memory.facts.predicates import FALLBACK, RELATIONS, predicate_of
from memory.facts.questions import intents_of
from memory.facts.relations import predicate_for
from memory.facts.rows import AND, SMALL_WORDS, Row, naming, readings, rows_of, says, told_with
from memory.facts.slots_meant import (
    WHEN,
    asks_more,
    by_intent,
    is_heard,
    known_of,
    longest_named,
    of_kin,
    of_theirs,
    possessed,
    whole_slots,
)
from memory.facts.wording import (
    bared,
    exception_in,
    is_mine,
    matter_in,
    possessions_in,
    tidied,
    time_in,
    undated,
    whole_of,
    without_theirs,
)
from memory.models import Entity, Fact
from memory.values import fold, value_key

_ALL_ABOUT = re.compile(
    r"^\s*(?:please )?(?:(?:all )?(?:(?:the|that|this|those) )?(?:whole )?(?:\w+ )?(?:topic|things?|stuff|business|story)(?: (?:that )?i(?:['’]ve| have)? (?:said|told you|mentioned|wrote))? (?:of|about|with)"
    r"|what(?:ever)? i(?:['’]ve| have)? (?:just |ever |once )?(?:said|told you|mentioned|wrote|shared)(?: to you)? (?:about|on|regarding)|(?:everything|anything|all|whatever)(?: (?:that )?(?:you|i) (?:know|have|remember|told you|said|ever said|mentioned))?(?: (?:about|on|of|concerning|regarding|to do with))?|what you know about"
    r"|about|(?:alles,? )?was (?:du|ich)(?: dir)? (?:über|von|zu)(?= .* (?:weißt|gesagt habe|erzählt habe)$)|alles,? was mit|alles(?: (?:über|von|zu|rund um))?|das mit|die (?:sache|geschichte) mit"
    r"|lo(?: que (?:te )?(?:dije|conté))? (?:sobre|de(?= )|del(?= ))|todo(?: lo)? (?:que (?:sabes|recuerdas|te (?:conté|dije)) )?(?:sobre|acerca de|de|del|lo de|relacionado con|que tenga que ver con)"
    r"|det (?:jeg (?:sa|fortalte|har sagt|har fortalt)(?: deg)? )?(?:om|med)|alt (?:(?:som )?(?:du (?:vet|husker)|jeg har (?:sagt|fortalt)) )?(?:om|som har med))\s+(?P<topic>.+?)"
    r"(?:\s+(?:weißt|zu tun hat|gesagt habe|erzählt habe|å gjøre))?$",
    re.IGNORECASE | re.DOTALL,
)
_BUSINESS = re.compile(
    r"^\s*(?:the|that|this|all (?:the|that)) (?:(?:(?:whole|entire) )(?P<topic>[\w' -]{3,60}?) (?:business|story|case|matter)"
    r"|(?:(?:whole|entire) )?(?P<other>[\w' -]{3,60}?) (?:thing|things|stuff|saga|drama|situation|mess|affair|fiasco|debacle))$",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r"^\s*(?:the fact )?(?:that|dass|que|at)\s+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(
    r"^(?:the|a|an|my|our|all|der|die|das|mein|meine|el|la|los|las|mi|mis|min|mitt|mine)\s+", re.IGNORECASE
)
_STANDING = ("active", "disputed", "proposed")
_CONTRARY = {"likes": "dislikes", "dislikes": "likes"}
_SURE = 0.6  # of the words of a description; at half of them it may well be another fact that is meant
_LONGEST = 300  # characters of a description; more is a text, and means nothing in particular
_ABOUT_THEN = timedelta(days=60)
_STEM = 4  # letters; from here on, a word that begins another is of its stem


@dataclass(frozen=True, slots=True)
class Meant:
    """What a description means. `slots`: whole slots, with their history. `phrases`: the words of the topic, to be looked for in turns."""

    facts: tuple[Fact, ...]
    phrases: tuple[str, ...]
    is_exact: bool  # exactly one fact or one slot, and no doubt about it
    has_history: bool = True  # with all that ever stood in the slots; without, only these of what followed one another


def meant_by(user_id: UUID, query: str) -> Meant:
    """The facts of every status that `query` means."""
    if len(query) > _LONGEST:
        return Meant((), (), False)
    query, left_out = exception_in(tidied(query))
    query, is_dated = undated(query)
    meant = _of_its_time(query, _meant(user_id, query, rows_of(user_id)))
    if is_dated:
        meant = replace(meant, is_exact=False)
    if not left_out:
        return meant
    name = bared(left_out)
    return _finish([fact for fact in meant.facts if not forms_in(f"{fact.subject} {fact.value} {fact.text}", name)], ())


def _of_its_time(query: str, meant: Meant) -> Meant:
    """Of values that followed one another, those that "my old address" or "my new job" means. "My old bike" may be either: that is for the user to say."""
    when, word = time_in(query)
    if not when or _DESCRIBED.match(query) or any(find_words(fact.value, word) for fact in meant.facts):
        return meant
    past = [fact for fact in meant.facts if fact.status not in _STANDING or fact.valid_to]
    now = [fact for fact in meant.facts if fact not in past]
    if when == "present":
        return replace(_finish(now, ()), has_history=False) if past and now else meant
    if past:
        return replace(_finish(past, ()), has_history=False)
    return replace(meant, is_exact=False)


def _meant(user_id: UUID, query: str, rows: Sequence[Row]) -> Meant:
    whole = whole_slots(user_id, whole_of(query), rows)
    if whole:
        return _finish(whole, _names_in(query, whole))
    about = _ALL_ABOUT.match(query)
    if about:
        return _topic(user_id, about["topic"], rows, is_all=True)
    business = _BUSINESS.match(query)
    matter = (business["topic"] or business["other"]) if business else ""
    if matter and not slots_named(bared(matter)):
        return _topic(user_id, matter, rows, is_all=True)
    described = _DESCRIBED.match(query)
    if described:
        facts, is_sure = _described(user_id, described["rest"], rows)
        said = _finish(facts, ())
        return said if is_sure else replace(said, is_exact=False)
    parts = [part for part in AND.split(query) if part.strip()]
    if any(is_mine(part) or possessions_in(part) for part in parts[1:]):  # "Ana's boss and my boss" are two
        return _topic(user_id, query, rows)
    theirs = possessed(user_id, query, rows)
    if theirs is not None:
        return _finish(theirs, ())
    if parts and len(own := without_theirs(parts)) < len(parts) and is_relation(parts[0]):
        return _topic(user_id, " and ".join(own), rows)
    if len(parts) > 1 and not intents_of(query)[:1]:
        return _topic(user_id, query, rows)
    if len(parts) > 1 and _ARTICLE.match(parts[0]) and all(map(_is_one_thing, parts)):
        return _topic(user_id, query, rows)
    found = by_intent(user_id, query, rows)
    if found:
        said = _finish(found, _names_in(query, found))
        return said if is_heard(query, found, rows) else replace(said, is_exact=False)
    if (
        relation_of(query) and WHEN.match(query) and not asks_more(query)
    ):  # what is somebody's, and never that they are there
        return _finish(of_theirs(user_id, query, rows), ())
    return _topic(user_id, query, rows)


def _is_one_thing(part: str) -> bool:
    """Whether a part of a list is a thing or a name by itself: "my counselling, Joyce and the pills"."""
    return bool(_ARTICLE.match(part)) or all(word[:1].isupper() for word in part.split()[:3])


def best_meant(user_id: UUID, query: str, statuses: Sequence[str] = _STANDING) -> Fact | None:
    """The one fact that `query` means best among those of these statuses, or None."""
    rows = [row for row in rows_of(user_id) if row.fact.status in statuses]
    described = _DESCRIBED.match(query)
    words = described["rest"] if described else query
    found = by_intent(user_id, words, rows, is_one=True) or _described(user_id, words, rows)[0]
    named = [fact for fact in found if find_words(query, fact.value)]
    fitting = named or found
    return fitting[-1] if fitting else None


def _finish(facts: Iterable[Fact], phrases: Sequence[str]) -> Meant:
    unique = list({fact.pk: fact for fact in facts}.values())
    slots = {fact.slot_key or str(fact.pk) for fact in unique}
    return Meant(tuple(unique), tuple(phrases), len(slots) == 1)


def _names_in(query: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Names with capitals inside a description which what goes has too, such as Iker in "my son Iker"; no other word that is written so."""
    held = " · ".join(fact.value for fact in facts)
    return tuple(
        match.strip()
        for match in re.findall(r"(?<!^)(?<![.!?] )\b[A-ZÀ-ÞŁŚ][\w'’-]+(?: [A-ZÀ-ÞŁŚ][\w'’-]+)*", query)
        if match not in ("I", "I'm") and find_words(held, match)
    )


def _topic(user_id: UUID, topic: str, rows: Sequence[Row], *, is_all: bool = False) -> Meant:
    """Everything on one or several topics: facts whose subject, value, sentence or quote names one. `is_all`: it was said that everything is meant."""
    found: list[Fact] = []
    phrases: list[str] = []
    whole = _with_its_matter(topic, _on_topic(user_id, topic, rows, is_all=is_all), rows)
    if whole and not AND.search(topic):
        return _finish(whole, _phrases(topic, whole, rows, is_all=is_all))
    for part in [part for part in AND.split(topic) if part.strip()]:
        hits = _with_its_matter(part, _on_topic(user_id, part, rows, is_all=is_all), rows)
        found += hits
        phrases += _phrases(part, hits, rows, is_all=is_all)
    return _finish(found, [phrase for phrase in phrases if phrase])


def _phrases(topic: str, hits: Sequence[Fact], rows: Sequence[Row], *, is_all: bool) -> list[str]:
    """The words of a topic to be looked for in turns: as given, its names, and the other number of a plain word where what goes has it.

    None for "my dog" or "mein Auto", which say what goes: other turns may tell of other dogs.
    """
    bare = _bare(topic)
    if not is_all and (slots_named(bare) or is_relation(bare)):
        return []
    phrases = [bare, *_capitals(topic), *name_in(topic, [row.text for row in rows])]
    if bare == bare.lower() and " " not in bare:
        gone = {fact.pk for fact in hits}
        phrases += [form for row in rows if row.fact.pk in gone for form in forms_in(row.text, bare, row.languages)]
    return list(dict.fromkeys(phrases))


def _bare(topic: str) -> str:
    return bared(_ARTICLE.sub("", topic.strip().strip(".!?\"'")))


def _capitals(topic: str) -> list[str]:
    return [
        match
        for match in re.findall(r"\b[A-ZÀ-ÞŁŚ][\w'’-]+(?: [A-ZÀ-ÞŁŚ][\w'’-]+)*", topic)
        if fold(match) not in SMALL_WORDS and not match.endswith(("'s", "’s"))
    ]


def _on_topic(user_id: UUID, part: str, rows: Sequence[Row], *, is_all: bool) -> list[Fact]:
    phrase = part.strip().strip(".!?\"'")
    bare = _bare(phrase)
    open_rows = rows
    if is_mine(phrase) or slots_named(bare):  # "my plans", and not that somebody else plans something
        open_rows = [row for row in rows if row.fact.entity_id is None or _is_told_of(row, bare)]
    by_words = naming(open_rows, bare) if bare else []
    about = _entities(user_id, phrase, rows)
    ids = {entity.pk for entity in about}
    by_words += [row.fact for row in rows if row.fact.entity_id in ids]
    if is_mine(phrase) and is_relation(phrase):  # "my dog", and not that of a sister
        by_words = [fact for fact in by_words if fact.entity_id is None or fact.entity_id in ids]
    by_words += _introducing(user_id, about, rows)
    if is_all:  # "everything about my ex Haruka": also that one saw Haruka on the train
        alone = [entity.name for entity in about if len(entities.named(user_id, entity.name)) == 1]
        by_words += [fact for name in alone for fact in naming(rows, name)]
    if by_words and is_all and not about:
        by_words += _matters_of(user_id, bare, rows)
    if is_mine(phrase) or phrase == bare:  # "my debts", "allergies": the slot, whether or not its turns say the word
        by_words += whole_slots(user_id, bared(phrase), rows) if slots_named(bared(phrase)) else []
    theirs = [] if by_words else possessed(user_id, phrase, rows)
    if theirs:
        return theirs
    if by_words:
        # A plain word such as "knee": what was told of health along with it. "My job" names a slot, and takes nothing along.
        is_whole = not is_all and any(fact.value_key == value_key(bare) for fact in by_words)
        if about or is_whole or bare != bare.lower() or intents_of(bare) or intents_of(f"my {bare}"):
            return by_words
        ills = {row.fact.pk: row.fact for row in rows if _is_of_health(row.fact)}
        return by_words + told_with(user_id, bare, ills)
    wanted = [terms for terms in readings(bare) if terms]
    by_terms = [row.fact for row in open_rows if any(terms <= row.terms for terms in wanted)]
    by_terms += _matters_of(user_id, bare, rows) if by_terms else []
    kin = {} if slots_named(bare) else {row.fact.pk: row.fact for row in rows if row.fact.predicate in RELATIONS}
    return (
        by_terms
        or _by_name(user_id, phrase, rows)
        or by_intent(user_id, phrase, rows)
        or [row.fact for row in open_rows if _is_akin(wanted, row)]
        or told_with(user_id, bare, kin)
    )


def _is_told_of(row: Row, bare: str) -> bool:
    """Whether a fact on somebody has the words in its value, or in a quote where they are no slot's; that its sentence has them is the way such facts are put."""
    if forms_in(row.fact.value, bare, row.languages) or find_words(row.fact.value, bare):
        return True
    return not slots_named(bare) and any(says(quote, bare, row.languages) for quote in row.quotes)


def _introducing(user_id: UUID, people: Sequence[Entity], rows: Sequence[Row]) -> list[Fact]:
    """The facts that say who these are, and not who another one of the same name is: a dog and a friend may both be Max."""
    found: list[Fact] = []
    for entity in people:
        own = predicate_for(entity.relation) if entity.relation else None
        others = {predicate_for(one.relation) for one in entities.named(user_id, entity.name) if one.pk != entity.pk}
        found += [
            row.fact
            for row in rows
            if row.fact.predicate in RELATIONS
            and row.fact.value_key == value_key(entity.name)
            and (row.fact.predicate == own or row.fact.predicate not in others)
        ]
    return found


def _entities(user_id: UUID, phrase: str, rows: Sequence[Row]) -> list[Entity]:
    """The people and animals that a topic means, animals of its kind alone."""
    about = entities.find(user_id, phrase) or []
    relation = relation_of(phrase)
    if relation is None or not is_relation(phrase):
        return about
    keys = {entity.name_key for entity in about}
    kin = [row for row in rows if row.fact.predicate in RELATIONS and row.fact.value_key in keys]
    if is_mine(phrase):
        kin = [row for row in kin if row.fact.entity_id is None]
    meant = {row.fact.value_key for row in of_kin(user_id, phrase, kin)}
    return [entity for entity in about if entity.name_key in meant] if kin else about


def _by_name(user_id: UUID, topic: str, rows: Sequence[Row]) -> list[Fact]:
    """The facts that hold the name in a topic word for word: of "my boat Grey Heron", whatever else they call it. Nobody of another relation than it says."""
    relation = relation_of(topic)
    found: list[Fact] = []
    for name in name_in(topic, [row.text for row in rows]):
        for entity in entities.named(user_id, name):
            if relation and entity.relation and not entities.fits(entity.relation, relation):
                return []
        found += naming(rows, name)
    return found


def _matters_of(user_id: UUID, topic: str, rows: Sequence[Row]) -> list[Fact]:
    """What is no lasting fact and names what a topic names: of "the Rosewood flat" also "second viewing of the Rosewood place". Nothing of somebody known."""
    names = [name for name in _capitals(topic) if fold(name) != fold(topic) and not entities.named(user_id, name)]
    return [row.fact for row in rows if _passes(row.fact) and any(find_words(row.said, name) for name in names)]


def _passes(fact: Fact) -> bool:
    """Whether a fact tells of something that goes on, and not of what somebody has, is or likes."""
    return fact.kind in ("event", "plan") or fact.predicate == FALLBACK


def _with_its_matter(topic: str, found: list[Fact], rows: Sequence[Row]) -> list[Fact]:
    """Facts on a topic, and of "the surfboard scam" also what was told about then of the surfboard, where there is no lasting fact on one."""
    word = matter_in(_bare(topic)) if found else ""
    if not word:
        return found
    naming_it = [row.fact for row in rows if forms_in(row.said, word, row.languages)]
    if not all(fact in found or _passes(fact) for fact in naming_it):
        return found
    times = [fact.said_at for fact in found]
    return found + [fact for fact in naming_it if min(times) - _ABOUT_THEN <= fact.said_at <= max(times) + _ABOUT_THEN]


def _is_of_health(fact: Fact) -> bool:
    return fact.entity_id is None and predicate_of(fact.predicate).sensitivity == "health"


def _is_akin(wanted: Sequence[set[str]], row: Row) -> bool:
    """Whether each term of a topic has one of its stem in what is said of a fact: "my weight" and "I weigh 94 kilos"."""
    return any(all(any(_share_stem(term, held) for held in row.terms) for term in terms) for terms in wanted)


def _share_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _STEM and longer.startswith(shorter) and len(longer) - len(shorter) <= 3


def _described(user_id: UUID, words: str, rows: Sequence[Row]) -> tuple[list[Fact], bool]:
    """The facts that say most of what the words say, and whether that is enough to act on."""
    said = [terms for terms in readings(words) if terms]
    if not said:
        return by_intent(user_id, words, rows), True
    unlike = {_CONTRARY.get(intent.predicate, "") for intent in intents_of(words)}
    open_rows = [row for row in rows if row.fact.predicate not in unlike]
    scored = [(max(len(terms & row.terms) / len(terms) for terms in said), row.fact) for row in open_rows]
    best = max((score for score, _ in scored), default=0.0)
    if best < 0.5:
        # "dass du nicht über Fußball sprechen sollst" says the value whole, in words of its own.
        named = [row.fact for row in open_rows if len(row.fact.value_key) > 2 and find_words(words, row.fact.value)]
        return longest_named(words, named) or by_intent(user_id, words, rows), False
    meant = [fact for score, fact in scored if score == best]
    meant = longest_named(words, meant) or meant
    about = {fact.entity.name_key for fact in meant if fact.entity is not None}
    # "that my cousin Lars is in rehab" says that, and not that he is a cousin.
    meant = [fact for fact in meant if fact.predicate not in RELATIONS or fact.value_key not in about]
    nameless = [fact for fact in meant if fact.predicate in RELATIONS and not find_words(words, fact.value)]
    asked = {fact.pk for fact in by_intent(user_id, words, rows)}
    is_sure = best >= _SURE or (asked == {fact.pk for fact in meant} and is_heard(words, meant, rows))
    return meant + known_of(user_id, nameless, rows), is_sure
