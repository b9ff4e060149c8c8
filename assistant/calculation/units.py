"""Units: "5 miles in km", "wie viele km sind 5 Meilen", "20 °C en Fahrenheit", "how many ml in a cup".

A table rather than a library: the units people ask for in a chat, in the words of four languages. Factors are the exact ones by definition where
there is a definition (international yard and pound, US liquid measures, imperial pint named as such).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assistant.calculation.numbers import NUMBER, read_number, write_number
from assistant.calculation.types import Calculation, Kind, Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` turns one of it into the base of its dimension; `offset` is added before (temperatures)."""

    symbol: str
    dimension: str
    factor: Fraction
    offset: Fraction = Fraction(0)


# symbol | dimension | factor | names, without regard to case. A name prefixed "nb:" counts in that language only.
_TABLE = """
mm|length|0.001|millimetre millimetres millimeter millimeters milímetro milímetros
cm|length|0.01|centimetre centimetres centimeter centimeters zentimeter centímetro centímetros
m|length|1|metre metres meter meters metern metro metros
km|length|1000|kilometre kilometres kilometer kilometers kilometern kilómetro kilómetros kms
in|length|0.0254|inch inches zoll pulgada pulgadas tomme tommer "
ft|length|0.3048|foot feet fuß fuss pie pies fot '
yd|length|0.9144|yard yards yarda yardas
mi|length|1609.344|mile miles meile meilen milla millas engelskmil en:mi
mil|length|10000|nb:mil
nmi|length|1852|nautical_mile nautical_miles seemeile seemeilen milla_náutica millas_náuticas
mg|mass|0.000001|milligram milligrams milligramm miligramo miligramos
g|mass|0.001|gram grams gramme grammes gramm gramo gramos
kg|mass|1|kilogram kilograms kilogramm kilo kilos kilogramo kilogramos
t|mass|1000|tonne tonnes tonnen tonelada toneladas tonn
oz|mass|0.028349523125|ounce ounces unze unzen onza onzas unse unser
lb|mass|0.45359237|pound pounds lbs libra libras nb:pund
Pfund|mass|0.5|de:pfund
st|mass|6.35029318|stone stones
ml|volume|0.001|millilitre millilitres milliliter milliliters mililitro mililitros
cl|volume|0.01|centilitre centilitres centiliter zentiliter centilitro centilitros
dl|volume|0.1|decilitre decilitres deciliter dezililter decilitro decilitros desiliter
l|volume|1|litre litres liter liters litern litro litros
cup|volume|0.2365882365|cups taza tazas
tbsp|volume|0.01478676478125|tablespoon tablespoons tbs
tsp|volume|0.00492892159375|teaspoon teaspoons
EL|volume|0.015|de:el esslöffel spiseskje spiseskjeer cucharada cucharadas
TL|volume|0.005|de:tl teelöffel teskje teskjeer cucharadita cucharaditas
fl oz|volume|0.0295735295625|fluid_ounce fluid_ounces floz
pt|volume|0.473176473|pint pints pinta pintas
gal|volume|3.785411784|gallon gallons gallone gallonen galón galones
s|time|1|second seconds sec secs sekunde sekunden segundo segundos sekund sekunder
min|time|60|minute minutes mins minuten minuto minutos minutt minutter
h|time|3600|hour hours hr hrs stunde stunden hora horas time timer
d|time|86400|day days tag tage tagen día días dia dias dag dager
wk|time|604800|week weeks woche wochen semana semanas uke uker
km/h|speed|5/18|kph kmh km/t kilometres_per_hour kilometers_per_hour stundenkilometer kilómetros_por_hora
mph|speed|0.44704|miles_per_hour meilen_pro_stunde millas_por_hora
m/s|speed|1|metres_per_second meter_pro_sekunde metros_por_segundo
kn|speed|463/900|knot knots knoten nudo nudos
m²|area|1|m^2 sqm square_metre square_metres square_meters quadratmeter metros_cuadrados kvadratmeter
km²|area|1000000|km^2 square_kilometres square_kilometers quadratkilometer kilómetros_cuadrados
ft²|area|0.09290304|ft^2 sqft square_feet square_foot quadratfuß pies_cuadrados
ha|area|10000|hectare hectares hektar hectárea hectáreas
acre|area|4046.8564224|acres morgen acres
kcal|energy|4184|kilocalorie kilocalories calories kilokalorien kalorien kilocalorías calorías kalorier
kJ|energy|1000|kilojoule kilojoules kilojulios
kB|data|1000|kilobyte kilobytes
MB|data|1000000|megabyte megabytes
GB|data|1000000000|gigabyte gigabytes
TB|data|1000000000000|terabyte terabytes
K|temperature|1|kelvin
°C|temperature|1|celsius °c c centigrade degrees_celsius grad_celsius grados_celsius grader_celsius
°F|temperature|5/9|fahrenheit °f f degrees_fahrenheit grad_fahrenheit grados_fahrenheit grader_fahrenheit
"""
_OFFSETS = {"°C": Fraction("273.15"), "°F": Fraction("459.67")}

