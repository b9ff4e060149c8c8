"""A turn cut into the clauses that may be taken at their word. Questions, suppositions, quotations, fiction, translations and jokes are left out.

Clauses keep their place in the turn, so that what is read in them can be quoted from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from memory.date_words import MONTHS
from memory.evidence import blank
from memory.extraction.rules.frames import announces_text, asks_in_passing, corrects_itself, is_riddle, taken_back
from memory.extraction.rules.subjects import Subject, in_order, left_out
from memory.numeric_dates import Order


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a turn. `before` and `after` are what stands in its sentence in front of it and behind it."""

    text: str
    start: int
    before: str
    after: str
    is_first: bool
    previous: str = ""  # the sentence before this one
    lead: int = 0  # characters at its beginning that are not the turn's: the subject that the sentence named further on the left
    order: Order = "unknown"  # of day and month, where a date is written with strokes


_QUOTED = re.compile(
    r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"\n]*\"|(?<![\w])'(?=[^'\n]*\s[^'\n]*')[^'\n]+'(?!\w)|```.*?```|`[^`\n]*`",
    re.DOTALL,
)
# A point ends no sentence inside of a word, after a title, or between a day and its month ("am 3. Juni").
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_POINT = rf"(?:[.](?=\w)|(?<=\d)[.](?=\s(?:{_MONTH})\b)|(?:(?<=\bSt)|(?<=\bDr)|(?<=\bMr)|(?<=\bMs)|(?<=\bMrs)|(?<=\bProf)|(?<=\bd\.o\.b))[.](?=\s))"
_SENTENCE = re.compile(rf"[^.!?\n;…]*(?:{_POINT}[^.!?\n;…]*)*[.!?;…\n]*", re.DOTALL | re.IGNORECASE)
# From here on, a turn is not about the user: it asks for a text, or brings one along.
_TASK = re.compile(
    r"\b(?:translate|translation|übersetze?|traduce|traducir|oversett)\b"
    r"|\b(?:write|draft|compose|generate|create|tell|give|make|schreib\w*|erzähl\w*|escribe\w*|cuenta\w*|skriv|fortell)\b[^.!?\n]{0,40}?\b(?:story|poem|tale|song|lyrics|rap|verse|ballad|sonnet|sketch|skit|fable|monologue|obituary|dialog|blurb|pitch|profile|advert|ad|testimonial|invitation"
    r"|joke|haiku|limerick|novel|scene|dialogue|script|bio|biography|character|essay|letter|email|e-mail|mail|post|tweet|speech|toast|paragraph|sentence|caption"
    r"|geschichte|gedicht|märchen|sketch|rap|lied|witz|brief|monolog|rede|szene|drehbuch|steckbrief|monólogo|discurso|guion|guión|diálogo|historia|cuento|poema|canción|fábula|soneto|carta|historie|dikt|vits|tale|sang|eventyr|rap)\b"
    r"|\b(?:there once was an?|once upon a time|es war einmal|érase una vez|había una vez un|det var en gang en)\b"
    r"|\b(?:pretend|imagine|role-?play|act as|you are now|stell dir vor|imagina|tenk deg|fais semblant)\b"
    r"|\b(?:proofread|rewrite|rephrase|paraphrase|summari[sz]e|correct this|fix this|edit this|grammar(?![ -]schools?\b)|explain (?:the|this|that) (?:sentence|phrase|line|quote|lyrics?))\b"
    r"|\b(?:how (?:do|would) (?:you|i|one) say|what does .{0,40} mean|how does (?:that|the) (?:song|poem|line) go)\b"
    r"|^\W*you(?:['’]re| are) (?-i:[A-Z][a-z]+)\s*[.!,]|^\W*(?-i:As [A-Z][a-z]+,)|^\W*(?:(?:example|sample)(?: (?:sentence|text|dialogue|answer))?|e\.g\.) ?:"
    r"|\b(?:in (?:dem|meinem|einem|diesem) (?:Buch|Roman|Spiel|Film|Traum)|in (?:der|meiner|einer) Geschichte|en (?:la|mi|una) (?:novela|película|historia)|en (?:el|mi|un) (?:libro|juego|sueño|cuento)|i (?:boka|romanen|filmen|spillet|drømmen))\b"
    r"|\b(?:fictional|hypothetically|in character|^\W*lyrics\b|in (?:my|the|a|this|that|our|his|her) (?:novel|story|book|game|dream|film|movie)(?! (?:club|group|shop|store|business|industry))|i (?:dreamt|dreamed))\b",
    re.IGNORECASE,
)
# At the end of a turn, without a colon: what is to be mended is all that stands before.
_MENDING = re.compile(
    r"\b(?:(?:proofread|rewrite|rephrase|paraphrase)(?! (?:your|the (?:last|answer))\b)"
    r"|(?:correct|fix|check|polish|improve) (?:(?:the|my) )?(?:grammar|spelling|english|wording)|(?:correct|fix|edit|polish) (?:this|it)\b)[^.!?:\n]{0,60}[.!?)\s]*$",
    re.IGNORECASE,
)
# A line that ends in announcing what somebody else wrote, and a line cited as in a mail.
_BRINGS = re.compile(
    r"\b(?!i\b|ich\b|yo\b|jeg\b)[\w\-]{1,40} (?:wrote|writes|sent(?: me)?|says|said|schrieb|schreibt|escribió|escribe|skrev|skriver)(?: (?:this|that|me|to me))?:?\s*\n"
    r"|\b(?:here(?:['’]s| is| are)|this is) (?:what|the|an?) [^.!?\n]{0,40}:\s*\n",
    re.IGNORECASE,
)
_CITED_LINE = re.compile(r"\s*(?:>|//)")
_JOKE = re.compile(
    r"(?i:(?:^|\s)/s\b|/sarcasm|\bsarcas|🙄|\bsa(?:id|ys) (?:no[- ]?one|nobody)\b|\bsagte? niemand\b|\bdijo nadie\b|\bsa ingen\b|^\W*(?:oh (?:sure|great|yes|joy|yeah)|yeah,? right|as if)\b)"
    r"|\b(?:just|so|really|absolutely)\s+(?:LOVE|ADORE|ENJOY)\b"
)
_ASKING = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|hey|hi|well|hmm|um|please|btw|also)\b[\s,]*)*(?:what|whats|what's|who|whom|whose|where|when|why|how|which|do|does|did|is|are|was|were|can(?!['’]?t (?:stand|eat|bear|drink)\b)|could|would|should"
    r"|will|shall|might|isn't|aren't|don't you|doesn't|didn't|wasn't|won't|any (?:idea|tips|good|chance)|guess|wer|wie|was|wo|wann|warum|welche\w*|kannst|könntest|soll|darf"
    r"|qué|quién|cómo|dónde|cuándo|por qué|cuál|puedes|podrías|hva|hvem|hvor|hvordan|hvorfor|når|kan du|où|quand|comment|pourquoi|est-ce)\b",
    re.IGNORECASE,
)
# A greeting that only sounds like a question: "how are you, I'm Ana".
_HAIL = re.compile(
    r"(?:^|(?<=[.!?\n]))\W{0,8}(?:(?:hi|hey|hello|hola|buenas|hei|hallo|moin|salut|bonjour)(?: there)?\b[\s,!¡]*)?¿?(?:how are you(?: doing| all)?(?: today)?|how['’]?s it going"
    r"|how do you do|how(?:['’]s| is) (?:everything|life)|what['’]?s up|wie geht['’]?s(?: dir| ihnen| euch)?|wie geht es (?:dir|ihnen|euch)|qué (?:tal|onda|hay)(?: estás| todo)?"
    r"|cómo (?:estás|está|están|va|andas)|hva skjer|hvordan (?:går det|har du det)|ça va|comment (?:ça va|vas-tu|allez-vous))\s*[,–—-]\s*",
    re.IGNORECASE,
)
# A wish in the form of a question: "can you keep your answers brief?"
_REQUEST = re.compile(
    r"^\W*(?:(?:hey|hi|hello|ok|okay|so|and|also|please|btw|oh)\b[\s,]*)*(?:can|could|would|will) (?:you|u) (?:please |pls |just |maybe |kindly |try to )*"
    r"(?=(?:always|never|from now on) |(?:keep|make) (?:your |the |all )?(?:answers?|replies|responses)\b|(?:keep|make) it (?:short|brief|simple)\b"
    r"|(?:give|write)(?: me)? (?:short|brief|concise|longer|shorter|detailed|more detailed) (?:answers|replies|responses)\b"
    r"|stop using\b|(?:answer|reply|respond|speak|talk)(?: to me| me)? (?:only |always )?in [a-z]+\W*(?:please\W*|from now on\W*)?$|call me\b|be (?:more|less|brief|concise)\b)"
    r"|^\W*(?:(?:hallo|hi|hey|bitte|und)\b[\s,]*)*(?:kannst|könntest|würdest) du (?=[^?]{0,30}\b(?:antworten|duzen|siezen)\b)"
    r"|^\W*(?:(?:hola|oye|por favor)\b[\s,]*)*(?:puedes|podrías) (?=(?:responder|contestar|hablar|responderme|contestarme|hablarme)\b)"
    r"|^\W*(?:(?:hei|hallo|og)\b[\s,]*)*(?:kan|kunne) du (?=svare\b)",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?:,|\s)\s*(?:ok|okay|please|right|yes|alright|got it|vale|ja|gell|oder)\?*\s*$", re.IGNORECASE)
