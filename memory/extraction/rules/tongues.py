"""Which languages somebody says they speak: those of a list, and one more with a capital that stands among them. Four languages."""

from __future__ import annotations

import re

from memory.extraction.rules.values import tidy
from memory.extraction.rules.words import LANGUAGES, word_set

# Names of languages that are also words or given names elsewhere: they count where languages are told, and nowhere else.
_FURTHER = word_set(
    "romansh romansch sardinian friulian ladin venetian neapolitan corsican occitan provençal provencal walloon asturian aragonese galego sorbian kashubian silesian belarusian rusyn montenegrin serbo-croatian"
    " moldovan tatar chuvash bashkir chechen ossetian turkmen kyrgyz azerbaijani assyrian aramaic coptic berber tamazight tashelhit kabyle darija pashtu balochi kashmiri sindhi odia oriya assamese maithili"
    " bhojpuri konkani tulu sanskrit pali dzongkha divehi javanese sundanese balinese malagasy hokkien hakka teochew shanghainese taiwanese ainu okinawan zhuang karen shan tetum chamorro marshallese palauan"
    " bislama pidgin patois creole kriolu papiamento papiamentu guarani guaraní aymara nahuatl mayan mapudungun garifuna ojibwe lakota mohawk yupik fula fulani bambara mandinka ewe akan fante ga kikuyu luo"
    " luganda chichewa bemba tswana setswana sotho sesotho ndebele venda tsonga lingala kirundi tigre afar manx cornish scots asl bsl lsf dgs auslan bavarian plattdeutsch"
    # German
    " rätoromanisch schweizerdeutsch schwyzerdütsch bairisch schwäbisch niederdeutsch friesisch sorbisch portugiesisch rumänisch bulgarisch serbisch kroatisch bosnisch slowenisch slowakisch albanisch mazedonisch"
    " finnisch isländisch estnisch lettisch litauisch kurdisch persisch dari paschtu hebräisch koreanisch vietnamesisch thailändisch indonesisch baskisch galicisch galizisch irisch walisisch maltesisch"
    " luxemburgisch jiddisch georgisch armenisch aserbaidschanisch kasachisch mongolisch suaheli kisuaheli lateinisch latein altgriechisch färöisch belarussisch weißrussisch gebärdensprache mandarin kantonesisch"
    # Spanish
    " castellano inglesa griego turco ucraniano checo eslovaco esloveno croata serbio bosnio búlgaro húngaro albanés macedonio danés finés finlandés islandés estonio letón lituano hebreo persa coreano vietnamita tailandés"
    " indonesio hindi bengalí holandés neerlandés flamenco asturiano aragonés valenciano irlandés galés maltés latín quechua maya romanche sardo siciliano napolitano georgiano armenio kurdo suajili mandarín cantonés noruego"
    # Norwegian
    " portugisisk gresk tyrkisk kinesisk japansk koreansk vietnamesisk thai arabisk persisk farsi kurdisk hebraisk tsjekkisk slovakisk ungarsk rumensk bulgarsk serbisk kroatisk bosnisk slovensk albansk estisk"
    " latvisk litauisk færøysk nordsamisk sørsamisk lulesamisk kvensk katalansk baskisk galisisk irsk walisisk tegnspråk nynorsk retoromansk somalisk latin hviterussisk makedonsk georgisk armensk"
)
_TONGUES = LANGUAGES | _FURTHER
_BESIDE = r"\s*(?:,|\band\b|&|\bplus\b|\bund\b|\by\b|\be\b(?=\s+(?:italiano|inglés|inglesa|islandés|irlandés|indonesio))|\bog\b|\bsowie\b|\bsamt\b|\bbut also\b)\s*"
_PART = re.compile(
    _BESIDE
    + r"|\s*\b(?:just |only )?(?:a (?:bit|little|smattering|touch)(?: bit)?(?: of)?|a few words of|bits of|rusty|broken|passable|decent|good|basic|some|fluent|fluently|enough|conversational|okay-ish|a tiny bit of)\b\s*"
    r"|\s*\b(?:(?:nur |auch )?(?:ein (?:bisschen|wenig)|etwas|fließend|gebrochen)|(?:solo |también )?(?:un poco de|algo de|un poquito de)|(?:bare |også )?(?:litt|flytende|noe))\b\s*",
)
# "Swiss German", "Haitian Creole": what kind of it, with a capital.
_KIND = re.compile(r"(?-i:[A-ZÀ-Þ])[a-zà-ÿ]+(?:ian|ish|ese|an|ss|ch|rn|ic|er|lian|in)$")
_OWN = re.compile(r"(?-i:[A-ZÀ-Þ][\w\-]{2,})(?: (?-i:[A-ZÀ-Þ])[\w\-]+)?$")
_SIGNED = re.compile(r"(?:(?:british|american|irish|french|german|norwegian|australian) )?sign language", re.IGNORECASE)
# What one speaks in jest or at a keyboard.
_NO_TONGUE = word_set(
    "python java javascript typescript rust kotlin swift ruby perl php sql html css cobol fortran haskell scala bash excel emoji emojis sarcasm klartext unsinn quatsch tacheles cat dog dolphin whale parseltongue"
    " elvish dothraki gibberish bollocks rubbish nonsense money maths math football fluent fluently the also often usually mostly sometimes please"
)


def languages_in(text: str) -> list[str]:
    """The languages that `text` begins with: "Italian and Romansh", "a bit of French". One that no list knows counts when it has a capital and stands behind one that is known."""
    values: list[str] = []
    for part in _PART.split(text):
        said = tidy(part)
        if not said:
            continue
        found = _known(said) or (_unknown(part, text) if values else "")
        if found:
            values.append(found[:1].upper() + found[1:])
            if _ends(part, found):
                break
        elif values:
            break
    return list(dict.fromkeys(values))


def _known(said: str) -> str:
    words = said.split()
    first = words[0].casefold().strip(".!?;:")
    signed = _SIGNED.match(said)
    if signed:
        return signed.group()
    if len(words) > 1 and _KIND.match(words[0]) and tidy(words[1]).casefold() in _TONGUES and words[1][:1].isupper():
        return f"{words[0]} {tidy(words[1])}"
    return tidy(words[0]) if first in _TONGUES else ""


def _unknown(part: str, text: str) -> str:
    """A name of no known language, if it is all that the part says; behind a mere comma at the end of the list it may be somebody spoken to."""
    whole = re.split(r"[.!?;:()]|\s(?:at|with|to|but|fluently|badly|natively|very|well|too|as well)\b", part.strip())[
        0
    ].strip()
    if not _OWN.match(whole) or whole.split()[0].casefold() in _NO_TONGUE:
        return ""
    name = re.escape(whole)
    is_listed = re.search(
        rf"(?:\b(?:and|plus|und|sowie|samt|y|og)|&)\s+(?:\w+ ){{0,4}}{name}|{name}(?:\s*,|\s+(?:and|und|y|og|&))", text
    )
    return whole if is_listed else ""


def _ends(part: str, found: str) -> bool:
    """Whether the list is over with this one: a sentence ends behind it, or something else is told."""
    return bool(re.match(rf"\s*{re.escape(found)}\s*[.!?;]", part))
