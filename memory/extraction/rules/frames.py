"""What in a turn is no news of the speaker's: a text that they ask for or bring along behind a colon, and a question for tips at the end of a sentence. Four languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memory.extraction.rules.given_names import GIVEN_NAMES

# Texts of all kinds. What follows "caption for my post:" is the text, not the person.
_TEXT = (
    r"(?:(?:opening|closing|first|last|next|final|second|third|punch|log|tag|subject) ?lines?|lines?|verses?|stanzas?|chorus|refrain|lyrics?|couplets?|chapters?|paragraphs?|sentences?|essays?|e-?mails?|mails?|letters?|captions?|titles?|poems?|sonnets?"
    r"|story|stories|tales?|songs?|novels?|novella|limericks?|haikus?|ballads?|raps?|fables?|tweets?|posts?|slogans?|speech|toast|eulogy|obituary|script|screenplay|scenes?|dialogues?|monologues?|blurbs?|bios?|intros?|texts?|text messages?|messages?|dms?|sms"
    r"|transcripts?|drafts?|memo|notes? from|rhymes?|riddles?|jokes?|quotes?|quotations?|prompts?|memes?|characters?|personas?|protagonist|narrator|hero(?:ine)?|villain|fan ?fic(?:tion)?|fiction|diary entry|journal entry|cover letter|statement|abstract|comments?|reviews?|replies|reply|answers? to|translations?|phrases?|passages?|excerpts?|snippets?"
    r"|gedichts?|gedichte|geschichten?|lied(?:es|er|text)?|songtext|roman(?:s|anfang)?|satz(?:es|anfang)?|sätze|zeilen?|verse?s?|strophen?|kapitels?|aufsatz(?:es)?|briefe?s?|anschreiben|bewerbung|motivationsschreiben|beitrags?|bildunterschrift|überschrift|titels?|rede|dialogs?|monologs?|szenen?|witz(?:es)?|rätsels?|zitats?|textes|nachricht|märchens?|entwurf|fabel|ballade|figur|hauptfigur|drehbuch|limericks?"
    r"|poemas?|cuentos?|relatos?|canción|letra|novela|frases?|oración|líneas?|versos?|estrofas?|estribillo|capítulo|ensayo|correos?|cartas?|publicación|tuit|título|pie de foto|discurso|gui[oó]n|diálogo|monólogo|escena|chiste|adivinanza|citas?|texto|mensaje|personaje|protagonista|párrafo|historia"
    r"|dikt(?:et)?|fortelling(?:en)?|historien?|sang(?:en|tekst(?:en)?)?|romanen|setning(?:en)?|linjen?|linja|vers(?:et)?|strofen?|refreng(?:et)?|kapittel(?:et)?|stilen?|brev(?:et)?|søknad(?:en)?|søknadsbrev(?:et)?|innlegg(?:et)?|bildetekst(?:en)?|tittel(?:en)?|overskrift(?:en)?|talen|dialog(?:en)?|monolog(?:en)?|vits(?:en)?|gåten?|gåta|sitat(?:et)?|tekst(?:en)?|melding(?:en)?|utkast(?:et)?|eventyr(?:et)?|avsnitt(?:et)?)"
)
# Those that label nothing else: "lyrics: I was born by the river".
_BARE_TEXT = (
    r"(?:(?:opening|closing|first|last|next|final|punch|tag|subject) ?lines?|verse|stanza|chorus|refrain|lyrics?|couplet|chapter|caption|poem|sonnet|limerick|haiku|ballad|rap|slogan|monologue|dialogue|scene|script|screenplay|transcript|draft|riddle|joke|quote|quotation|(?:writing )?prompt|meme|character|persona|protagonist|narrator|villain|fan ?fic(?:tion)?|fiction|cover letter|excerpt|pov|rp|role ?play"
    r"|(?:erster|letzter) satz|(?:erste|letzte) zeile|gedicht|liedtext|songtext|strophe|kapitel|anschreiben|bildunterschrift|monolog|dialog|szene|witz|rätsel|zitat|entwurf|romanfigur|hauptfigur|beispiel(?:satz|text)?"
    r"|(?:primera|última) (?:línea|frase)|poema|cuento|letra|verso|estrofa|estribillo|capítulo|pie de foto|guion|guión|diálogo|monólogo|escena|chiste|adivinanza|cita textual|personaje|borrador|ejemplo|frase de ejemplo"
    r"|(?:første|siste) (?:linje|setning)|dikt|sangtekst|strofe|refreng|kapittel|søknadsbrev|bildetekst|vits|gåte|sitat|utkast|rollefigur|eksempel(?:setning)?)"
)
_POLITE = (
    r"(?:(?:hey|hi|hello|ok|okay|so|and|but|now|also|please|pls|plz|can|could|would|will|you|u|help|me|us|just|let['’]?s|i need you to|i want you to|i['’]d like you to|i['’]m trying to|need to|want to|quick|quickly|try to|kindly|maybe|then|lol"
    r"|hallo|hi|bitte|mal|kannst|könntest|du|mir|und|jetzt|hilf|hola|oye|por favor|puedes|podrías|me|ayúdame a|y|ahora|hei|vær så snill|kan|kunne|hjelp|meg|og|å|nå)\b[\s,!]*){0,6}"
)
# Verbs that ask for a text when one of its kinds is named behind them …
_BRING_FORTH = (
    r"(?:write|start(?: off)?|begin|open|end|finish|continue|complete|extend|expand|draft|compose|create|generate|make|give|do|add|improve|polish|shorten|check|edit|fix|correct|review|rate|critique|analy[sz]e|turn|set|use|put|rap|sing|recite|read|title|put together|come up with|work on|this is|here['’]?s|here is|here are|it['’]?s|from|take|with|(?:i )?(?:need|want)"
    r"|schreib\w*|beginne?|fang\w*|starte?|beende?|vervollständige?|ergänze?|setze?|dichte|erfinde|verbessere?|korrigiere?|kürze?|hier ist|hier kommt|das ist|mach\w*"
    r"|escrib\w+|empieza|empezar|comienza|comenzar|termina|terminar|acaba|completa\w*|continúa|sigue|redacta\w*|mejora|corrige|aquí está|este es|esta es|inventa\w*|haz\w*"
    r"|skriv|start|begynn|fullfør|avslutt|fortsett|lag|forbedre|rett|her er|dette er|dikt)"
)
# … and those that ask for one whatever stands behind them.
_REWORK = (
    r"(?:translate|paraphrase|rephrase|reword|rewrite|proofread|summari[sz]e|caption|rhyme|spellcheck|transcribe|punctuate|repeat after me|say (?:this|that|it|the following) in|(?:reply|respond|react) to(?! your\b)|(?:finish|continue|complete|correct|fix|edit|polish|improve|shorten|analy[sz]e|critique|decode|parse|check) (?:this|that|these|the following)|(?:write|read) (?:this|that|it) (?:as|in|like|more|better|nicer)|(?:rap|sing|recite|render|convert|turn|transform|phrase) (?:this|that|the following)|put (?:this|the following) (?:in|into|to|as|more)|make (?:this|that|it|the following) (?:sound|rhyme|into|(?:more |less )?(?:formal|polite|funny|funnier|nicer|better|shorter|longer|professional|casual))|finish|write|draft|type|copy"
    r"|übersetze?|formulier\w*|umformulieren|schreibe? (?:das|dies|es|den satz|folgendes) um|fasse? zusammen|korrigiere?|antworte auf|reagiere auf|reime?|(?:vervollständige?|beende?|ergänze?|verbessere?) (?:das|dies|diesen|diese|dieses|folgendes|folgenden)|sag auf \w+"
    r"|traduce\w*|traducir|reescrib\w+|reformula\w*|parafrasea\w*|resume|corrige\w*|(?:responde|contesta) a|rima|(?:completa|termina|mejora|continúa) (?:esto|esta|este|lo siguiente)|di en \w+"
    r"|oversett|omskriv|omformuler|formuler|korrekturles|oppsummer|svar på|rim|rett(?: på)?|(?:fullfør|avslutt|fortsett|forbedre|rett) (?:dette|denne|følgende)|si på \w+)"
)
_NEWS = r"(?!(?:write|note|put|take|jot|mark|type|copy|skriv|schreib\w*|escrib\w+|anota\w*) (?:(?:this|that|it|dette|det|dir|das|das mal|esto|lo) )?(?:down|to (?:memory|my)|in (?:memory|my (?:profile|file))|ned|auf|bak øret))"
_FAVOURITE = r"(?!(?:[\w'’\-]+ ){0,3}(?:favou?rite|fav|fave|lieblings\w*|preferid[oa]|favorit[oa]|favoritt\w*|yndlings\w*|long story|name|names|note|notes|address|adresse|dirección)\b)"
_ANNOUNCED = re.compile(
    rf"(?:^|[,.!;–—-]\s)\W{{0,6}}{_POLITE}{_NEWS}(?:"
    rf"{_BRING_FORTH}\b[^:.!?\n]{{0,60}}?\b{_TEXT}\b[^:.!?\n]{{0,60}}"
    rf"|{_REWORK}\b[^:.!?\n]{{0,60}}"
    rf"|{_FAVOURITE}(?:[\w'’\-]+ ){{0,4}}{_TEXT} (?:for|of|from|in|about|to(?! (?:reach|contact|your|you))|by|with|on|starter|opener|idea|beginning|für|von|aus|an|zu|über|mit|meines|meiner|eines|einer|de|para|del|sobre|a|til|fra|av|om|i|med|på)\b[^:.!?\n]{{0,60}}"
    rf"|{_FAVOURITE}(?:(?:my|our|the|a|an|this|new|short|mein|meine|ein|eine|der|die|das|mi|un|una|el|la|et|en|min|mitt|from|random|fake|dnd|d&d|rpg|oc|movie|film|song|book|game|story|test|here['’]?s|this is) ){{0,4}}{_BARE_TEXT}(?: (?:\d{{1,3}}|one|two|three|idea|eins|uno|en))?"
    r"|(?:[\w'’\-]+ ){0,6}(?:in the (?:style|voice|tone|words|manner) of|from the (?:perspective|point of view) of|im stil von|aus (?:der )?sicht|al estilo de|con la voz de|desde el punto de vista|i stilen til|i stil med|fra perspektivet)\b[^:.!?\n]{0,60}"
    r"|(?:[\w'’\-]+ ){0,5}(?:two truths(?: and)? (?:a|one) lie|2 truths(?: and)? (?:a|1) lie|zwei wahrheiten(?: und)? eine lüge|dos verdades y una mentira|to sannheter og (?:en|ei|én) løgn)\b[^:.!?\n]{0,30}"
    r"|(?:[\w'’\-]+ ){1,5}(?:goes|go|reads?|begins?|starts?|opens?|ends?|lautet|beginnt|geht so|dice así|empieza|comienza|termina|begynner|lyder|går slik|slutter)(?: like this| with| like| so| as follows| con| así| mit| med| slik)?"
    r")\s*:",
    re.IGNORECASE,
)
_FAR = 160  # characters: what announces a text is no longer than that
# A game in which what is said is made up, and a riddle at the end.
_GAME = re.compile(
    r"\b(?:two truths(?: and)? (?:a|one) lie|2 truths(?: and)? (?:a|1) lie|zwei wahrheiten(?: und)? eine lüge|dos verdades y una mentira|to sannheter og (?:en|ei|én) løgn)\b",
    re.IGNORECASE,
)
_RIDDLE = re.compile(r"\b(?:what am i|was bin ich|qué soy|hva er jeg)\s*\?+\W*$", re.IGNORECASE)
# Somebody is told to carry on a text: "start a poem for me with …", without a colon too.
_CARRY_ON = re.compile(
    rf"^\W{{0,6}}{_POLITE}(?:start|begin|open|finish|continue|complete|end|extend|beginne?|starte?|beende?|vervollständige?|empieza|comienza|termina|acaba|completa|continúa|start|begynn|fullfør|avslutt|fortsett) (?:(?:this|my|our|the|a|an|me a|diese\w*|ein\w*|das|mein\w*|una?|este|esta|mi|el|la|det|den|dette|denne|et|en|ei) )(?:[\w'’\-]+ ){{0,2}}?"
    r"(?:poem|story|song|limerick|haiku|sentence|verse|rhyme|novel|tale|rap|letter|email|e-?mail|essay|gedicht|geschichte|lied|satz|vers|roman|brief|poema|cuento|historia|canción|frase|novela|carta|dikt\w*|fortelling\w*|historie\w*|sang\w*|setning\w*|roman\w*|brev\w*)\b(?! (?:club|group|course|class|contest|today|tomorrow|soon))",
    re.IGNORECASE,
)

# Somebody else speaks behind the colon: "my mum: …", "Person A: …", "mum texted: …".
_KIN = r"mum|mom|mummy|mommy|mam|dad|daddy|mother|father|parents|wife|husband|hubby|partner|girlfriend|boyfriend|gf|bf|fianc[ée]e?|ex|son|daughter|kids?|child|sister|sis|brother|bro|gran|granny|grandma|grandpa|grandad|nan|aunt|auntie|uncle|cousin|niece|nephew|friend|bestie|bff|mate|buddy|boss|manager|colleague|coworker|co-worker|neighbou?r|landlord|landlady|roommate|flatmate|teacher|doctor|therapist|dentist|coach|client|customer|guest|student|professor|date|cat|dog|mother-in-law|father-in-law|mil|fil"
_ELSE = (
    rf"(?:(?:my|our|the|his|her|their|some|a|this) )(?:(?:best|old|ex-?|older|younger|little|big|new) ?)?(?:{_KIN})(?: (?-i:[A-Z])[\w'’\-]+)?"
    rf"|(?:mum|mom|dad|gran|grandma|grandpa|boss|wife|husband|sister|brother|him|her|he|she|they|them|person|speaker|customer|client|agent|support|caller|interviewer|interviewee|host|guest|patient|therapist|waiter|teacher|student|narrator|stranger|cop|alice|bob)(?: (?:[a-z]|\d))?"
    r"|(?:mein|meine|unser|unsere|der|die) (?:mutter|mama|vater|papa|mann|frau|freund|freundin|bruder|schwester|oma|opa|chef|chefin|kollege|kollegin|nachbar|nachbarin|sohn|tochter|kunde|kundin|lehrer|lehrerin|arzt|ärztin)"
    r"|(?:mi|mis|nuestr[oa]|el|la) (?:madre|mamá|padre|papá|marido|mujer|novi[oa]|herman[oa]|abuel[oa]|jef[ae]|hij[oa]|amig[oa]|vecin[oa]|compañer[oa]|client[ea]|profesor[a]?|médic[oa])"
    r"|(?:mora|moren|faren|kona|mannen|kjæresten|broren|søsteren|søstera|sjefen|venninna|kompisen|naboen|sønnen|datteren|bestemora|bestefaren|læreren|legen)(?: (?:min|mi|vår))?|(?:min|mi) (?:mor|far|kone|mann|kjæreste|bror|søster|sjef|venn|venninne|nabo|sønn|datter|lærer|lege)"
)
_SPEAKER = re.compile(
    rf"^\W*(?:(?:and|then|so|but|lol|haha|meanwhile|also|und|dann|y|og|så)\b\W*){{0,3}}(?:{_ELSE})(?:,)?(?: (?:just|then|today|yesterday|suddenly|literally|me|us|back|again|heute|gerade|hoy|i dag))*"
    r"(?: (?:texted|texts|messaged|wrote|writes|says|said|asks|asked|emailed|posted|tweeted|replied|replies|commented|announced|yelled|shouted|whispered|goes|went|like|was like|be like|is like|schreibt|schrieb|sagt|meint|escribe|dice|skriver|sier|sa))?(?: (?:me|us|back|this|that|in the (?:group )?chat|on \w+|mir|uns|meg|oss))*\s*:(?=[^\n]*\b(?:i|i['’]?m|we|my|our|you|me|ich|wir|mein\w*|du|bin|yo|mi|soy|vivo|tengo|somos|estoy|jeg|vi|min|mitt)\b|\s*$)",
    re.IGNORECASE,
)

# What is asked for in passing: "smoothie ideas?", "glove recommendations please".
_ADVICE = (
    r"(?:ideas?|tips?|recommendations?|recs?|suggestions?|help|thoughts|advice|inspo|inspiration|options|pointers|pairings?|recipes?|opinions|alternatives|ideen?|tipps?|vorschläge?|vorschlag|empfehlung(?:en)?|hilfe|ratschläge|rezepte?|\w+(?:ideen?|tipps?|vorschläge|rezepte|empfehlung(?:en)?)|alternativen"
    r"|ideas?|consejos?|recomendaci(?:ón|ones)|sugerencias?|ayuda|recetas?|alternativas|idé(?:er)?|forslag|anbefaling(?:er)?|hjelp|råd|oppskrift(?:er)?|\w+(?:forslag|oppskrift(?:er)?|idé(?:er)?|tips))"
)
_ASKED_FOR = re.compile(
    rf"\W*(?:(?:please|pls|plz|bitte|por favor|so|and|any|some|got|und|y|og|noen|irgendwelche|alg(?:ún|una|unas|unos)) )*(?:[\w'’\-]+ ){{0,4}}?{_ADVICE}(?: (?:please|pls|plz|thx|thanks|bitte|gracias|takk|for|on|für|zu|para|til)\b.*)?\W*$"
    r"|.{1,60}\b(?:please|pls|plz|bitte|por favor|vær så snill|takk)\W*$|\W*(?:please|pls|plz|bitte|por favor|vær så snill)\b.{1,80}$",
    re.IGNORECASE | re.DOTALL,
)


_LONGEST_ASIDE = 60  # characters


def announces_text(sentence: str) -> bool:
    """Whether what follows in `sentence`, or behind it, is a text that was asked for, brought along or made up."""
    colon = sentence.find(":", 0, _FAR)
    if colon >= 0 and _ANNOUNCED.search(sentence, 0, max(colon, sentence.rfind(":", 0, _FAR)) + 1):
        return True
    if colon >= 0 and (_SPEAKER.match(sentence) or _named_speaker(sentence)):
        return True
    return bool(_CARRY_ON.match(sentence) or _GAME.search(sentence))


def _named_speaker(sentence: str) -> bool:
    """Whether the sentence begins with somebody's name and a colon, as in a play or a chat: "Anna: I live in Rome"."""
    found = _NAMED.match(sentence)
    return found is not None and found["name"].casefold() in GIVEN_NAMES