_IF = re.compile(
    r"\b(?:if|unless|would|wouldn't|could|might|maybe|perhaps|probably|possibly|wish(?! me\b| us\b)|hope|hoping|hopefully|suppose|supposing|imagine|pretend|as though|(?:keep|kept) dreaming|dreaming (?:that|i)|what about|thinking (?:of|about)|considering"
    r"|i'd|we'd|you'd|almost|nearly|should|dream(?! is to\b| (?:job|house|car|holiday)\b)|dreamt|kidding|joking|just like|as a kid|when i was|wenn|falls|würde|hätte|wäre|könnte|vielleicht|si\b(?! me)|quizás|tal vez|ojalá|sería|viviría"
    r"|hvis|ville|kanskje|skulle ønske)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|says|say|told|tells|asks|asked|think|thinks|thought|assume|assumes|assumed|believe|believes|claims|claimed|wrote|writes|texted|texts|messaged|emailed|tweeted|replied|announced|yelled|shouted|whispered|(?:be|was|is|were) like(?= i)|heard|reckons|swears|insists|called me|dice|dijo|sagt|sagte|meint|meinte|erzählt|erzählte|schrieb|sier|sa|fortalte|skrev(?! feil)|contó|escribió)\b"
    r"(?!\s+(?:to|that)?\s*(?:yes|no)\b)",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"\b(?:i|i've|i have)\s+(?:said|say|told|wrote|texted|messaged|emailed|tweeted|replied|announced|mentioned|think|thought|believe|assume)\b|\bich (?:sagte|schrieb|erzählte|meinte)\b|\bjeg (?:sa|skrev|fortalte)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s{0,9}(?:(?<!\d),|,(?!\d)|;|:(?!\d)|\s-{1,2}\s|\s?[–—]\s?|\(|\)|\s(?=(?:and|but|so|because|though|although|while|und|aber|weil|y|pero|porque|og|men|fordi|et|mais)\s"
    r"(?:i|i'm|i've|we|we're|we've|my|our|ich|wir|mein|meine|bin|wohne|lebe|arbeite|habe|yo|mi|vivo|trabajo|soy|tengo|me|jeg|vi|min|mitt|bor|jobber|arbeider|je|j'|mon|ma|studiere|komme|spiele|spreche|mag|liebe|hasse|fahre|esse|lerne|trinke|heiße|estudio|hablo|toco|juego|estoy|odio|conduzco|studerer|har|er|liker|elsker|hater|spiller|snakker|heter|kommer|kjører"
    r"|live|work|study|have|love|like|hate|enjoy|play|speak|drive|own|support|teach|sing|collect|volunteer|now|please|everyone|everybody|people|friends|call|he|she|they|"
    r"it|the|what|where|who|how|can|could|do|does|is|are)\b))\s{0,9}",
    re.IGNORECASE,
)


