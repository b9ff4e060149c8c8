"""What a question asks for: words, slots, people, days, now or then. Code, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from memory.dates import Period
from memory.facts.predicates import predicate_of
from memory.facts.questions import Intent, intents_of
from memory.facts.relations import relation_in, words_for
from memory.facts.slots_meant import subject_in
from memory.facts.topics import topic_intents
from memory.numeric_dates import order_of
from memory.recall.asked_periods import asked_periods
from memory.terms import language_of, other_stems, terms_of

LONGEST_QUESTION = 2000  # characters that are looked at
_PAST = re.compile(
    r"\b(?:was|were|did|had|used to|before|previously|previous|formerly|former|earlier|in the past|back then|last|ago|once|originally|had been|have i been|have i ever|ever"
    r"|(?<!how long )(?<!since when )have (?:i|we) (?:\w+ )?(?:lived|worked|studied|had|owned|driven)"
    r"|(?<!wie lange )habe ich (?:\w+ ){0,3}(?:gewohnt|gelebt|gearbeitet|studiert|gehabt)|he (?:vivido|trabajado|estudiado|tenido)"
    r"|(?<!hvor lenge )har jeg (?:\w+ )?(?:bodd|jobbet|studert|hatt)"
    r"|war|waren|hatte|früher|vorher|davor|damals|zuvor|letzte\w*|era|fui|fue|vivía|trabajaba|antes|anterior|pasad[oa]|var|bodde|jobbet|før|tidligere|forrige|avant|étais|était)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:before|previous(?:ly)?|former(?:ly)?|used to|früher|vorher|davor|antes|anterior|før|tidligere|avant|history)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:coming up|upcoming|ahead|will|next|soon|planned|tomorrow|going to|plans?|bevorsteh\w*|nächste\w*|próxim\w*|neste)\b",
    re.IGNORECASE,
)
# How it went on with something that is known, whatever it was: "what happened to my dog?".
_WENT_ON = re.compile(
    r"\b(?:what(?:'s| has| had|ever)? (?:ever )?happened (?:to|with)|what (?:became|has become) of|any news (?:of|from|about|on)|what(?:'s| is) (?:new|up) with|what about"
    r"|how (?:is|are|was|were|did) (?:\w+ )?(?:my|our)\b|tell me (?:more )?about|was ist (?:mit|aus)|was wurde aus|wie geht es|qué (?:pasó|pasa|fue) (?:con|de)"
    r"|cómo (?:está|están|va|van) mis?|hva (?:skjedde|har skjedd|ble det) (?:med|av)|hvordan går det med)",
    re.IGNORECASE,
)
# What the assistant said is asked for: "what did you recommend", "your recipe".
_TOLD_BY_ASSISTANT = re.compile(
    r"\b(?:you|we) (?:\w+ ){0,2}?(?:said|say|told|tell|suggest(?:ed)?|recommend(?:ed)?|advised?|mention(?:ed)?|explain(?:ed)?|wrote|write|propose[d]?|answer(?:ed)?|g[ai]ve|offer(?:ed)?|list(?:ed)?|come up with|came up with)\b"
    r"|\byour (?:\w+ )?(?:suggestions?|advice|answers?|recommendations?|recipes?|ideas?|explanations?|lists?|tips?|proposals?|summary|plan)\b"
    r"|\b(?:du|sie) (?:\w+ ){0,5}?(?:gesagt|empfohlen|vorgeschlagen|geschrieben|geraten|erklärt)\b|\b(?:hast|haben) (?:du|sie) mir\b|\bdein\w* (?:vorschlag|rat|antwort|rezept|tipps?)\b"
    r"|\b(?:me )?(?:dijiste|recomendaste|sugeriste|escribiste|explicaste|propusiste|aconsejaste)\b|\btu (?:consejo|respuesta|receta|sugerencia)\b"
    r"|\bdu (?:\w+ )?(?:sa|sagt|anbefalte|anbefalt|foreslo|foreslått|skrev|skrevet|forklarte)\b|\b(?:forslaget|rådet|svaret|oppskriften) ditt?\b",
    re.IGNORECASE,
)


# All that is known of the user is asked for, not one thing.
_SO_FAR = r"(?: so far| already| yet| by now| right now| today| bisher| schon| hasta ahora| ya| så langt| nå)?\W*$"
_OVERVIEW = re.compile(
    r"(?:\b(?:what|how much|everything|all|anything)(?: all| else| exactly)? (?:do |can |could |have |did |that )?(?:you|we)(?:'ve)? (?:\w+ )?"
    r"(?:know|remember|recall|learn|learned|learnt|remembered|noted|understood|saved|stored|kept)(?: so far)? (?:about|of|on) (?:me|myself)"
    r"|\bwhat (?:should|would|must|ought|does|might) [\w' -]{1,40} (?:need to )?know about me"
    r"|\b(?:tell me (?:all |something |more |a bit |everything )*about|describe|sum up|summari[sz]e) (?:me|myself)"
    r"|\bdo you know (?:anything|something|much|a lot) about me"
    r"|\bwas (?:alles )?(?:weißt|weisst|wissen|merkst) (?:du|sie) (?:dir )?(?:\w+ )?(?:über mich|von mir)"
    r"|\b(?:erzähle?|sag) mir (?:etwas |alles |was du weißt )?über mich|\bbeschreibe? mich"
    r"|\bqu[ée] (?:más |cosas )?(?:sabes|recuerdas|conoces) (?:ya )?(?:de|sobre|acerca de) mí|\bcuéntame (?:algo |todo )?(?:de|sobre) mí|\bdescríbeme"
    r"|\bhva (?:vet|husker) du (?:\w+ )?om meg|\bfortell (?:meg )?(?:noe |alt )?om meg|\bbeskriv meg"
    rf"){_SO_FAR}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart."""

    text: str
    at: datetime
    today: date
    zone: ZoneInfo
    terms: tuple[str, ...]
    telling: frozenset[str]  # those of them that do not only name a time
    stems: Mapping[str, Sequence[str]]  # what a term that stands nowhere may be stored as
    kin: frozenset[str]  # terms for somebody near; their stems mean the same
    intents: tuple[Intent, ...]
    besides: frozenset[str]  # telling terms that no form of an intent used
    subjects: frozenset[UUID] | None  # entities asked about; None: the user
    relation: str | None
    owns_it: bool  # something of a relative is asked for, and not who they are or how they fare: "Nana's party"
    periods: tuple[Period, ...]
    is_past: bool
    is_before: bool  # asks for what held before, not for a stretch of time
    is_ahead: bool
    is_own: bool  # asks what the user does, is or has, and of nobody else
    is_of_subject: bool  # asks for somebody who belongs to the one it names: "Ana's boss" is not the user's
    is_general: bool  # names neither the user nor anybody the user knows
    asks_assistant: bool  # what the assistant said is asked for
    asks_all: bool  # all that is known of the user is asked for

    @property
    def predicates(self) -> frozenset[str]:
        return frozenset(intent.predicate for intent in self.intents)


