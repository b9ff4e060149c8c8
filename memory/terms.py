"""Text to index terms: words without stop words, stemmed by the language of the text, accents folded; CJK by pairs of characters. Pure but for the key.

Terms are stored as 8-byte hashes under a key that is not in the database, in the order of the text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from uuid import UUID

import snowballstemmer
from django.conf import settings

from memory.families import relatives
from memory.irregular import BASE

TERM_BYTES = 8

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a about after all also am an and any are aren't as at be because been before being but by can can't could couldn't did didn't do does"
        " doesn't doing don't down for from get got had hadn't has hasn't have haven't having he he's her here hers him his how i i'd i'll i'm i've if"
        " in into is isn't it it's its itself just let's me more most my myself no nor not of off on once only or other our ours out over own same she"
        " she's should so some such than that that's the their theirs them then there there's these they they're this those through to too under until"
        " up us very was wasn't we we'd we'll we're we've were weren't what what's when where where's which while who who's whom why will with won't"
        " would wouldn't you you'd you'll you're you've your yours yourself",
        "de": "aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dein deine dem den der des dich die dir doch du durch ein"
        " eine einem einen einer eines er es euch euer für hab habe haben hat hatte ich ihm ihn ihr ihre ihrer im in ist ja jetzt kann kein keine mal man mein"
        " meine meinem meinen meiner meines mich mir mit nach nicht noch nun nur ob oder schon sehr sein seine sich sie sind so über um und uns unser unter"
        " vom von vor war was weil welche welcher welches wenn wer werden wie wir wird wo wurde zu zum zur",
        "es": "a al algo como con cual cuando cuándo de del desde donde dónde el él ella ellos en entre era es esa ese eso esta está estaba este esto estoy"
        " fue ha hay he la las le les lo los más me mi mis mucho muy no nos nosotros o para pero por porque que qué quien quién se ser si sí sin sobre son"
        " soy su sus también te tengo tiene tu tus un una uno unos y ya yo",
        "no": "alle at av bare ble da de deg dem den denne der det dette dere din disse du eller en er et for fra før ha hadde han har hun hva hvem hvor"
        " hvordan hvorfor i ikke ja jeg kan kunne man med meg men mer min mitt mine nå når og også om opp oss på seg selv si sin sitt skal som så til ut"
        " var vi vil være",
        "fr": "à au aux avec ce ces c'est dans de des du elle en est est-ce et été être eu il ils j'ai je la le les leur lui ma mais me mes moi mon ne nos"
        " notre nous on ou où par pas pour qu que quel quelle qui sa se ses son sont sur ta te tes toi ton tu un une vos votre vous y",
        "it": "a al alla anche che chi ci come con cosa da dal de del della di dove e è ha ho i il in io l la le lei lo lui ma mi mia mio nel no noi non per"
        " perché più quando quello questo se si sono su sul tu tuo un una uno",
        "pt": "a ao as até com como da das de do dos e é ela ele em era essa esse esta está este eu foi há isso já lhe mais mas me meu minha muito na não nas"
        " nem no nos o onde os ou para pela pelo por qual quando que quem se sem ser seu sua são também te tem um uma",
        "nl": "aan als bij dan dat de der deze die dit door een en er ge had heb hebben heeft het hij hoe hun ik in is ja je kan maar me mij mijn naar niet"
        " nog nu of om onder ons ook op over te tot u uit van veel voor waar was wat we wel wie wij zal ze zich zij zijn zo",
        "sv": "alla att av den det dig din du där efter eller en ett från för ha hade han har hon hur i inte jag kan man med men mig min mitt mina när och"
        " om oss på sig sin ska som så till upp ut var vad vem vi vill är",
    }.items()
}
_STEMMERS = {
    "en": "english",
    "de": "german",
    "es": "spanish",
    "no": "norwegian",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "sv": "swedish",
}
_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+", re.UNICODE)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+")


_STOPS_IN: dict[str, list[str]] = {}  # for each stop word, the languages in which it is one
for _language, _words in STOP_WORDS.items():
    for _word in _words:
        _STOPS_IN.setdefault(_word, []).append(_language)


def language_of(text: str) -> str:
    """The language whose small words are most frequent in `text`; English when none is, or when it is a tie."""
    return languages_of(text)[0]


def languages_of(text: str) -> list[str]:
    """Those whose small words are most frequent in `text`: one, or several that can't be told apart. All of them when it has no small words."""
    hits = dict.fromkeys(STOP_WORDS, 0)  # English is first
    for word in _TOKEN.findall(text.casefold())[:200]:
        for language in _STOPS_IN.get(word.replace("’", "'"), ()):
            hits[language] += 1
    most = max(hits.values())
    return [language for language, count in hits.items() if count == most]


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS[language])


@lru_cache(maxsize=50_000)
def _term(word: str, language: str) -> str:
    """The term of one folded word, empty for a stop word. Accents go after stop words: Ås is not "as"."""
    bare = word.removesuffix("'s")
    if word in STOP_WORDS[language] or bare in STOP_WORDS[language]:
        return ""
    if bare[0].isdigit():
        return bare
    bare = BASE[language].get(bare, bare) if language in BASE else bare
    stem = _stemmer(language).stemWord(bare)
    folded = "".join(char for char in unicodedata.normalize("NFD", stem) if not unicodedata.combining(char))
    return folded.translate(_PLAIN)


# Letters with a stroke and joined ones, which no normal form takes apart: Tromsø is found by "Tromso".
_PLAIN = str.maketrans(
    {"'": "", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i"}
)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


def terms_of(text: str, language: str | None = None) -> list[str]:
    """The index terms of `text` in order; repeated ones stay repeated."""
    language = language or language_of(text)
    terms: list[str] = []
    for token in _tokens(text):
        if _CJK.match(token):
            terms += [token[i : i + 2] for i in range(max(1, len(token) - 1))]
        elif term := _term(token, language):
            terms.append(term)
    return terms


def other_stems(text: str) -> dict[str, list[str]]:
    """For each term of a question the terms that its word has in other languages, those that `text` may be in as well, and English, in which turns without
    small words are stored: short questions have too few small words to tell ("Fahrräder?"). For an English word those of its family too: "pruning", pruner.
    """
    own, *others = languages_of(text)
    if own != "en":
        others.append("en")
    found: dict[str, list[str]] = {}
    for token in _tokens(text):
        if not _CJK.match(token) and (term := _term(token, own)):
            stems = [_term(token, language) for language in others]
            if own == "en":
                stems += [_term(relative, own) for relative in relatives(token)]
            found.setdefault(term, []).extend(stem for stem in dict.fromkeys(stems) if stem and stem != term)
    return {term: stems for term, stems in found.items() if stems}


@lru_cache(maxsize=1)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"memory terms " + secret.encode()).digest()


@lru_cache(maxsize=100_000)
def _digest(user: bytes, secret: str, term: str) -> bytes:
    return hashlib.blake2b(term.encode(), digest_size=TERM_BYTES, key=_key(secret), person=user).digest()


def hash_terms(user_id: UUID, terms: list[str]) -> bytes:
    """The keyed hashes of `terms`, one after the other. Hashes of two users have nothing in common."""
    user, secret = user_id.bytes, settings.TOMBSTONE_KEY
    return b"".join([_digest(user, secret, term) for term in terms])


def index(user_id: UUID, text: str) -> bytes:
    """What is stored as the terms of `text`."""
    return hash_terms(user_id, terms_of(text))