# Beyond these nobody talks: it is a list, a table or noise, and looking it through would take time by its square.
MOST_CLAUSES = 100  # of a sentence
MOST_SENTENCES = 150  # of a turn
LONGEST_CLAUSE = 2000  # characters

_TWO = 2  # pieces: one alone has nothing in front of it

# What opens a supposition that goes on behind "and": "suppose I'm a pilot and I live in Dubai".
_SUPPOSE = r"(?:if|suppose|supposing|imagine|pretend|assume|assuming|say|let['’]?s (?:say|assume|pretend|imagine)|what if|wenn|falls|angenommen|stell dir vor|nehmen wir an|gesetzt den fall|si|supongamos|suponiendo|imagina|imagínate|imaginemos|pongamos|hvis|tenk deg|la oss si|anta|sett)"
_SUPPOSING = re.compile(
    rf"\W*(?:(?:ok|okay|so|and|but|now|well|just|please|hey|also|also|und|bueno|og|y)\b\W*)*{_SUPPOSE}(?:\s+(?:that|dass|que|at))?(?=\W*$|\s+(?:i|i['’]?m|i['’]?d|we|we['’]?re|my|you['’]?re|you|ich|wir|mein\w*|du|yo|mi|soy|vivo|tengo|fuera|viviera|tuviera|jeg|vi|min|du)\b)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\W*(?:\w+\W+){{0,2}}?{_SUPPOSE}\W*", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:and|or|und|oder|y|o|og|eller)\b", re.IGNORECASE)

