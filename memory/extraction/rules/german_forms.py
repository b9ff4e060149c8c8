"""Small words that German patterns share."""

from __future__ import annotations

from memory.facts.relations import PETS

ADVERBS = r"(?:(?:jetzt|nun|aber|heute|momentan|zurzeit|wieder|auch|noch|gerade|derzeit|aktuell|seit (?:letzte[mnr]|vorige[mnr]|diese[mr]|eine[mr]|zwei|drei|vier|fünf|ein paar|\d+) \w+|seit \w+|schon|immer noch|mittlerweile|inzwischen|sehr|total|wirklich|eigentlich|übrigens|ja|hier|allein|nur|mit \w+ \w+(?: (?-i:[A-ZÀ-ÞŁŚ])\w+)?) )*"
MY = r"\b(?:mein|meine|meinen|meinem|meiner|unser|unsere|unseren|unserem) (?:(?:neue[rn]?|alte[rn]?|kleine[rn]?|große[rn]?|ältere[rn]?|jüngere[rn]?|beste[rn]?|liebe[rn]?) )?"
MY_OWN = r"\b(?:mein|meine|meinen|meinem|meiner|unser|unsere|unseren|unserem) (?:(?:neue[rn]?|liebe[rn]?) )?"
UPPER = r"(?-i:[A-ZÀ-ÞŁŚ])"
PET = "|".join(sorted(PETS["de"].split(), key=len, reverse=True))
COUNT = r"(?:ein|eine|einen|ne|nen|n|'ne|'nen|zwei|drei|vier|\d)"
# "ich habe", "wir haben", and the second verb of one "ich": "ich arbeite als Hebamme und habe zwei Kinder".
HAVE = r"(?:\b(?:ich|wir) (?:habe|hab|haben)|\b(?:ich|wir)\b[^,;.]{1,60} und (?:habe|haben)|^\W*(?:und )?hab(?:e)?)"
