"""German: a trade with its place of work, and what people have as a rule: their drink, their choir, their car, their hours."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import BRAND
from memory.extraction.rules.expecting import GERMAN_EXPECTING
from memory.extraction.rules.german_forms import ADVERBS, COUNT, HAVE, MY, PET, UPPER
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.service import GERMAN_SERVICE
from memory.extraction.rules.teams import team_in

TRADE = r"(?:[A-ZÄÖÜ]?\w*(?:pfleger|lehrer|ingenieur|techniker|händler|meister|verkäufer|entwickler|programmierer|fahrer|mechaniker|elektriker|tischler|schreiner|maurer|maler|friseur|bäcker|metzger|journalist|redakteur|architekt|informatiker|künstler|musiker|schauspieler|polizist|richter|apotheker|erzieher|gärtner|landwirt|berater|kellner|buchhalter|übersetzer|pilot|optiker|klempner|förster|bibliothekar|dozent|professor|assistent|referent|kaufmann|forscher)(?:in)?|[A-ZÄÖÜ]?\w*(?:ärztin|arzt|anwalt|anwältin|koch|köchin|hebamme|schwester|psychologin|psychologe|biologin|biologe|kauffrau|studentin|student))"
# What stands behind "im", "am" or "in der" and employs nobody.
_NO_EMPLOYER = r"(?!(?:Ruhestand|Urlaub|Homeoffice|Home-Office|Moment|Außendienst|Innendienst|Einzelhandel|Handwerk|Norden|Süden|Osten|Westen|Schichtdienst|Nachtdienst|Bereich|Beruf|Ausbildung|Probezeit|Pflege|Stadt|Nähe|Elternzeit|Mutterschutz|Schweiz|Türkei|Herzen|Leben|Limit|Ende|Meer|Grenze|Forschung|Praxis|Rente|Teilzeit|Vollzeit|Ruhrgebiet|Allgäu|Saarland|Schwarzwald|Harz|Bodensee|Ostsee|Nordsee|Küste|\d)\b)"
_AT = rf"(?:bei|beim|bei der|an der|am|im|in der|in einem|in einer|an einem|an einer|auf dem|auf der) {_NO_EMPLOYER}"
_PARKS = r"ich (?:parke|stelle(?= (?:immer |meistens |meist )?(?:mein|das|unser) Auto\b))(?: (?:immer|meistens|meist|normalerweise|gewöhnlich|oft|jetzt|hier|unten|oben|mein Auto|das Auto|unser Auto|meinen Wagen|den Wagen))* "
_CUP = r"(?:Kaffee|Tee|Espresso|Cappuccino|Latte|Matcha|Kakao|Saft|Bier|Wein|Mate|Wasser|Smoothies?)"
_GROUP = r"(?:chor|orchester|band|verein|kapelle|ensemble|quartett|theatergruppe|club|klub|mannschaft|feuerwehr|gruppe)"


def _taken(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [f"{match['what'].title()} {match['v'].casefold()}"]


def _trade_behind_age(match: re.Match[str], clause: Clause) -> list[str]:
    """A trade behind the comma of one's own age: "bin 34, Lehrerin"."""
    is_own = re.search(r"(?:^\W*|\bich )bin \d{1,2}(?: Jahre(?: alt)?)?\s*,\s*$", clause.before, re.IGNORECASE)
    return [match["v"]] if is_own and re.fullmatch(TRADE, match["v"], re.IGNORECASE) else []


def _kind(match: re.Match[str], clause: Clause) -> list[str]:
    """Animals by number and kind, where no name follows."""
    rest = clause.text[match.end() :] + clause.after
    return [] if re.match(rf"\W*(?:namens|die|heißen|{UPPER})", rest) else [match["v"]]