# These suppose nothing.
_POLITE_IF = re.compile(
    r"\b(?:just )?(?:if|in case) (?:anyone|anybody|you|it|that|this|memory)(?:['’](?:re|s))? (?:asks?|wonder(?:s|ing)?|must know|want to know|need(?:s)? (?:it|to know)|helps?|matters?|serves me (?:right|well)|is (?:useful|relevant|of use)|makes a difference)\b"
    r"|\bif i(?:['’]m not mistaken| remember (?:right|correctly))\b",
    re.IGNORECASE,
)


def clauses_of(text: str, pasted: Sequence[tuple[int, int]] = (), order: Order = "unknown") -> Iterator[Clause]:
    """The clauses of a turn that may be taken at their word, in order; `order` is that of day and month where the user lives."""
    if _JOKE.search(text) or _MENDING.search(text) or is_riddle(text):
        return
    open_text = blank(text, pasted)
    open_text = blank(open_text, [match.span() for match in _QUOTED.finditer(open_text)])
    for courtesy in (_HAIL, _POLITE_IF):
        open_text = courtesy.sub(lambda match: "." * len(match.group()), open_text)
    open_text = blank(open_text, list(taken_back(open_text)))
    previous, said = "", set[str]()
    for match in _SENTENCE.finditer(open_text):
        sentence = match.group()
        if not sentence.strip() or sentence in said:
            continue
        said.add(sentence)
        if len(said) > MOST_SENTENCES:
            return
        if _TASK.search(sentence) or _BRINGS.search(sentence) or announces_text(sentence):
            return  # what follows belongs to the task, or was written by somebody else
        if _CITED_LINE.match(sentence):
            continue
        for clause in _of_sentence(sentence, match.start()):
            yield replace(clause, previous=previous, order=order) if previous or "/" in sentence else clause
        previous = sentence


def sentences_of(text: str, pasted: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[str, int]]:
    """The sentences in the person's own words, whole, with their places; up to where a text of another kind is asked for or brought along."""
    if _JOKE.search(text):
        return
    open_text = blank(text, pasted)
    open_text = blank(open_text, [match.span() for match in _QUOTED.finditer(open_text)])
    for match in _SENTENCE.finditer(open_text):
        if not _CITED_LINE.match(match.group()):
            yield match.group(), match.start()
        if _TASK.search(match.group()) or _BRINGS.search(match.group()):
            return