_PERSONAL = re.compile(
    r"\b(?:i|i'm|i've|me|my|mine|we|us|our|ours|ich|mich|mir|mein\w*|wir|uns|unser\w*|yo|mi|mis|me|mío|nosotros|nuestr\w+|vivo|trabajo|soy|tengo|jeg|meg|min|mitt|mine|vi|vår\w*|je|j'\w+|mon|ma|mes|nous|notre|you)\b",
    re.IGNORECASE,
)


_OWN = re.compile(
    r"\b(?:do|did|am|was|have|had|can|could|should) i\b|\b(?:ich|jeg|je|yo)\b|\bj'"
    r"|\b(?:vivo|trabajo|soy|tengo|estudio|hago|practico|juego|hablo|toco|conduzco|leo|gano|debo|fumo|nací|crecí)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\b(?!(?:Who|What|Where|When|How|That|It|Here|There|Let)'s)[^\W\d_a-zß-ÿ][\w-]*'s?(?=\s)")
_OWN_THING = re.compile(
    r"^\W*(?:who|what|which|when|where)(?:'s| is| was| are| were)? my [\w-]+(?: called| named)?\W*$", re.IGNORECASE
)
_OF_OTHERS = re.compile(
    r"\b(?:who|whom|whose|people|anyone|anybody|someone|somebody|everyone|friends?|family|pets?|wer|wen|wem|wessen|jemand\w*|leute|freunde|familie"
    r"|quién|quiénes|alguien|gente|amigos|familia|hvem|noen|folk|venner|familien|qui)\b",
    re.IGNORECASE,
)
_OFTEN_OF_OTHERS = frozenset({"species", "school"})  # of an animal, of a child


# Asks who somebody is, or whether there is one; other questions only name them: "which part did my niece get?".
_WHO_IS = re.compile(
    r"\b(?:who|whom|whose|names?|named|called|how many|do (?:i|we)(?: \w+)? have|have (?:i|we)(?: \w+)? got|any|wer|wen|wem|heißt|heißen|namen?|wie ?viele?|habe ich|haben wir|still|noch|todavía|fortsatt"
    r"|quién|quiénes|llamas?|llaman?|nombres?|cuánt[oa]s|tengo|tenemos|hvem|heter|navnet|navnene?|hvor mange|har (?:jeg|vi)|qui)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\b([\w-]+)'s (?!(?:first |last |full |maiden |nick)?names?\b|called\b|named\b)\w", re.IGNORECASE)


# Says who is meant, and asks nothing: "what do the people I live with eat?".
_THOSE_WHO = re.compile(
    r"\b(?:the )?(?:people|persons?|ones|guys|folks|those|friends?|man|woman|girl|guy) (?:that |who |whom )?(?:i|we) \w+(?: \w+)?? with\b"
    r"|\b(?:die|den) (?:leuten?|menschen|freunden?),? mit denen (?:ich|wir) [\w ]{2,30},?"
    r"|\b(?:la gente|las personas|los amigos) con (?:la|las|los) que \w+|\b(?:de|dem|folk|folkene) (?:som )?(?:jeg|vi) \w+ (?:sammen )?med\b",
    re.IGNORECASE,
)


