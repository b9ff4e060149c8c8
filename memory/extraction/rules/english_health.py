"""English: health and the body."""

from __future__ import annotations

from memory.extraction.rules import shapes
from memory.extraction.rules.english_forms import AM, HAVE, MY, SELF, UPPER
from memory.extraction.rules.patterns import Pattern, pattern

_CONDITION = r"(?:type [12] )?(?:diabetes|asthma|epilepsy|migraines?|coeliac disease|celiac disease|crohn['’]s(?: disease)?|adhd|autism|arthritis|anxiety|depression|bipolar disorder|hypertension|high blood pressure|endometriosis|psoriasis|eczema|ms|fibromyalgia|insomnia|tinnitus|dyslexia|hay ?fever|ibs|pcos|lupus|sciatica|ocd|ptsd|gout|glaucoma|rosacea|vertigo|scoliosis|sleep apno?ea|hypothyroidism|an underactive thyroid|long covid|a heart (?:condition|murmur)|parkinson['’]?s|multiple sclerosis|cerebral palsy|cystic fibrosis|ulcerative colitis)"
_WEAR = r"(?:a hearing aid|hearing aids|a pacemaker|an insulin pump)"


HEALTH: tuple[Pattern, ...] = (
    pattern("allergic_to", rf"(?:{AM}|^\W*(?:(?:and|also|but|plus) )*)(?:badly |severely |deathly |very |highly |mildly |terribly |super )?allergic to (?P<v>(?!(?:mon|tues|wednes|thurs|fri)days?\b|work\b|exercise\b|mornings\b|you\b|bullshit\b|bs\b|nonsense\b|stupid\w*\b|drama\b|people\b|commitment\b|work\w*\b|school\b|homework\b|meetings?\b|money\b|fun\b|change\b|responsibilit\w+|cardio\b|small talk\b|early\b|idiots?\b|lies\b|hard work\b).+)", shapes.some_things),
    pattern("allergic_to", rf"{HAVE}(?:an? )?(?:bad |severe |mild )?(?P<v>[\w\-]+(?: [\w\-]+)?) allerg(?:y|ies)\b", shapes.whole),
    pattern("allergic_to", rf"{AM}(?P<v>[\w\-]+)[ -]intolerant\b", shapes.whole),
    pattern("allergic_to", rf"{AM}intolerant to (?P<v>.+)", shapes.some_things),
    pattern("has_condition", rf"{HAVE}(?:been diagnosed with )?(?P<v>{_CONDITION})\b", shapes.whole),
    pattern("has_condition", rf"{HAVE}(?:been diagnosed with )?{_CONDITION},? (?:and|plus) (?P<v>{_CONDITION})\b", shapes.whole),
    pattern("has_condition", r"\bi(?: was|['’]ve been) diagnosed with (?P<v>.+)", shapes.one_thing, is_dated=True),
    pattern("has_condition", rf"{AM}(?:an? )?(?P<v>(?:type (?:1|2|one|two) )?diabetic|asthmatic|epileptic|autistic|coeliac|celiac|dyslexic|deaf|blind|colou?r[ -]?blind)\b(?! (?:as|to|drunk|spots?|dates?)\b)", shapes.whole),
    pattern("takes_medication", rf"(?:{SELF}take|{AM}taking|{AM}on) (?P<v>[a-z]{{5,}})(?: \d+ ?mg)(?: (?:every day|daily|each|once|twice|at|in))?", shapes.whole),
    pattern("takes_medication", rf"(?:{SELF}take|{AM}taking) (?P<v>[a-z]{{4,}}(?:in|ol|ine|ide|ate|one|pril|pam|mab|statin|formin|cillin))\b(?: every day| daily| once| twice| for my)", shapes.whole),
    pattern("takes_medication", rf"(?:{SELF}take|{AM}taking|{AM}on) (?P<v>(?-i:[A-Z])[\w\-]+(?: \d+ ?mg)?)(?: \d+ ?mg)? (?:for my|every|daily|each|once|twice)", shapes.whole),
    pattern("smokes", r"\bi(?: (?:don['’]?t|do not|never)|['’]ve never| have never) smoked?(?: cigarettes)?(?=\s*(?:$|[.,!;]|and\b))", shapes.const("yes"), change="negates"),
    pattern("smokes", r"\bi smoke(?: \d+ a day| cigarettes)?(?=\s*(?:$|[.,!]))", shapes.const("yes")),
    pattern("smokes", r"\bi(?:['’]ve| have)? (?:just )?(?:quit|stopped|given up|gave up) smoking\b", shapes.const("yes"), change="ends", is_dated=True),
    pattern("smokes", r"\bi used to smoke\b", shapes.const("yes"), change="ends"),
    pattern("takes_medication", rf"(?:{SELF}take|{AM}taking|{AM}on) (?P<v>[a-z]{{2,}}(?:formin|pril|sartan|statin|cillin|azole|oxetine|aline|thyroxine|prazole|profen|olol|epam|mab))\b", shapes.whole),
    pattern("has_condition", rf"{AM}(?P<v>pregnant|hard of hearing|anaemic|anemic)\b", shapes.whole),
    pattern("injury", r"\bi(?:['’]ve| have)? (?:just )?(?P<v>(?:broke|broken|sprained|twisted|tore|torn|fractured|dislocated) my [\w\- ]{3,20}?)(?= (?:last|yesterday|on|in|while|when|this|two|three|a)\b|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    pattern("blood_type", rf"{AM}(?:an? )?(?P<v>(?-i:AB|A|B|O)[ -]?(?:rh )?(?:positive|negative|pos|neg))(?= blood\b|\s*(?:$|[.,!;?]|(?:and|but|so|btw)\b))", shapes.whole),
    pattern("blood_type", rf"{MY}blood (?:type|group)(?: is|['’]s) (?P<v>(?:AB|A|B|O|0)(?: ?[+\-−]| ?(?:rh )?(?:positive|negative|pos|neg))?)", shapes.whole),
    pattern("has_condition", rf"{SELF}(?:wear|have|use) (?P<v>{_WEAR})\b", shapes.whole),
    pattern("takes_medication", rf"(?:{SELF}take|{AM}taking|{AM}on) \d+ ?(?:mg|µg|mcg|ml|units) (?:of )?(?P<v>[A-Za-z]{{4,}})\b", shapes.whole),
    pattern("therapist", rf"{MY}(?:therapist|psychologist|counsell?or)(?: is|['’]s) (?:called )?(?P<v>{UPPER}.+)", shapes.relative),
)  # fmt: skip
