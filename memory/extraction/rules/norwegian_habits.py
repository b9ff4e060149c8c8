"""Norwegian: a trade with its place of work, and what people have as a rule: their drink, their choir, their car, their hours."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import BRAND
from memory.extraction.rules.expecting import NORWEGIAN_EXPECTING
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.service import NORWEGIAN_SERVICE
from memory.extraction.rules.teams import team_in
from memory.extraction.rules.towns import is_town
from memory.facts.relations import PETS

_UPPER = r"(?-i:[A-ZÀ-ÞÆØÅŁŚ])"
_TRADE = r"(?:\w*(?:pleier|lærer|ingeniør|lege|snekker|elektriker|rørlegger|kokk|frisør|utvikler|programmerer|journalist|advokat|arkitekt|psykolog|geolog|biolog|fysiker|kjemiker|baker|sjåfør|regnskapsfører|konsulent|selger|jordmor|vekter|servitør|musiker|designer|pilot|mekaniker|tømrer|gartner|bibliotekar|veterinær|leder|assistent|arbeider|forsker|rådgiver|terapeut|student|rektor))"
_PLACE = r"(?:sykehus(?:et)?|skole(?:n)?|barnehage(?:n)?|universitetet|bibliotek(?:et)?|bank(?:en)?|bakeri(?:et)?|restaurant(?:en)?|hotell(?:et)?|museum|museet|apotek(?:et)?|bryggeri(?:et)?|gård(?:en)?|fabrikk(?:en)?|verksted(?:et)?|butikk(?:en)?|kommunen|legevakten|sykehjem(?:met)?|hagesenter(?:et)?|kafé(?:en)?|kjøpesenter(?:et)?|treningssenter(?:et)?|kino(?:en)?|legekontor(?:et)?|tannlegekontor(?:et)?|lager(?:et)?|bensinstasjon(?:en)?|barneskole(?:n)?|ungdomsskole(?:n)?|videregående(?: skole)?)"
_PET = "|".join(sorted(PETS["no"].split(), key=len, reverse=True))
_CUP = r"(?:kaffe|te|kakao|juice|øl|vin|matcha|melk|smoothie|espresso|cappuccino|latte)"


def _of_ones_own(match: re.Match[str], clause: Clause) -> list[str]:
    """A second animal, where the sentence tells of one's own in front of it: "katten min heter Pus og hunden heter Bamse"."""
    return (
        shapes.relative(match, clause)
        if re.search(r"\b(?:min|mi|mitt|vår|vårt|har)\b", clause.before + clause.text[: match.start()])
        else []
    )


def _at(match: re.Match[str], clause: Clause) -> list[str]:
    """A place of work: "på Ullevål", not the town it is in."""
    value = match["v"]
    return [] if is_town(value) and len(value.split()) == 1 else shapes.whole(match, clause)


