"""French, no more than who somebody is and where they live."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.patterns import Language, Pattern, Shape, pattern

_UPPER = r"(?-i:[A-ZÀ-ÞŁŚŒ])"
# Words behind which it is another who speaks, or a sentence that is shown.
_SHOWN = re.compile(
    r"\b(?:dit|disait|écrit|répond|demande|raconte|crie|traduis\w*|tradui\w+|phrases?|exemple|écris|rédige\w*|corrige\w*|imagine|suppos\w+|personnage|roman|histoire|chanson|poème|si|in french|french|mean\w*|says?|said|sentence|auf französisch|en francés|på fransk)\b",
    re.IGNORECASE,
)
_COUNTRY = r"(?:Canada|Québec|Maroc|Portugal|Brésil|Mexique|Japon|Luxembourg|Royaume-Uni|Sénégal|Mali|Cameroun|Bénin|Togo|Chili|Pérou|Vietnam|Liban|Danemark|Congo|Gabon)\b"
_LIVE = r"(?:j['’](?:habite|vis)|je (?:vis|réside|demeure)|nous (?:habitons|vivons)|on (?:habite|vit)) (?:(?:maintenant|actuellement|toujours|désormais|aujourd['’]hui|encore|seule?|ensemble) )*"
_MOVED = r"(?:je viens d['’]emménager|j['’]ai (?:déménagé|emménagé)|je me suis install[ée]e?|nous avons (?:déménagé|emménagé)) "


def _own(shape: Shape) -> Shape:
    """`shape`, where nothing in front says that the words are another's."""

    def read(match: re.Match[str], clause: Clause) -> list[str]:
        said = f"{clause.previous} {clause.before} {clause.text[: match.start()]}"
        return [] if _SHOWN.search(said) else shape(match, clause)

    return read


_PATTERNS: tuple[Pattern, ...] = (
    pattern("name", rf"\b(?:je m['’]appelle|mon (?:nom|prénom) est|mon prénom,? c['’]est|moi,? c['’]est) (?P<v>{_UPPER}.*)", _own(shapes.name)),
    pattern("preferred_name", rf"\b(?:appelle[- ]moi|appelez[- ]moi|tu peux m['’]appeler|vous pouvez m['’]appeler|on m['’]appelle|tout le monde m['’]appelle) (?P<v>{_UPPER}.*)", _own(shapes.name)),
    pattern("lives_in", rf"\b{_LIVE}(?:à|en|dans le|dans la|dans les) (?P<v>{_UPPER}.+)", _own(shapes.place)),
    pattern("lives_in", rf"\b{_LIVE}au (?P<v>{_COUNTRY})", _own(shapes.whole)),
    pattern("lives_in", rf"\b{_MOVED}(?:à|en) (?P<v>{_UPPER}.+)", _own(shapes.place), is_dated=True),
)  # fmt: skip
_CORRECTING = re.compile(
    r"^\W*(?:(?:oh|non|pardon|attends)[, ]+)*(?:je voulais dire|en fait|correction|je me suis trompée?|erreur)\b|\bje voulais dire\b",
    re.IGNORECASE,
)
SENTENCES = {"name": "S'appelle {value}", "preferred_name": "Se fait appeler {value}", "lives_in": "Habite à {value}"}
FRENCH = Language("fr", _PATTERNS, _CORRECTING, SENTENCES)