def _of_sentence(sentence: str, start: int) -> Iterator[Clause]:
    request = _REQUEST.match(sentence)
    if request:  # what is asked for stays, as if it were said in so many words
        sentence = "." * request.end() + sentence[request.end() :]
    bare = sentence.strip()
    is_question = "?" in bare[-3:] and not _TAG.search(bare[-40:].rstrip("?!. ") + "?")
    if request:
        is_question = False
    elif _ASKING.match(bare):
        return
    pieces = list(islice(_pieces(sentence), MOST_CLAUSES + 1))
    if len(pieces) > MOST_CLAUSES:
        return
    subject, supposing = Subject(), False
    heard = _without_asking(sentence, pieces, is_question=is_question)
    # Once, as the pieces of a long sentence are many; a single one has nothing in front of it.
    told = _TOLD.search(sentence) if len(pieces) > 1 else None
    own = _OWN_WORDS.search(sentence) if told else None
    for index, (piece, at) in enumerate(pieces):
        if len(piece) > LONGEST_CLAUSE:
            continue
        carried, begin = _subject_of(piece, subject, index, len(pieces))
        if is_question and index == len(pieces) - 1:
            return
        if _ASKING.match(piece):
            if is_question:
                return
            continue
        supposing = bool(
            _SUPPOSING.match(piece) or (supposing and (_GOES_ON.match(piece) or _BARE.fullmatch(pieces[index - 1][0])))
        )
        if (
            supposing
            or _is_supposed(piece)
            or (index + 1 < len(pieces) and corrects_itself(pieces[index + 1][0]))
            or (index and _is_supposed(pieces[index - 1][0]) and not _stands_alone(piece))
        ):
            continue
        if not (told and told.end() <= at and not (own and own.end() <= at)):
            whole = sentence if index == len(pieces) - 1 else heard
            yield _clause(piece, (start, at), whole, (carried, begin), index == 0)


def _without_asking(sentence: str, pieces: Sequence[tuple[str, int]], *, is_question: bool) -> str:
    """`sentence` with its last piece overwritten where that one asks: what it names is no further item of a list in front of it."""
    if len(pieces) < _TWO or not (is_question or asks_in_passing(pieces[-1][0])):
        return sentence
    last, at = pieces[-1]
    return sentence[:at] + "".join("•" if char.isalnum() else char for char in last) + sentence[at + len(last) :]


def _subject_of(piece: str, subject: Subject, index: int, count: int) -> tuple[str, int]:
    if count == 1:
        return left_out(piece)
    return subject.carried(piece) if index else subject.opened(piece)


def _clause(piece: str, place: tuple[int, int], sentence: str, carried: tuple[str, int], is_first: bool) -> Clause:
    """A piece of a sentence, with its subject said again in front of it, if the sentence named it before; what is quoted keeps its place."""
    start, at = place
    before, after = sentence[:at], sentence[at + len(piece) :]
    word, begin = carried
    if not word:
        return Clause(in_order(piece), start + at, before, after, is_first)
    lead = len(word) + 1
    return Clause(f"{word} {piece[begin:]}", start + at + begin - lead, before, after, is_first, lead=lead)


def is_reported(before: str) -> bool:
    """Whether what follows `before` is told as the words of somebody else."""
    return bool(_TOLD.search(before)) and not _OWN_WORDS.search(before)


def _is_supposed(piece: str) -> bool:
    return bool(_IF.search(piece))


def _stands_alone(piece: str) -> bool:
    return bool(
        re.match(r"^\W*(?:and|but|so)?\s*(?:i'm|i am|i live|i work|my|our|now)\b", piece, re.IGNORECASE)
    ) and not _is_supposed(piece)


def _pieces(sentence: str) -> Iterator[tuple[str, int]]:
    at = 0
    for match in _SPLIT.finditer(sentence):
        if match.end() == match.start() and match.start() == at:
            continue
        if piece := sentence[at : match.start()].lstrip():
            yield piece, match.start() - len(piece)
        at = match.end()
    if piece := sentence[at:].lstrip():
        yield piece, len(sentence) - len(piece)