def _fan(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    team = team_in(match["v"])
    return [team] if team else []


HABITS: tuple[Pattern, ...] = (
    *GERMAN_SERVICE,
    *GERMAN_EXPECTING,
    pattern("insurance", rf"\b(?:ich bin|bin) bei der (?P<v>{UPPER}[\w\-]+(?: {UPPER}[\w\-]+)?) versichert\b", shapes.whole),
    pattern("timezone", rf"{MY}Zeitzone ist (?:die )?(?P<v>{UPPER}[\w/+\-]+)", shapes.whole),
    pattern("parking", rf"\b{_PARKS}(?:in|auf|an) (?:der|dem|einem|einer) (?P<v>{UPPER}[\w\-]+(?: (?:am|an der|hinter dem|hinter der|in der) {UPPER}[\w\-]+)?)", shapes.whole),
    pattern("parking", rf"\b{_PARKS}(?P<v>(?:(?:hinter|vor|neben|unter|über|bei|gegenüber(?: von)?|gegenüber vom|zwischen|nahe|unweit|oberhalb|unterhalb|außerhalb) (?:der|dem|des|einem|einer|unserem|unserer|meinem|meiner)|hinterm|vorm|unterm|beim|am|im|in|auf|zwischen|rund um (?:den|die|das)) (?!Moment\b|Urlaub\b|Sommer\b|Winter\b|Wochenende\b|Zweifel\b|Notfall\b|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag\w*\b|Mittwoch\w*\b){UPPER}[\w\-]+(?: (?:am|an der|beim|hinter dem|hinter der|in der|im|des|der) {UPPER}[\w\-]+)?)", shapes.whole),
    pattern("occupation", rf"\b(?:ich )?arbeite {ADVERBS}{_AT}[^,;.]{{2,30}}? als (?P<v>{TRADE})\b", shapes.whole),
    pattern("drives", rf"\bich fahre {ADVERBS}(?:einen|ein|eine) (?:alten|altes|alte|neuen|neues|neue|gebrauchten|gebrauchtes|kleinen|roten|blauen) (?P<v>{BRAND}(?: (?:{UPPER}|\d)[\w\-]*)?)", shapes.whole),
    pattern("drives", rf"{MY}(?:Auto|Wagen|Motorrad) ist (?:ein|eine) (?:alter |altes |alte |neuer |neues )?(?P<v>{BRAND}(?: (?:{UPPER}|\d)[\w\-]*)?)", shapes.whole),
    pattern("uses_device", rf"{MY}(?:Handy|Telefon|Laptop|Rechner|Computer|Tablet|Kamera) ist (?:ein|eine) (?P<v>{UPPER}[\w\-]*(?: (?:{UPPER}|\d)[\w\-]*){{0,2}})(?=\s*(?:$|[.,!;]|und\b|aber\b))", shapes.whole),
    pattern("commute", r"\bich fahre (?:immer |meistens |meist |jeden tag )?mit (?:dem |der )?(?P<v>Bus|Zug|Fahrrad|Rad|Auto|Straßenbahn|Tram|U-Bahn|S-Bahn|Bahn|Roller|Fähre) (?:zur Arbeit|ins Büro|zur Uni|zur Schule)\b", shapes.whole),
    pattern("allergic_to", r"\b(?:ich )?bin [^,;.]{2,30}? und (?:auch )?allergisch (?:gegen|auf) (?P<v>.+)", shapes.some_things),
    pattern("occupation", rf"(?:^\W*|\bich )bin \d{{1,2}}(?: Jahre(?: alt)?)? und (?:von Beruf )?(?P<v>{TRADE})\b", shapes.whole),
    pattern("occupation", r"^\W*(?:und )?(?P<v>(?-i:[A-ZÄÖÜ])\w*)\b", _trade_behind_age),
    pattern("works_at", rf"\bich bin {ADVERBS}(?:eine? )?{TRADE} {_AT}(?P<v>{UPPER}.+)", shapes.organisation),
    pattern("works_at", rf"\b(?:ich )?arbeite {ADVERBS}als {TRADE} {_AT}(?P<v>{UPPER}.+)", shapes.organisation),
    pattern("works_at", rf"\b(?:ich )?arbeite (?:(?:ein|zwei|drei|vier|fünf|\d) Tage?(?: pro| in der| die)? Woche|(?:in )?(?:Teilzeit|Vollzeit)|nachts|halbtags|am Wochenende) {_AT}(?P<v>{UPPER}.+)", shapes.organisation),
    pattern("work_schedule", rf"\b(?:ich )?arbeite {ADVERBS}(?P<v>(?:ein|zwei|drei|vier|fünf|\d) Tage?(?: pro| in der| die)? Woche|in Teilzeit|in Vollzeit|Teilzeit|Vollzeit|nachts|halbtags|im Schichtdienst)\b", shapes.whole),
    pattern("favourite_drink", rf"\bich trinke {ADVERBS}(?:meinen |den |mein )?(?P<what>Kaffee|Tee|Espresso) (?:immer |am liebsten |nur )*(?P<v>schwarz|weiß|ungesüßt|mit (?:(?:viel|wenig|etwas|nur|zwei|einem|Hafer|Soja) )?\w*(?:milch|zucker|sahne|honig|zitrone)(?: und \w+)?|ohne (?:Milch|Zucker))(?=\s*(?:$|[.,!;]|und\b))", _taken),
    pattern("favourite_drink", rf"\bich trinke {ADVERBS}(?:jeden (?:Morgen|Tag|Abend)|morgens|abends|täglich) (?:immer )?(?:einen |eine |ein |eine Tasse )?(?P<v>(?:[a-zäöü]+en )?\w*{_CUP})\b", shapes.whole),
    pattern("favourite_drink", rf"\b(?:jeden (?:Morgen|Tag|Abend)|morgens) trinke ich (?:einen |eine |ein |eine Tasse )?(?P<v>(?:[a-zäöü]+en )?\w*{_CUP})\b", shapes.whole),
    pattern("member_of", rf"\b(?:ich )?(?:singe|spiele|tanze|bin) {ADVERBS}(?:Mitglied )?(?:im|in der|in einem|in einer|bei der|beim|des|der) (?P<v>(?:{UPPER}?[\w\-]+ ){{0,2}}\w*{_GROUP}(?: {UPPER}[\w\-]+)?)\b", shapes.whole),
    pattern("drives", rf"\b(?:ich|wir) (?:habe|hab|haben) (?:mir |uns |gerade |jetzt |endlich |letzte \w+ |neulich )*(?:einen|eine|ein) (?:neuen |neue |gebrauchten |gebrauchte |alten |kleinen )*(?P<v>{BRAND}(?: (?:{UPPER}|\d)[\w\-]*){{0,2}}) (?:gekauft|bestellt|geleast)\b", shapes.whole, is_dated=True),
    pattern("drives", rf"\b(?:gerade |mir |endlich )*(?:einen|eine) (?:neuen |neue |gebrauchten |gebrauchte )?(?P<v>{BRAND}(?: (?:{UPPER}|\d)[\w\-]*){{0,2}}) gekauft\W*$", shapes.whole),
    pattern("pet", rf"\bich habe [^,.;]{{2,60}}? und (?:ein(?:en|e)? )(?:\w+ )?(?:{PET}) (?:namens|der|die|das)? ?(?P<v>{UPPER}\w+)", shapes.relative),
    pattern("pet", rf"{HAVE} (?P<v>(?:zwei|drei|vier|fünf|\d) (?:\w+e )?(?:{PET})(?:n|en|e|s)?)\b", _kind),
    pattern("height", r"\bich bin (?P<v>[12][.,]\d\d? ?(?:m|meter)?|1\d\d ?cm|2[0-2]\d ?cm|[12] ?m(?:eter)? ?\d\d) (?:groß|gross)\b", shapes.whole),
    pattern("partner", rf"\bich bin (?:seit \w+ )?(?:verheiratet|verlobt|zusammen) mit (?!(?:Leib|Haut)\b)(?P<v>{UPPER}\w+)(?=\s*(?:$|[.,!;]|und\b|seit\b))", shapes.name),
    pattern("supports_team", rf"{MY}(?:Lieblings|Fußball|Herzens)?(?:verein|club|klub|team|mannschaft) (?:ist|heißt) (?:der |die |das )?(?P<v>{UPPER}[\w.]+(?: (?:{UPPER}|\d)[\w.]*){{0,2}})", _fan),
    pattern("supports_team", rf"(?:\bich bin (?:ein |eine )?|^\W*(?:bin )?)(?:großer |riesen|riesiger |leidenschaftlicher |seit \w+ )*(?P<v>{UPPER}[\w.]+(?: {UPPER}\w+)?)[- ]Fan\b", _fan),
    pattern("child", rf"{MY}(?:Kinder|Söhne|Töchter|Jungs|Jungen|Mädchen|Mädels|Zwillinge) heißen (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("sibling", rf"{MY}(?:Geschwister|Brüder|Schwestern) heißen (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("parent", rf"{MY}Eltern heißen (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("relative", rf"{MY}(?:Großeltern|Cousins|Cousinen|Neffen|Nichten|Enkel) heißen (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("friend", rf"{MY}(?:Freunde|Freundinnen) heißen (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("pet", rf"{MY}(?:{PET})(?:n|en|e|s)? heißen (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("grew_up_in", rf"\bich bin (?:eine? )?(?:der |die )?(?:[\w\-]+ )?aus (?P<v>{UPPER}.+)", shapes.place),
    pattern("birthday", rf"\b(?:ich habe im (?=[^.,;]*geburtstag)|mein geburtstag ist im |ich bin im (?=[^.,;]*geboren))(?P<v>{UPPER}\w+)\b", days.month_of_year),
    pattern("birthday", r"^\W*(?:mein )?(?:geburtsdatum|geburtstag|geboren)(?P<v>)\s*$", days.day_behind),
    pattern("birthday", r"\b(?:ich )?(?:bin )?geboren am (?P<v>\d.*)", days.day_of_year),
    pattern("birthday", r"\bich habe? am (?P<v>\d[^,;!?]*?) geburtstag\b", days.day_of_year),
    pattern("sibling", rf"\b(?:ich|wir) (?:habe|hab|haben) [^,.;]{{2,60}}? und {COUNT} (?:kleine[rn]? |große[rn]? |ältere[rn]? |jüngere[rn]? )?(?:Bruder|Schwester)(?: namens|,) (?P<v>{UPPER}\w+)", shapes.relative),
    pattern("child", rf"\b(?:ich|wir) (?:habe|hab|haben) [^,.;]{{2,60}}? und {COUNT} (?:Sohn|Tochter)(?: namens|,) (?P<v>{UPPER}\w+)", shapes.relative),
    pattern("work_mode", r"\bich arbeite (?:meist |meistens |immer |jetzt |nur )*(?P<v>im (?:Homeoffice|Home-Office)|von (?:zu Hause|zuhause|daheim)(?: aus)?|remote)\b", shapes.whole),
    pattern("allergic_to", r"\bich (?:vertrage|vertrag) (?:kein|keine|keinen) (?P<v>(?:laktose|gluten|milch|fruktose|histamin|nüsse|weizen|soja|eier|fisch)\w*)", shapes.whole),
    pattern("owns", rf"{HAVE} (?:{COUNT} |eigenen )(?P<v>Boot|Wohnwagen|Wohnmobil|Schrebergarten|Klavier|Kajak)\b", shapes.whole),
)  # fmt: skip