# Slots that a question may mean beside the one whose words it has: what one likes of some kind may stand among likes, what is ahead is not all "plans".
_LIKES = re.compile(
    r"\b(?:do|did) i (?:\w+ )?(?:like|love|enjoy)\b|\bam i into\b|\b(?:mag|liebe) ich\b|\bme gustan?\b|\b(?:liker|elsker) jeg\b",
    re.IGNORECASE,
)
_TASTES = frozenset({"favourite_music", "favourite_food", "favourite_drink", "favourite_book", "favourite_film"})
_AT_LARGE = re.compile(
    r"\b(?:coming up|ahead of me|lies ahead|on my (?:calendar|agenda|schedule)|what's next|next for me|steht (?:bei mir )?an|tengo por delante|står for tur)\b",
    re.IGNORECASE,
)
_AHEAD_OF_ONE = ("trip", "appointment", "deadline")


def _intents_of(text: str) -> tuple[Intent, ...]:
    bare = _THOSE_WHO.sub(" ", text)
    found = (bare != text and intents_of(bare)) or intents_of(text) or topic_intents(text)
    asked = {intent.predicate for intent in found}
    also: tuple[str, ...] = ()
    if asked & _TASTES and _LIKES.search(text):
        also = ("likes",)
    elif "plans_to" in asked and _AT_LARGE.search(text):
        also = _AHEAD_OF_ONE
    return (*found, *(Intent(name, 1.0, found[0].words) for name in also if name not in asked))


def _kin(text: str, language: str) -> dict[str, list[str]]:
    """For each term of a word for somebody near, the terms of what else such a person is called: one says "mum" and asks for the mother."""
    found: dict[str, list[str]] = {}
    for word in re.findall(r"[^\W\d_]+", text) if relation_in(text) else ():
        if (relation := relation_in(word)) and (terms := terms_of(word, language)):
            called = (
                term for tongue, other in words_for(relation) if tongue == language for term in terms_of(other, tongue)
            )
            found[terms[0]] = [term for term in dict.fromkeys(called) if term != terms[0]]
    return found


def _is_lasting(intents: tuple[Intent, ...]) -> bool:
    """Whether all that is asked for never changes: "where did I grow up" is no question about the past."""
    return bool(intents) and all(predicate_of(intent.predicate).decay == "fixed" for intent in intents)


def normalised(text: str) -> str:
    """A question as it is looked at: one line, plain apostrophes, not endless, no half characters."""
    whole = text[:LONGEST_QUESTION].encode("utf-8", "replace").decode("utf-8")
    return " ".join(whole.replace("’", "'").split())


def _without(text: str, periods: Iterable[Period]) -> str:
    """`text` less the words that name these periods."""
    for start, end in sorted((period.span for period in periods), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def analyse(user_id: UUID, text: str, *, at: datetime, zone: ZoneInfo, knows_somebody: bool = True) -> Query:
    """Take a question apart. Any text will do. `knows_somebody`: memory has entities that the question may name."""
    text = normalised(text)
    today = at.astimezone(zone).date()
    ahead = bool(_AHEAD.search(text))
    intents = _intents_of(text)
    past = bool(_PAST.search(text)) and not ahead and not _is_lasting(intents)
    subjects = subject_in(user_id, text) if knows_somebody else None
    relation = relation_in(text)
    language = language_of(text)
    periods = asked_periods(text, today, lean="future" if ahead else "past", order=order_of(zone))
    asks_own = bool(_OWN_THING.match(text) or (_OWN.search(text) and not _OF_OTHERS.search(text)))
    telling = frozenset(terms_of(_without(text, periods), language))
    kin = _kin(text, language)
    used = " ".join(word for intent in intents for word in intent.words)
    return Query(
        text=text,
        at=at,
        today=today,
        zone=zone,
        terms=tuple(terms_of(text, language)),
        telling=telling,
        besides=telling.difference(terms_of(used, language)),
        stems={**other_stems(text), **kin},
        kin=frozenset(kin),
        intents=intents,
        subjects=frozenset(subjects) if subjects else None,
        relation=relation,
        owns_it=relation is not None
        and not _WENT_ON.search(text)
        and (any(relation_in(owner) for owner in _OWNER.findall(text)) or not _WHO_IS.search(text)),
        periods=periods,
        is_past=past,
        is_before=bool(_BEFORE.search(text)),
        is_ahead=ahead,
        is_own=asks_own
        and not subjects
        and relation is None
        and not _OFTEN_OF_OTHERS & {intent.predicate for intent in intents},
        is_of_subject=bool(subjects) and relation is not None and bool(_WHOSE.search(text)),
        is_general=not _PERSONAL.search(text) and not subjects,
        asks_assistant=bool(_TOLD_BY_ASSISTANT.search(text)),
        asks_all=bool(_OVERVIEW.search(text)),
    )
