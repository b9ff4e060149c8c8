"""Spanish: a trade with its place of work, and what people have as a rule: their drink, their choir, their car, their hours."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import BRAND
from memory.extraction.rules.expecting import SPANISH_EXPECTING
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.service import SPANISH_SERVICE
from memory.extraction.rules.teams import team_in
from memory.facts.relations import PETS

_UPPER = r"(?-i:[A-ZÀ-ÞŁŚ])"
_PLACE = r"(?:hospital|colegio|escuela|instituto|universidad|biblioteca|banco|panadería|restaurante|hotel|museo|farmacia|clínica|bufete|granja|fábrica|taller|supermercado|guardería|ayuntamiento|vivero|tienda|librería|bar|cafetería|residencia|gimnasio|teatro|peluquería|bodega|oficina|empresa|academia|centro (?:comercial|de salud|deportivo|de jardinería)|ambulatorio|consultorio|almacén|aeropuerto|zoo|laboratorio)"
_TRADE = r"(?:[a-záéíóúñ]+(?:er[oa]|ora?|ista|ic[oa]|og[oa]|ad[oa]|nte|óloga|ólogo|itect[oa])|médic[oa]|músic[oa]|actriz|policía|piloto|contable)"
_PET = "|".join(sorted(PETS["es"].split(), key=len, reverse=True))
_CUP = r"(?:café|té|mate|zumo|chocolate|cerveza|vino|batido|infusión|agua|leche)"
_GROUP = r"(?:coro|orquesta|banda|coral|club|equipo|peña|asociación|grupo de teatro|compañía|cuarteto)"


def _my_team(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    team = team_in(match["v"])
    return [team] if team else []


def _taken(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [f"{match['what'].casefold()} {match['v'].casefold()}"]


def _kind(match: re.Match[str], clause: Clause) -> list[str]:
    """Animals by number and kind, where no name follows."""
    rest = clause.text[match.end() :] + clause.after
    return [] if re.match(rf"\W*(?:llamad|que se|{_UPPER})", rest) else [match["v"]]


HABITS: tuple[Pattern, ...] = (
    *SPANISH_SERVICE,
    *SPANISH_EXPECTING,
    pattern("insurance", rf"(?<!\bno\s)\b(?:estoy asegurad[oa] con|tengo el seguro (?:del coche )?con) (?P<v>{_UPPER}[\w\-]+(?: {_UPPER}[\w\-]+)?)", shapes.whole),
    pattern("timezone", rf"\bmi zona horaria es (?:la )?(?P<v>{_UPPER}[\w/+\-]+)", shapes.whole),
    pattern("lives_in", rf"(?<!\bno\s)\bvivo con (?:mi|mis) [^,;.]{{2,40}}? en (?P<v>{_UPPER}.+)", shapes.place, is_dated=True),
    pattern("drives", rf"\b(?:mi|tengo un) (?:coche|carro|auto|moto)(?: es)?(?: una?|,? una?)? (?P<v>{BRAND}(?: (?:{_UPPER}|\d)[\w\-]*)?)", shapes.whole),
    pattern("has_condition", r"(?<!\bno\s)\bsoy (?P<v>celíac[oa]|diabétic[oa]|asmátic[oa]|epiléptic[oa])(?=\s*(?:$|[.,!;]|(?:y|pero|desde)\b))", shapes.whole),
    pattern("commute", r"(?<!\bno\s)\bvoy (?:siempre )?(?:al trabajo|al curro|a la oficina|a la uni|a trabajar) en (?P<v>metro|bus|autobús|tren|bici|bicicleta|coche|moto|tranvía|ferry)\b", shapes.whole),
    pattern("allergic_to", r"(?<!\bno\s)\b(?:yo )?soy [^,;.]{2,30}? y (?:también )?alérgic[oa] (?:a la |a los |a las |al |a )(?P<v>.+)", shapes.some_things),
    pattern("works_at", rf"(?<!\bno\s)\b(?:yo )?(?:soy|trabajo de|trabajo como) (?:una? )?{_TRADE} en (?:el |la )(?P<v>(?:{_PLACE} (?:de |del |de la )?)?{_UPPER}\w+(?: (?:de |del |de la )?{_UPPER}\w+)*)", shapes.whole),
    pattern("works_at", rf"(?<!\bno\s)\b(?:yo )?(?:soy|trabajo de|trabajo como) (?:una? )?{_TRADE} en (?P<v>(?:un|una|el|la) {_PLACE})\b(?! (?:de )?{_UPPER})", shapes.whole),
    pattern("works_at", rf"(?<!\bno\s)\btrabajo (?:(?:un|dos|tres|cuatro|cinco|\d) días (?:a la|por) semana|a tiempo parcial|a jornada completa|de noche|los fines de semana|por las (?:mañanas|tardes|noches)) en (?P<v>(?:(?:un|una|el|la) {_PLACE}|{_UPPER}\w+(?: {_UPPER}\w+)*))\b", shapes.whole),
    pattern("works_at", rf"(?<!\bno\s)\btrabajo en (?P<v>(?:un|una|el|la) {_PLACE})\b(?! (?:de )?{_UPPER})", shapes.whole),
    pattern("work_schedule", r"(?<!\bno\s)\btrabajo (?P<v>(?:un|dos|tres|cuatro|cinco|\d) días (?:a la|por) semana|a tiempo parcial|a jornada completa|de noche|por las (?:mañanas|tardes|noches))\b", shapes.whole),
    pattern("favourite_drink", r"(?<!\bno\s)\b(?:tomo|bebo|me tomo) (?:siempre )?(?:el |mi )?(?P<what>café|té) (?:siempre )?(?P<v>solo|negro|cortado|con leche(?: \w+)?|sin azúcar|con (?:dos |una )?\w*(?:azúcar|cucharadas|miel|limón)|descafeinado)\b", _taken),
    pattern("favourite_drink", rf"(?<!\bno\s)\b(?:tomo|bebo|me tomo) (?:una taza de |un |una )?(?P<v>{_CUP}(?: (?:verde|negro|con leche|rojo|de \w+))?) (?:cada (?:mañana|día|noche)|todas las (?:mañanas|noches|tardes)|todos los días|por las mañanas)", shapes.whole),
    pattern("member_of", rf"\b(?:canto|toco|bailo|juego|actúo|estoy|soy (?:miembro|socia|socio)) (?:en|del|de la|de) (?:el |la |un |una )?(?P<v>(?:{_GROUP})(?: (?:de |del |de la )?(?:{_UPPER}[\w]+|[a-záéíóú]+)(?: {_UPPER}\w+)?)?)", shapes.whole),
    pattern("drives", rf"\b(?:me acabo de comprar|acabo de comprarme|acabo de comprar|me he comprado|me compré|hemos comprado|nos hemos comprado|compré) (?:un |una )(?P<v>{BRAND}(?: (?:{_UPPER}|\d)[\w\-]*){{0,2}})", shapes.whole, is_dated=True),
    pattern("pet", rf"\btengo [^,.;]{{2,60}}? y (?:una? )(?:{_PET}) (?:que se llama|llamad[oa]) (?P<v>{_UPPER}\w+)", shapes.relative),
    pattern("pet", rf"\b(?:tengo|tenemos) (?P<v>(?:dos|tres|cuatro|cinco|\d) (?:{_PET})(?:e?s)?)\b", _kind),
    pattern("height", r"\bmido (?P<v>[12][.,]\d\d? ?(?:m\b|metros?)?|1\d\d ?(?:cm\b)?|un metro (?:[a-z]+)(?: y [a-z]+)?)", shapes.whole),
    pattern("supports_team", rf"\b(?:mi|nuestro) (?:equipo|club)(?: favorito| de fútbol| del alma)? es (?:el |la |del )?(?P<v>{_UPPER}[\w.]+(?: {_UPPER}[\w.]+)?)", _my_team),
    pattern("supports_team", r"\b(?:yo )?soy del (?P<v>(?-i:Betis|Sevilla|Barça|Real Madrid|Atleti|Atlético|Athletic|Valencia CF|Celta|Osasuna|Espanyol|Levante|Rayo|Deportivo|Depor|Boca|River|Racing|Independiente))\b", shapes.whole),
    *(
        pattern(predicate, rf"\b(?:mis|nuestros|nuestras) (?:{words}) se llaman (?P<v>{_UPPER}.*)", shapes.relatives)
        for predicate, words in (
            ("child", "hijos|hijas|niños|niñas|gemelos|gemelas|mellizos|peques"),
            ("sibling", "hermanos|hermanas"),
            ("parent", "padres"),
            ("relative", "abuelos|abuelas|primos|primas|sobrinos|sobrinas|tíos|nietos"),
            ("friend", "amigos|amigas"),
            ("pet", f"(?:{_PET})(?:e?s)?"),
        )
    ),
    pattern("birthday", r"\b(?:mi cumpleaños es|cumplo años|mi cumple es|nací) en (?P<v>[a-z]+)\b", days.month_of_year),
    pattern("birthday", r"^\W*(?:mi )?(?:fecha de nacimiento)(?P<v>)\s*$", days.day_behind),
    *(
        pattern(predicate, rf"(?<!\bno\s)\b(?:tengo|tenemos) {more}(?:un|una) (?:{words})(?: mayor| menor| pequeñ[oa])? (?:que se llama|llamad[oa]) (?P<v>{_UPPER}\w+)", shapes.relative)
        for predicate, words in (("sibling", "hermano|hermana"), ("child", "hijo|hija|niño|niña"))
        for more in ("", "[^,.;]{2,60}? y ")
    ),
    pattern("child", r"\btengo \d{1,2} años y (?:un|una|dos|tres|cuatro|cinco|\d) (?:hijos|hijas|hijo|hija|niños|niñas|peques|gemelos|gemelas|mellizos)(?P<v>)$", shapes.names_after),
    pattern("work_mode", r"(?<!\bno\s)\b(?:trabajo|teletrabajo) (?:siempre |ahora |casi siempre )?(?P<v>desde casa|en remoto|a distancia)\b", shapes.whole),
    pattern("allergic_to", r"\bno tolero (?:la |el |los |las )?(?P<v>lactosa|gluten|leche|fructosa|histamina|trigo|soja)\b", shapes.whole),
)  # fmt: skip
