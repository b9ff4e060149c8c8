"""English as it is typed in a chat: without "I", in small letters, with more than one thing counted up in a sentence."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import ADVERBS, AM, BRAND, COUNT, HAVE, I_DID, MY, OLDER, SELF, UPPER
from memory.extraction.rules.kin import kin_words
from memory.extraction.rules.patterns import Pattern, Shape, pattern
from memory.facts.relations import PET_WORDS

# A clause that begins with its verb: "currently living in Porto", "live in Yonkers with my mum".
START = r"^\W*(?:(?:and|but|also|so|just|still|currently|now|well|btw|ok|okay|yeah|yes|hi|hey|finally|recently|actually|always|really|been)\b[ ,]*){0,4}"
_SPEAKS_OF_SELF = re.compile(
    r"(?:^|[,;:(–—-])\W*(?:(?:so|and|but|hey|hi|well|ok|btw)\W+){0,3}(?:i|i['’]?m|i['’]?ve|we|we['’]?re|we['’]?ve|my names?|my name['’]s)\b[^,;:(–—]*$",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:used to|want(?:ed)? to|hop(?:e|ed|ing) to|plan(?:s|ned|ning)? to|going to|love to|like to|had to|try(?:ing)? to|able to|about to|gonna|wanna|never|didn['’]?t|can['’]?t|don['’]?t|not)\b[^,;:(–—]*$",
    re.IGNORECASE,
)
# "living in London is expensive", "based in Paris, the company makes shoes": of nobody, or of what follows.
_IS_A_SUBJECT = re.compile(
    r"\b(?:is|isn['’]t|was|are|aren['’]t|must|would|will|can|cannot|costs?|seems?|sounds?|makes?|means?|has|looks?|takes?|feels?|gets?)\b",
    re.IGNORECASE,
)
_SOMEBODY_BEHIND = re.compile(
    r"\s*,\s*(?:the|it|he|she|they|you|(?-i:[A-Z][a-z]+) (?:is|has|was|are|makes))\b", re.IGNORECASE
)
_HAS = re.compile(r"^\W*(?:got|have) |\b(?:(?:i|we)(?:['’]?ve| have| own| keep| got)|(?:my|our) )\b", re.IGNORECASE)
_MOVED = re.compile(r"\b(?:moved?|moving|living|live|lived|settled)\b", re.IGNORECASE)
_ENOUGH = r"(?= (?:on|every|each|twice|once|three times|four times|most|a lot|regularly|again|these days|for|since|with|and|but|at)\b|\s*(?:$|[.,!;]))"
_OFTEN = r"(?= (?:on (?:mon|tues|wednes|thurs|fri|satur|sun)days?|every|each|twice a|once a|three times a|most (?:days|mornings|evenings|weekends)|regularly|a lot)\b)"
_COFFEE = r"(?:coffee|latte|cappuccino|espresso|americano|flat white|cortado|macchiato|mocha|tea|chai|matcha|cocoa|hot chocolate|beer|ale|stout|wine|cider|cola|coke|juice|spritz|negroni|lemonade)"
_COMPANY = r"(?:parents|mum|mom|mother|dad|father|family|grandparents|gran|grandma|wife|husband|partner|girlfriend|boyfriend|kids|children|brother|sister|in-laws)"
_CLASSES = r"(?:yoga|pilates|judo|karate|crossfit|boxing|kickboxing|aikido|taekwondo|bjj|gymnastics|parkour|archery|fencing|zumba|triathlons?|tai chi)"
_DONE = {
    "climb": "climbing", "swim": "swimming", "run": "running", "cycle": "cycling", "row": "rowing", "ski": "skiing", "surf": "surfing",
    "box": "boxing", "dance": "dancing", "skate": "skating", "boulder": "bouldering", "hike": "hiking", "sail": "sailing", "fence": "fencing",
}  # fmt: skip
_MADE = {
    "knit": "knitting", "paint": "painting", "draw": "drawing", "garden": "gardening", "bake": "baking", "sew": "sewing", "crochet": "crocheting",
    "fish": "fishing", "write": "writing", "read": "reading", "sing": "singing", "dance": "dancing", "cook": "cooking", "hike": "hiking",
    "birdwatch": "birdwatching", "whittle": "whittling", "weave": "weaving", "quilt": "quilting", "sketch": "sketching",
}  # fmt: skip
_PET = "|".join(
    sorted(
        (re.escape(word).replace("\\-", "[ -]") for word in PET_WORDS if word.isascii()),
        key=lambda word: (-len(word), word),
    )
)
_JUST_TOLD = re.compile(
    rf"(?:\b(?:i|we)(?:['’]?ve| have)?(?: just)?(?: got| have| adopted| rescued)?|^\W*(?:just )?(?:got|adopted|rescued)) {COUNT} (?:[\w\-]+ ){{0,2}}?(?:{_PET})s?\W+(?:and\W+)?$",
    re.IGNORECASE,
)
_NO_CLASS = r"(?!(?:my|your|him|her|them|you|people|kids|children|students|at|in|how|and|the|a|an|that|this|it|us|adults|beginners|part|full|year|years|here|there|because|for|myself|everyone)\b)"


def of_self(shape: Shape) -> Shape:
    """`shape`, where the clause that has no "I" is about whoever speaks: it opens its sentence, or follows one that begins with "I"."""

    def read(match: re.Match[str], clause: Clause) -> list[str]:
        is_mine = re.search(r"\bmy ", match.group()[: match.start("v") - match.start()], re.IGNORECASE)
        if _IS_A_SUBJECT.search(clause.text[match.start("v") :]) or (
            not is_mine and _SOMEBODY_BEHIND.match(clause.after)
        ):
            return []
        before = clause.before.rstrip(" ,;:(–—-")
        is_own = clause.is_first or (_SPEAKS_OF_SELF.search(before) and not _NOT_SO.search(before))
        return shape(match, clause) if is_own else []

    return read


def _counted_up(shape: Shape) -> Shape:
    """`shape`, where the sentence counts up before it what the speaker has: "I have a son called Bo and a daughter called Liv"."""

    def read(match: re.Match[str], clause: Clause) -> list[str]:
        return shape(match, clause) if _HAS.search(clause.before + clause.text[: match.start()]) else []

    return read


def _small_name(match: re.Match[str], clause: Clause) -> list[str]:
    """A name in small letters, behind words that announce one."""
    return [] if match["v"][0].isupper() else shapes.loose_name(match, clause)


def _small_place(match: re.Match[str], clause: Clause) -> list[str]:
    """A place in small letters, if nothing follows it."""
    found = re.fullmatch(r"(?P<v>[^\W\d_]{3,}(?: [^\W\d_]{3,})?)(?: (?:btw|originally|lol|by the way))?\W*", match["v"])
    if not found or clause.text != clause.text.casefold():
        return []
    words = found["v"].split()
    return [] if set(words) & _NOWHERE else [" ".join(word.title() for word in words)]


_NOWHERE = frozenset(
    [
        "marketing",
        "sales",
        "finance",
        "accounting",
        "scratch",
        "anywhere",
        "everywhere",
        "nowhere",
        "the",
        "work",
        "home",
        "school",
        "here",
        "there",
        "where",
        "afar",
        "mars",
        "heaven",
        "hell",
        "scratch",
        "memory",
        "experience",
        "scotch",
        "yesterday",
        "today",
        "you",
        "them",
        "this",
        "that",
        "these",
        "those",
        "original",
        "originally",
        "another",
        "different",
        "abroad",
        "outer",
        "space",
        "now",
        "then",
        "town",
        "bed",
        "it",
        "him",
        "her",
    ]
)


def _behind(match: re.Match[str], clause: Clause) -> list[str]:
    """The name of the animal that the sentence has just told of: "I have a cat, her name is Luzi"."""
    told = clause.before if clause.before.strip() else clause.previous
    return shapes.relatives(match, clause) if _JUST_TOLD.search(told) else []


def _teacher(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [f"{match['v'].casefold() if match['v'].islower() else match['v']} teacher"]


def _in_town(match: re.Match[str], clause: Clause) -> list[str]:
    """ "we're in Frome now", where the sentence speaks of a move or a home."""
    lasts = re.search(r"\b(?:these days|nowadays)\b", clause.text[match.start() :], re.IGNORECASE)
    return shapes.place(match, clause) if lasts or _MOVED.search(clause.before) else []


def _allergy_behind(match: re.Match[str], clause: Clause) -> list[str]:
    """What is not eaten, if "allergic" follows: "can't eat shellfish, allergic"."""
    return (
        shapes.one_thing(match, clause)
        if re.match(r"\W*(?:i['’]?m |am )?allerg(?:ic|y)\b", clause.after, re.IGNORECASE)
        else []
    )


def _collecting(match: re.Match[str], clause: Clause) -> list[str]:
    return [f"collecting {value}" for value in shapes.one_thing(match, clause)]


def _gerund(table: dict[str, str]) -> Shape:
    return lambda match, clause: [table[match["v"].casefold()]]


def _kin() -> list[Pattern]:
    """Relations in small letters, and those that a sentence counts up further on."""
    found = []
    for predicate, kin in kin_words().items():
        found.append(
            pattern(
                predicate,
                rf"{MY}{OLDER}{kin}(?:(?:['’]?s)? name is|['’]?s called| is called| is named| called| named) (?P<v>[^\W\d_].*)",
                _small_name,
            )
        )
        if predicate in ("child", "sibling", "friend"):
            found.append(
                pattern(
                    predicate,
                    rf"(?:^|,|\band)\s*(?:and )?{COUNT} {OLDER}{kin},?(?: called| named|,) (?P<v>{UPPER}.*)",
                    _counted_up(shapes.relatives),
                )
            )
            found.append(
                pattern(
                    predicate,
                    rf"(?:^|,|\band)\s*(?:and )?{COUNT} {OLDER}{kin}(?P<v>)$",
                    _counted_up(shapes.names_after),
                )
            )
    return found


CHAT: tuple[Pattern, ...] = (
    # without "I"
    pattern("lives_in", rf"{START}(?:live|living|based|have lived|settled) in (?P<v>{UPPER}.+)", of_self(shapes.place), is_dated=True),
    pattern("lives_in", r"^\W*(?:(?:and|just|finally|recently|also) )*(?:moved|relocated) (?:back )?to (?P<v>(?-i:[a-z]).+)", of_self(shapes.place), is_dated=True),
    pattern("lives_in", rf"{START}(?:i['’]?ve |we['’]?ve |i |we )?(?:just |finally )?moved into (?:our|my|the) (?:new |own |first )*(?:place|flat|apartment|house|home) in (?P<v>{UPPER}.+)", of_self(shapes.place), is_dated=True),
    pattern("lives_in", rf"^\W*(?:i['’]?m |we['’]?re )?no longer living in (?P<v>{UPPER}.+)", of_self(shapes.place), change="ends"),
    pattern("lives_in", rf"\b(?:i['’]?m|we['’]?re) {ADVERBS}in (?P<v>{UPPER}.+?)(?= (?:now|these days|nowadays)\b)", _in_town),
    pattern("lives_in", rf"^\W*(?:my )?home(?: for me)? is {ADVERBS}(?P<v>(?!now\b){UPPER}.+)", shapes.place),
    pattern("lives_in", rf"\bi call (?P<v>{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)?) (?:my )?home(?=\s*(?:$|[.,!;]|now\b|these\b|and\b))", shapes.whole),
    pattern("works_at", rf"{START}(?:work|working) (?:at|for) (?P<v>{UPPER}.+)", of_self(shapes.organisation), is_dated=True),
    pattern("works_at", rf"{START}starting (?:an? |my )?(?:new )?(?:job|position|role) (?:at|with) (?P<v>{UPPER}.+)", of_self(shapes.organisation), is_dated=True, lean="future"),
    pattern("works_at", rf"{START}(?:i )?started (?:an? |my |the )(?:new )?(?:job|position|role) (?:at|with) (?P<v>{UPPER}.+)", of_self(shapes.organisation), is_dated=True),
    pattern("occupation", rf"{START}(?:work|working) as an? (?P<v>.+)", of_self(shapes.any_job), is_dated=True),
    pattern("studies", rf"{START}studying (?P<v>[\w\- ]{{3,30}}?) at (?-i:[A-Z])", of_self(shapes.whole)),
    pattern("studies", r"^\W*(?:and |currently )?studying (?P<v>(?!(?:for|hard|abroad|at|in|it|this|that|a|the|now|again)\b)[\w\-]+(?: (?!(?:at|in|for)\b)[\w\-]+)?)\W*$", of_self(shapes.whole)),
    pattern("studies_at", rf"{START}studying [\w\- ]{{3,30}}? at (?P<v>{UPPER}.+)", of_self(shapes.organisation)),
    pattern("diet", r"^\W*(?:i['’]?ve )?been (?:an? )?(?P<v>[a-z\-]+)(?= (?:since|for)\b)", of_self(shapes.diet), is_dated=True),
    pattern("dislikes", r"^\W*(?:(?:and|but|also|really|honestly|absolutely) )*(?:can['’]?t stand|cannot stand|hate|loathe) (?P<v>(?!it\b|that\b|this\b|you\b|to\b|when\b|how\b|being\b|having\b|me\b|him\b|her\b|them\b).+)", of_self(shapes.some_things)),
    pattern("learning", rf"{START}(?:learning|trying to learn|teaching myself) (?:the )?(?P<v>{UPPER}\w+|guitar|piano|violin|cello|drums|ukulele|banjo)(?= (?:on|for|at|with|and|these|now|in|from|since|again)\b|\s*(?:$|[.,!;]))", of_self(shapes.whole)),
    # who somebody is
    pattern("name", r"^\W*(?:(?:hi|hey|hello|hiya|yo|morning)[,!.]? )?this is (?P<v>(?-i:[A-ZÀ-ÞŁŚ][\w'’\-]+))(?= (?:here|again|speaking)\b)", shapes.name),
    pattern("age", rf"{AM}an? (?P<v>\d{{2}})[- ]?(?:years?|yrs?)[- ]old\b", shapes.number),
    pattern("grew_up_in", rf"{AM}(?:originally )?from (?P<v>(?-i:[a-z]).+)", _small_place),
    # work and study
    pattern("works_at", rf"\bi(?:['’]ve| have) been at (?P<v>{UPPER}.+?)(?= (?:for (?:over |about |nearly |almost )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:years?|yrs?|months?)|since (?:\d{{4}}|last year))\b)", shapes.organisation, is_dated=True),
    pattern("occupation", rf"{SELF}teach (?P<v>{_NO_CLASS}[\w\-]+(?: (?:education|studies|science|literature|history|school))?)(?= (?:at|in|to|for|part|full)\b|\s*(?:$|[.,!;]))", _teacher),
    pattern("occupation", rf"{SELF}do (?P<v>(?!(?:it|this|that|what|everything|nothing|something)\b)[\w\- ]{{3,30}}?) for a living\b", shapes.whole),
    pattern("occupation", rf"{AM}an? (?P<v>stay[- ]at[- ]home (?:dad|mum|mom|parent|mother|father)|housewife|homemaker|full[- ]time (?:carer|mum|mom|dad))\b", shapes.whole),
    pattern("studies_at", rf"{AM}an? (?:[\w\-]+ ){{0,4}}?(?:student|undergrad|undergraduate|freshman|sophomore|junior|senior) (?:at|in) (?P<v>(?:the )?{UPPER}.+)", shapes.organisation),
    pattern("studies_at", rf"(?:{SELF}(?:go to|attend)|{AM}at) (?P<v>(?:the )?(?:{UPPER}[\w'’\-]+ ){{0,3}}(?-i:[Uu]niversity|[Cc]ollege|State|[Uu]ni|Academy|Institute|Polytechnic)(?: of {UPPER}[\w'’\-]+)?)\b(?! (?:Street|Road|Avenue|Park|House|Farm|Library))", shapes.whole),
    pattern("studies", rf"{AM}(?:doing|taking|finishing|getting) (?:an? |my )(?:master['’]?s?|bachelor['’]?s?|degree|ph\.?d|doctorate|diploma|mba|ba|bsc|ma|msc)(?: degree)? in (?P<v>[\w\- ]+?)(?= (?:at|in|from)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("studies", rf"{AM}at (?:uni|university|college)(?: in {UPPER}[\w'’\-]+)?,? (?:doing|reading|studying) (?P<v>[\w\- ]+?)(?= (?:at|in|and|but)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("works_at", rf"^\W*(?:(?:just|finally|so|and|i) )*(?:got |been )?hired (?:at|by) (?P<v>{UPPER}.+)", shapes.organisation, is_dated=True),
    pattern("works_at", rf"^\W*(?:(?:just|finally|so|and|well) )*(?:got |been )(?:fired|laid off|sacked|made redundant|let go) (?:from|by|at) (?P<v>{UPPER}.+)", shapes.organisation, change="ends", is_dated=True),
    pattern("works_at", rf"(?:\bmy |^\W*(?:today (?:was |is )?)?)last day at (?P<v>{UPPER}[\w'’&]+(?: {UPPER}[\w'’&]+)*)(?= (?:was|today|yesterday|and|on|last)\b|\s*(?:$|[.,!;]))", shapes.whole, change="ends", is_dated=True, is_unsure=True),
    pattern("studies", rf"{AM}(?:in my|in the) (?:first|second|third|fourth|final|last) year of (?:an? )?(?:degree in |my )?(?P<v>(?!(?:uni|university|college|school|marriage|my|being|this|that)\b)[\w\-]+(?: (?!at\b|in\b|and\b|but\b|so\b)[\w\-]+)?)(?= (?:at|in|and|but|so)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("studies_at", rf"{AM}(?:in my|in the) (?:first|second|third|fourth|final|last) year (?:of [\w\- ]{{2,30}}? )?at (?P<v>{UPPER}.+)", shapes.organisation),
    pattern("partner", rf"{AM}(?:married|engaged) to (?:an? |this )(?:lovely |wonderful )?(?:guy|man|woman|girl|bloke|lad) (?:called|named) (?P<v>{UPPER}.+)", shapes.relative),
    pattern("works_at", rf"{I_DID}(?:got |been |gotten )?hired (?:at|by) (?P<v>{UPPER}.+)", shapes.organisation, is_dated=True),
    pattern("nationality", rf"{AM}(?P<v>[a-z]+)(?= (?:living|based|and live) in\b)", shapes.nationality),
    pattern("lives_in", rf"{AM}(?:an? )?{UPPER}[a-z]+ (?:living|based) in (?P<v>{UPPER}.+)", shapes.place),
    # family and friends
    pattern("partner", rf"{HAVE}been (?:married|engaged) to (?P<v>{UPPER}.+)", shapes.relative),
    pattern("child", rf"{HAVE}an? \d{{1,2}}[- ](?:year|month)[- ]old(?: called| named) (?P<v>{UPPER}.*)", shapes.relative),
    pattern("partner", rf"{MY}(?:other|better) half,?(?: is(?: called)?|['’]s(?: called)?)? (?P<v>{UPPER}.*)", shapes.relative),
    pattern("partner", rf"{MY}(?:other|better) half(?P<v>)$", shapes.names_after),
    pattern("partner", rf"{AM}(?:dating|seeing|going out with|in love with) (?:an? |this )?(?:lovely |nice |new )?(?:guy|girl|man|woman|bloke|lad|someone|somebody) (?:named|called) (?P<v>{UPPER}.+)", shapes.relative),
    pattern("child", rf"{MY}(?:eldest|oldest|youngest|first-?born|little one|middle one)(?: is(?: called)?|['’]s(?: called)?)? (?P<v>{UPPER}.*)", shapes.relative),
    pattern("child", rf"{MY}(?:eldest|oldest|youngest|first-?born|little one|middle one)(?P<v>)$", shapes.names_after),
    pattern("child", rf"{HAVE}(?:\w+ )?(?:twins|triplets)(?: called| named)? (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("child", rf"{HAVE}(?:\w+ )?(?:twins|triplets)(?P<v>)$", shapes.names_after),
    *_kin(),
    pattern("lives_with", rf"{SELF}(?:still )?live with my (?P<v>{_COMPANY}(?: and (?:my )?{_COMPANY})?)(?= (?:in|at|and|but|for|still|again|until|now)\b|\s*(?:$|[.,!;]))", shapes.whole),
    # animals
    pattern("pet", rf"\b(?:i|we) (?:just |finally |recently )?(?:adopted|got|rescued|bought) (?:an?|our|my) (?:[\w\-]+ ){{0,2}}?(?:{_PET})(?P<v>)$", shapes.names_after),
    pattern("pet", rf"{MY}(?:rescue|fat|grumpy|crazy|beautiful|golden|black|white|ginger|tabby|cute|sweet|elderly|senior|pet|family|lazy|silly|brown) (?:{_PET}),? (?:called |named )?(?P<v>{UPPER}.*)", shapes.relatives),
    pattern("pet", rf"(?:^|,|\band)\s*(?:and )?(?:an?|one|two|three|my|our) (?:[\w\-]+ ){{0,2}}?(?:{_PET})s?,?(?: called| named) (?P<v>{UPPER}.*)", _counted_up(shapes.relatives)),
    pattern("pet", rf"(?:^|,|\band)\s*(?:and )?an? (?:[\w\-]+ ){{0,2}}?(?:{_PET})(?P<v>)$", _counted_up(shapes.names_after)),
    pattern("pet", rf"^\W*(?:and )?the (?:{_PET})s?(?:['’]s| is| are)(?: called| named)? (?P<v>{UPPER}.*)", _counted_up(shapes.relatives)),
    pattern("pet", rf"{MY}{OLDER}(?:{_PET})(?:(?:['’]?s)? name is|['’]?s called| is called| is named| called| named) (?P<v>[^\W\d_].*)", _small_name),
    pattern("pet", rf"^\W*(?:and )?(?:(?:her|his|its|their) names? (?:is|are)|(?:she|he|it|they)(?:['’]s| is|['’]re| are) (?:called|named)) (?P<v>{UPPER}.*)", _behind),
    # health and food
    pattern("allergic_to", r"\b(?:i )?(?:can['’]?t|cannot|don['’]?t) eat (?P<v>.+)", _allergy_behind),
    pattern("smokes", r"\bi (?:don['’]?t|do not|no longer) smoke(?: cigarettes)? (?:any ?more|any longer|these days)\b", shapes.const("yes"), change="ends"),
    pattern("has_condition", rf"{SELF}suffer from (?:really |very )?(?:bad |severe |chronic )?(?P<v>(?!(?:a lack|the|it|this|that|fomo)\b)[a-z\-]+(?: [a-z\-]+)?)(?= (?:and|but|since|so|when|every)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("diet", rf"(?:{AM}|{SELF}eat )(?P<v>(?:gluten|dairy|lactose|sugar)[- ]free)\b", shapes.whole),
    pattern("dislikes", rf"{AM}(?:really )?(?:not|no) (?:an? )?(?:big |huge )?(?:fan of|keen on|fond of) (?P<v>(?!it\b|that\b|this\b|yours?\b|you\b|his\b|hers?\b|him\b|them\b|theirs\b|how\b|when\b|being\b|the (?:idea|way)).+)", shapes.some_things),
    pattern("favourite_drink", rf"\bi (?:always|usually|normally|mostly) (?:order|get|have|drink|go for) (?:an? )?(?P<v>(?:[\w\-]+ ){{0,3}}{_COFFEE})\b", shapes.whole),
    pattern("favourite_drink", rf"{MY}(?:usual|go-to|regular)(?: (?:order|drink|coffee|coffee order))?(?: is|['’]s) (?:an? )?(?P<v>(?:[\w\-]+ ){{0,3}}{_COFFEE})\b", shapes.whole),
    # what somebody does and can do
    pattern("speaks", rf"{AM}(?:fluent|bilingual) in (?P<v>.+)", shapes.languages),
    pattern("sport", rf"{SELF}go (?P<v>climbing|bouldering|running|swimming|surfing|skiing|sailing|rowing|cycling|skating|snowboarding|kayaking|riding){_OFTEN}", shapes.whole),
    pattern("sport", rf"{SELF}do (?:a bit of |some )?(?P<v>{_CLASSES}){_ENOUGH}", shapes.whole),
    pattern("sport", rf"{SELF}(?P<v>{'|'.join(_DONE)}){_OFTEN}", _gerund(_DONE)),
    pattern("hobby", rf"{SELF}(?P<v>{'|'.join(_MADE)})(?: a lot)? in my (?:spare|free) time\b", _gerund(_MADE)),
    pattern("hobby", rf"{SELF}collect (?P<v>(?!(?:my|the|data|dust|your|points|you|him|her|them|it|taxes|rent)\b)[\w\- ]+?)(?= (?:and|but|from|since|as|for)\b|\s*(?:$|[.,!;]))", _collecting),
    pattern("supports_team", rf"{AM}an? (?:huge |big |lifelong |proud )*(?P<v>{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)?) supporter\b", shapes.whole),
    pattern("member_of", rf"{SELF}volunteer (?:at|with|for) (?:the |an? |my )?(?P<v>(?:local )?[\w'’\-]+(?: [\w'’\-]+){{0,2}}?)(?= (?:on|every|each|and|in|twice|once|most)\b|\s*(?:$|[.,!;]))", shapes.whole),
    # things
    pattern("drives", rf"{HAVE}(?:an? |my )?(?:old |new |red |blue |black |white |grey |gray |silver |green |battered |little |used ){{0,2}}(?P<v>(?:\d{{4}} )?{BRAND}(?: (?:{UPPER}|\d)[\w\-]*){{0,2}})(?= (?:and|but|that|which|with|from|for|since)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("drives", rf"{SELF}ride (?:an? |my )?(?:old )?(?P<v>{BRAND}(?: (?:{UPPER}|\d)[\w\-]*){{0,2}})", shapes.whole),
    pattern("code_language", rf"{SELF}(?:write|use) (?:mostly |mainly |only )?(?P<v>(?-i:Python|Rust|Go|Java|JavaScript|TypeScript|Ruby|Kotlin|Swift|Scala|Haskell|Elixir|PHP|C\+\+|C#))(?= (?:at|for|every|all|these|mostly|day)\b|\s*(?:$|[.,!;]))", shapes.whole),
    # plans and answers
    pattern("plans_to", rf"{AM}(?P<v>running (?:the )?{UPPER}[\w'’\-]+ (?:marathon|half marathon|half|10k))\b", shapes.whole, lean="future", needs_date=True),
    pattern("pronouns", r"\bi (?:prefer|go by|use) (?P<v>(?:she|he|they|xe|ze)/\w+(?:/\w+)?)(?: pronouns)?\b", shapes.whole),
    pattern("avoid_topic", r"^\W*(?:(?:please|pls|and|just) )*(?:don['’]?t|do not|never|stop) (?:ask(?:ing)? me about|remind(?:ing)? me (?:of|about)|go(?:ing)? on about) (?P<v>my [\w'’\- ]{2,30}?|(?-i:[A-Z])[\w'’\- ]{1,30}?)(?= (?:again|any ?more|ever|please|ok)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("answer_style", r"^\W*(?:(?:please|pls|and|just) )*(?P<v>(?:stop calling|don['’]?t (?:ever )?call|never call) me (?!later\b|back\b|today\b|tomorrow\b|now\b|at\b|on\b|in\b|when\b|before\b|after\b)\w+)(?= (?:again|any ?more|please)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("units", r"^\W*(?:(?:please|always|and) )*use (?:the |a )?(?P<v>(?:24|12)[- ]?(?:hour|h)(?: (?:clock|time|format))?)(?=\s*(?:$|[.,!;]|please))", shapes.whole),
    pattern("units", rf"{SELF}prefer (?P<v>metric|imperial|celsius|fahrenheit|kilomet(?:re|er)s|miles|kilos|pounds)\b", shapes.whole),
    pattern("answer_style", r"^\W*(?:(?:please|pls|always|from now on,?|and) )*use (?P<v>bullet points|numbered lists|tables|examples|plain (?:language|english)|simple words|headings|british spelling|american spelling)\b(?=\s*(?:$|[.,!;]|please|from now on|always|when))", shapes.whole),
    pattern("answer_style", r"^\W*(?:(?:please|pls|always|from now on,?|and) )*(?:answer|talk|speak|reply)(?: to me)? (?P<v>like (?:an?|i['’]?m) [\w\- ]{2,30}?)(?=\s*(?:$|[.,!;]|please|from now on|always|pls))", shapes.whole),
    pattern("works_at", rf"{I_DID}(?:quit|resigned from|left) my job at (?P<v>{UPPER}.+)", shapes.organisation, change="ends", is_dated=True),
)  # fmt: skip