_NAMED = re.compile(
    r"\W*(?P<name>[A-ZÀ-ÞŁŚ][\w'’\-]+)(?: [A-ZÀ-ÞŁŚ][\w'’.\-]*)?\s*:(?=[^\n]*\b(?:[Ii]|[Ii]['’]?m|[Ww]e|[Mm]y|[Yy]ou|[Ii]ch|[Ww]ir|[Jj]eg|[Vv]ivo|[Ss]oy|[Tt]engo|[Mm]i)\b)"
)
# What was said just before was a joke, says the person.
_TAKEN_BACK = re.compile(
    r"(?:(?<=[.!?,;:…\n(–—-])|(?<=\s)|^)\s*\W?(?:jk|j/k|(?:i['’]?m |only |just |nah |lol )+(?:kidding|joking)(?! around)|april fools['’]?|(?<=\()joke(?=\))|(?:nur|kleiner|war (?:nur )?ein) (?:spaß|scherz|witz)|(?:es|era) broma|(?:bare|jeg bare) (?:tull|tuller|kødd|kødder|spøk))(?=\W|$)",
    re.IGNORECASE,
)
_JESTING = (
    "jk",
    "j/k",
    "kidding",
    "joking",
    "april fool",
    "(joke",
    "spaß",
    "scherz",
    "witz",
    "broma",
    "tull",
    "kødd",
    "spøk",
)
_CORRECTS_ITSELF = re.compile(
    r"\W*(?:oh |ah |um )*(?:no,? wait|wait,? no|scratch that|no,? sorry|i mean(?=(?: [\w']+){1,4}\W*$)(?! (?:really|like|who|come|it|that|someone|everyone|i|what|why|technically|sort|kind|not|just)\b)|i meant|sorry,? i mean(?:t)?|make that|nein,? (?:warte|moment|quatsch)|ich meine(?:,| natürlich)?|no,? espera|quiero decir|quise decir|perdón|digo|nei,? vent|jeg mener)\b",
    re.IGNORECASE,
)