_TO = r"(?:in(?:to)?|to|as|zu|nach|en|a|i|til|är)"
_DEGREES = r"(?:degrees?|grad|grados?|grader)"
_AMOUNT = rf"(?P<sign>-?)(?P<amount>{NUMBER}|a|an|one|half an?|ein(?:e|em|er|en)?|una?|en|et|ei)"
_NAME = r"[^\W\d_]+(?:/[^\W\d_]+)?(?:\^\d)?|°[cf]|[\"']"
_UNIT = rf"(?:{_NAME})(?:[ ](?:{_NAME}))?"
_PATTERNS = (
    re.compile(
        rf"^(?:(?:convert|what(?:'s| is)|how much (?:is|are)|was (?:ist|sind)|wie ?viel (?:ist|sind)|rechne|cu[aá]nto (?:es|son)|convierte|convertir|"
        rf"hva er|hvor mye er|gjør om)\s+)?{_AMOUNT}\s*(?P<source>{_UNIT})\s+(?:(?:um|om)\s+)?{_TO}\s+(?P<target>{_UNIT})(?:\s+um)?$"
    ),
    re.compile(
        rf"^how (?:many|much) (?P<target>{_UNIT}) (?:is|are|in|are in|are there in|is in|make|does|do) {_AMOUNT}\s*(?P<source>{_UNIT}?)(?: have| make)?$"
    ),
    re.compile(
        rf"^wie ?viele? (?P<target>{_UNIT}) (?:sind|ist|hat|haben|in|sind in|ergeben) (?:in )?{_AMOUNT}\s*(?P<source>{_UNIT})$"
    ),
    re.compile(rf"^cu[aá]nt[oa]s? (?P<target>{_UNIT}) (?:son|es|hay en|tiene|tienen) {_AMOUNT}\s*(?P<source>{_UNIT})$"),
    re.compile(rf"^hvor mange (?P<target>{_UNIT}) (?:er|er det i|i|har) {_AMOUNT}\s*(?P<source>{_UNIT})$"),
)


@lru_cache(maxsize=4)
def _names(language: str) -> dict[str, Unit]:
    names: dict[str, Unit] = {}
    for line in _TABLE.strip().splitlines():
        symbol, dimension, factor, words = line.split("|")
        unit = Unit(symbol, dimension, Fraction(factor), _OFFSETS.get(symbol, Fraction(0)))
        names.setdefault(symbol.casefold(), unit)
        for word in words.split():
            tongue, _, name = word.rpartition(":")
            if not tongue or tongue == language:
                names[name.replace("_", " ").casefold()] = unit
    if language != "nb":
        names["mil"] = names["mi"]
    return names


def _find(text: str, *, language: str) -> Unit | None:
    bare = re.sub(rf"^{_DEGREES} ", "", text.strip().rstrip("."))
    return _names(language).get(text.strip()) or _names(language).get(bare)


def solve_units(text: str, *, language: str, today: object = None) -> Calculation | Problem | None:
    """The conversion asked for in `text` (case-folded), or None when it is none."""
    for pattern in _PATTERNS:
        match = pattern.match(text)
        if not match:
            continue
        source, target = (_find(match[name], language=language) for name in ("source", "target"))
        if source is None or target is None:
            continue
        amount = _amount(match["amount"], language=language)
        if amount is None:
            continue
        if source.dimension != target.dimension:
            return Problem(ProblemCode.UNITS_DIFFER, f"{source.symbol} → {target.symbol}")
        return _convert(-amount if match["sign"] else amount, source, target, language=language)
    return None


def _amount(text: str, *, language: str) -> Fraction | None:
    if text[0].isdigit():
        return read_number(text, language=language)
    return Fraction(1, 2) if text.startswith("half") else Fraction(1)


def _convert(amount: Fraction, source: Unit, target: Unit, *, language: str) -> Calculation:
    value = (amount + source.offset) * source.factor / target.factor - target.offset
    places = 2 if source.dimension == "temperature" else _places(value)
    shown = write_number(value, language=language, places=places)
    sign = "=" if (value * 10**places).denominator == 1 else "≈"
    result = f"{shown} {target.symbol}"
    start = f"{write_number(amount, language=language)} {source.symbol}"
    if source.offset or target.offset:
        working = f"{start} {sign} {result}"
    else:
        ratio = source.factor / target.factor
        step = (
            f"× {write_number(ratio, language=language)}"
            if ratio >= 1
            else f"÷ {write_number(1 / ratio, language=language)}"
        )
        working = f"{start} ({step}) {sign} {result}"
    return Calculation(Kind.UNIT, value, result, working)


def _places(value: Fraction) -> int:
    """Enough decimals for about four figures, and all of a short exact number."""
    if (value * 10**3).denominator == 1:
        return 3
    size = abs(value)
    return 1 if size >= 1000 else 2 if size >= 10 else 3 if size >= 1 else 6
