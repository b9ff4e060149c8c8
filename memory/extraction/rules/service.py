"""Who serves somewhere or works for a firm without saying "work": "I'm in the navy", "I drive for Uber". Four languages."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.english_forms import ADVERBS, AM, HAVE, SELF, UPPER
from memory.extraction.rules.patterns import Pattern, pattern

_CORPS = {
    "en": r"(?:(?:royal |merchant |us |british )?(?:navy|army|air force|marines|marine corps)|coast ?guard|national guard|fire (?:brigade|service|department)|police(?: force)?|civil service|military|armed forces|foreign legion|RAF)",
    "de": r"(?:Bundeswehr|Marine|Luftwaffe|Armee|Polizei|Bundespolizei|Feuerwehr|Berufsfeuerwehr|Küstenwache)",
    "es": r"(?:marina|armada|ejército|policía|guardia civil|legión|fuerza aérea|cuerpo de bomberos)",
    "no": r"(?:Forsvaret|marinen|sjøforsvaret|hæren|luftforsvaret|politiet|brannvesenet|heimevernet|kystvakta|kystvakten)",
}
_HALT = r"(?=\s*(?:$|[.,!;)]|(?:and|but|so|since|for|now|in|at|as|these|und|aber|seit|als|in|y|pero|desde|og|men|siden|som)\b))"
_DRIVES = r"(?:drive|deliver|fly|freelance|consult|do deliveries|report)"
_FEAST = r"(?!(?:Christmas|Easter|Thanksgiving|Xmas|Pentecost|Eid|Diwali|Hanukkah|Weihnachten|Ostern|Pfingsten|Navidad|Semana|Jul|Påske)\b)"

ENGLISH_SERVICE: tuple[Pattern, ...] = (
    pattern("occupation", rf"(?:{AM}(?:serving )?|{SELF}serve |{HAVE}been (?:serving )?)in the (?P<v>{_CORPS['en']}){_HALT}", shapes.whole),
    pattern("works_at", rf"{SELF}{_DRIVES} (?:part[- ]time |full[- ]time |nights |weekends )?for (?P<v>{_FEAST}(?:the )?{UPPER}.+)", shapes.organisation, is_dated=True),
)  # fmt: skip
GERMAN_SERVICE: tuple[Pattern, ...] = (
    pattern("occupation", rf"\b(?:ich bin|ich diene|bin) (?:seit [\w ]{{2,20}} |jetzt |noch |schon )*(?:bei|in) der (?P<v>{_CORPS['de']}){_HALT}", shapes.whole),
    pattern("works_at", rf"\bich (?:fahre|liefere|fliege|schreibe) (?:jetzt |abends |nachts |nebenbei |am wochenende )*(?:für|bei) (?P<v>{_FEAST}{UPPER}.+)", shapes.organisation, is_dated=True),
)  # fmt: skip
SPANISH_SERVICE: tuple[Pattern, ...] = (
    pattern("occupation", rf"(?<!\bno\s)\b(?:estoy|sirvo) (?:ahora )?en (?:la|el) (?P<v>{_CORPS['es']}){_HALT}", shapes.whole),
    pattern("works_at", rf"(?<!\bno\s)\b(?:conduzco|manejo|reparto|escribo) (?:ahora )?para (?P<v>{_FEAST}{UPPER}.+)", shapes.organisation, is_dated=True),
)  # fmt: skip
NORWEGIAN_SERVICE: tuple[Pattern, ...] = (
    pattern("occupation", rf"\bjeg (?:er|tjenestegjør) {ADVERBS}(?:nå )?i (?P<v>{_CORPS['no']}){_HALT}", shapes.whole),
    pattern("works_at", rf"\bjeg (?:kjører|leverer|flyr|skriver) (?:nå )?for (?P<v>{_FEAST}{UPPER}.+)", shapes.organisation, is_dated=True),
)  # fmt: skip

_SERVES = {"en": "Is in the {}", "de": "Ist bei der {}", "es": "Sirve en: {}", "no": "Er i {}"}


def service_sentence(language: str, predicate: str, value: str) -> str:
    """How a service reads that is no trade: "Is in the navy", not "Works as navy"; empty for all else."""
    corps = _CORPS.get(language)
    is_service = predicate == "occupation" and corps and re.fullmatch(corps, value, re.IGNORECASE)
    return _SERVES[language].format(value) if is_service else ""