def taken_back(text: str) -> Iterator[tuple[int, int]]:
    """Where in a turn something stands that was said in jest, by its own words: the sentence that "jk" ends or follows."""
    low = text.casefold()
    if not any(word in low for word in _JESTING):  # most turns: a look at every character would take its time
        return
    for match in _TAKEN_BACK.finditer(text):
        told = text[: match.start()].rstrip(" ,.!?;:…\n(–—-")
        if told:
            yield max(told.rfind(end) for end in ".!?\n;") + 1, match.end()


def corrects_itself(piece: str) -> bool:
    """Whether a piece of a sentence takes back the one before it: "I live in Rome, no wait, Turin"."""
    return bool(_CORRECTS_ITSELF.match(piece))


def is_riddle(text: str) -> bool:
    """Whether the turn asks at its end who it was that spoke."""
    return "?" in text[-4:] and bool(_RIDDLE.search(text[-40:]))


def asks_in_passing(piece: str) -> bool:
    """Whether the last part of a sentence asks for something, and is no further item of a list in front of it."""
    return len(piece) < _LONGEST_ASIDE and bool(_ASKED_FOR.match(piece))


def is_advice(item: str) -> bool:
    """Whether an item of a list is a thing asked for: "recipe ideas"."""
    return bool(_WANTED.search(item))


_WANTED = re.compile(
    r"(?:^|\s)(?:ideas|tips|recommendations|recs|suggestions|inspo|thoughts|tipps|vorschläge|empfehlungen|consejos|recomendaciones|sugerencias|idéer|forslag|anbefalinger)$",
    re.IGNORECASE,
)