def _taken(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [
        f"kaffe {match['v'].casefold()}"
        if match["what"].casefold().startswith("kaffe")
        else f"te {match['v'].casefold()}"
    ]


def _kind(match: re.Match[str], clause: Clause) -> list[str]:
    """Animals by number and kind, where no name follows."""
    rest = clause.text[match.end() :] + clause.after
    return [] if re.match(rf"\W*(?:som heter|{_UPPER})", rest) else [match["v"]]


def _fan(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    team = team_in(match["v"])
    return [team] if team else []


HABITS: tuple[Pattern, ...] = (
    *NORWEGIAN_SERVICE,
    *NORWEGIAN_EXPECTING,
    pattern("insurance", r"\bjeg er forsikret (?:i|hos) (?P<v>(?-i:[A-ZÆØÅ])[\w\-]+(?: (?-i:[A-ZÆØÅ])[\w\-]+)?)", shapes.whole),
    pattern("timezone", r"\btidssonen min er (?P<v>(?-i:[A-ZÆØÅ])[\w/+\-]+)", shapes.whole),
    pattern("commute", r"\bjeg tar (?:alltid |som regel |vanligvis )?(?P<v>bussen|toget|trikken|t-banen|ferja|fergen|sykkelen|bilen) til (?:jobb|jobben|kontoret|skolen|universitetet)\b", shapes.whole),
    pattern("commute", r"\bjeg (?P<v>sykler|går|kjører) til (?:jobb|jobben|kontoret)(?=\s*(?:$|[.,!;]|(?:hver|og|men)\b))", shapes.whole),
    pattern("uses_device", r"\b(?:telefonen|mobilen|pc-en|laptopen|kameraet) (?:min|mitt) er (?:en|et) (?P<v>(?-i:[A-ZÆØÅ])[\w\-]*(?: (?:(?-i:[A-ZÆØÅ])|\d)[\w\-]*){0,2})(?=\s*(?:$|[.,!;]|og\b|men\b))", shapes.whole),
    pattern("works_at", rf"\bjeg (?:er|jobber som|arbeider som) (?:en )?{_TRADE} (?:på|ved|hos) (?P<v>{_UPPER}[\w&]+(?: {_UPPER}\w+)*(?: (?:skole|barneskole|ungdomsskole|sykehus|universitetssykehus|barnehage|videregående(?: skole)?|legesenter|sykehjem|bibliotek|bakeri|apotek|kommune|\d+)\b)?)", _at),
    pattern("works_at", rf"\bjeg (?:er|jobber som|arbeider som) (?:en )?{_TRADE} (?:på|ved|i|hos) (?P<v>(?:et |en |ei )?{_PLACE})\b", shapes.whole),
    pattern("works_at", rf"\b(?:jeg )?jobber (?:(?:en|to|tre|fire|fem|\d) dager (?:i|per) u(?:ka|ken|ke)|deltid|heltid|natt|nattskift|i helgene|turnus) (?:på|ved|i|hos) (?P<v>(?:et |en |ei )?{_PLACE}|{_UPPER}[\w&]+(?: {_UPPER}\w+| \d+)*)", shapes.whole),
    pattern("works_at", rf"\b(?:jeg )?(?:jobber|arbeider) (?:på|ved|i|hos) (?P<v>(?:et |en |ei )?{_PLACE})\b", shapes.whole),
    pattern("work_schedule", r"\b(?:jeg )?jobber (?P<v>(?:en|to|tre|fire|fem|\d) dager (?:i|per) u(?:ka|ken|ke)|deltid|heltid|natt|nattskift|turnus)\b", shapes.whole),
    pattern("favourite_drink", r"\bjeg (?:drikker|tar) (?:alltid )?(?P<what>kaffen|teen|kaffe|te) (?:min )?(?P<v>svart|med (?:melk|sukker|fløte|honning|havremelk|soyamelk)(?: og \w+)?|uten (?:melk|sukker))\b", _taken),
    pattern("favourite_drink", rf"\bjeg drikker (?:alltid )?(?:en kopp )?(?P<v>(?:[a-zæøå]+ )?{_CUP}) (?:hver (?:morgen|dag|kveld)|om morgenen|til frokost)", shapes.whole),
    pattern("member_of", rf"\bjeg (?:synger|spiller|danser|er(?: med)?|er medlem) (?:i|av) (?P<v>(?:et |en )?(?:{_UPPER}?\w+ ){{0,2}}\w*(?:kor|orkester|korps|band|lag|klubb|forening|idrettslag|koret|orkesteret|korpset))\b", shapes.whole),
    pattern("drives", rf"\b(?:jeg|vi) (?:har )?(?:nettopp |akkurat |endelig |nylig )?(?:kjøpt|kjøpte|kjøpte meg|kjøpt meg) (?:en |ei )(?:ny |brukt |gammel )?(?P<v>{BRAND}(?: (?:{_UPPER}|\d)[\w\-]*){{0,2}})", shapes.whole, is_dated=True),
    pattern("pet", rf"\bjeg har [^,.;]{{2,60}}? og (?:en |ei |et )(?:\w+ )?(?:{_PET}) som heter (?P<v>{_UPPER}\w+)", shapes.relative),
    pattern("pet", rf"\b(?:jeg|vi) har (?P<v>(?:to|tre|fire|fem|\d) (?:{_PET})(?:er|ar|r)?)\b", _kind),
    pattern("height", r"\bjeg er (?P<v>[12][.,]\d\d? ?(?:m|meter)?|1\d\d ?(?:cm|centimeter)?|2[0-2]\d ?cm) høy\b", shapes.whole),
    pattern("supports_team", rf"\b(?:(?:favoritt)?laget (?:mitt|vårt)|klubben min|mitt lag|favorittlaget) er (?P<v>{_UPPER}\w+(?: {_UPPER}\w+)?)", _fan),
    pattern("supports_team", rf"(?:\bjeg er (?:en )?|^\W*)(?:ivrig |stor |trofast )?(?P<v>{_UPPER}\w+(?: {_UPPER}\w+)?)[- ](?:fan|supporter)\b", _fan),
    *(
        pattern(predicate, rf"\b(?:(?:{words}) (?:våre|mine|vår|min)|(?:mine|våre) (?:{words})) heter (?P<v>{_UPPER}.*)", shapes.relatives)
        for predicate, words in (
            ("child", "barna|sønnene|døtrene|tvillingene|guttene|jentene|ungene|barn"),
            ("sibling", "brødrene|søstrene|søsknene|søsken|brødre|søstre"),
            ("parent", "foreldrene|foreldre"),
            ("relative", "besteforeldrene|søskenbarna|fetterne|kusinene|barnebarna"),
            ("pet", f"(?:{_PET})(?:ene|ane|er)"),
        )
    ),
    pattern("grew_up_in", rf"\bjeg er (?:en )?\w+ (?:opprinnelig )?fra (?P<v>{_UPPER}.+)", shapes.place),
    pattern("birthday", r"\b(?:jeg har bursdag|bursdagen min er|jeg er født) i (?P<v>[a-z]+)\b", days.month_of_year),
    pattern("birthday", r"^\W*(?:fødselsdato|født)(?P<v>)\s*$", days.day_behind),
    pattern("birthday", r"^\W*født(?: den)? (?P<v>\d.*)", days.day_of_year),
    *(
        pattern(predicate, rf"\b(?:jeg|vi) har [^,.;]{{2,60}}? og (?:en|ei|et) (?:\w+ )?(?:{words}) som heter (?P<v>{_UPPER}\w+)", shapes.relative)
        for predicate, words in (("sibling", "bror|søster|lillebror|lillesøster|storebror|storesøster"), ("child", "sønn|datter|gutt|jente"))
    ),
    pattern("pet", rf"(?:^\W*|\bog )(?:{_PET})(?:en|a|et) heter (?P<v>{_UPPER}\w+)", _of_ones_own),
    pattern("dislikes", r"\b(?:jeg|vi) kan ikke (?:fordra|utstå) (?P<v>(?!det\b|at\b|når\b).+)", shapes.some_things),
    pattern("work_mode", r"\bjeg jobber (?:nå |alltid |mest |for det meste )*(?P<v>hjemmefra|på hjemmekontor)\b", shapes.whole),
    pattern("allergic_to", r"\bjeg har (?:\w+ )?allergi mot (?P<v>.+)", shapes.some_things),
    pattern("allergic_to", r"\b(?:jeg )?tåler ikke (?P<v>laktose|gluten|melk|nøtter|peanøtter|egg|fisk|skalldyr|soya|hvete)\b", shapes.whole),
)  # fmt: skip
