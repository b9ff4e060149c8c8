"""More question forms, read as those of `memory.facts.asked`: short ones, as they are typed in a chat, and the commonest French ones."""

from __future__ import annotations

_PLACES = "cafe|café|bakery|pub|bar|restaurant|bistro|diner"
_GEAR = "mobile|cell|smartphone|tablet|watch|smartwatch|headphones|console|kindle|printer|laptop|phone|computer|camera"
_CRAFT = "boat|bike|bicycle|kayak|canoe|piano|guitar|tent|caravan|telescope|camper|motorhome|drone|scooter"
_DELIVERED = "paper|papers|newspaper|newspapers|magazine|magazines|journal|journals|box|boxes|comic|comics|newsletter"
_MEALS = "steak|meat|bacon|chicken|beef|pork|burgers|sausages|eggs|cheese|dairy|fish|gluten|bread"

ALSO: dict[str, str] = {
    "name": "who am i; remember name; m'appelle",
    "birthday": "bday|b-day; year older; bursdag|bursdagen; anniversaire; quand né|née; when party birthday",
    "age": "j'ai quel âge; quel âge ai-je",
    "native_language": "language grow|grew|raised with",
    "lives_in": (
        "town|city|village before|previous|earlier|former my|which|what; "
        "area|part|place|neighbourhood|suburb stay|based; current city|town|home|place|address; where move|moved; "
        "still live|living in; live now; hause bin|wohne; "
        "j'habite|habite; quelle ville; where hang hat"
    ),
    "home_type": "live flat|house|apartment|boat|bungalow|cottage|studio",
    "lives_with": "live alone; live by myself; live on own; else lives|live house|flat|home|here|me; people live with",
    "local_favourite": (
        f"which|what {_PLACES} like|love|prefer|go|recommend; where go coffee|lunch|breakfast|brunch|drinks|haircut"
    ),
    "gym": "where exercise|train|workout|lift|swim|gym; je fais du sport où; où sport|gym|entraîne",
    "commute": "vais|aller|viens travail|bureau|boulot comment; trajet",
    "routine": "when play|swim|run|train|practise|practice|rehearse|volunteer|cook",
    "doctor": "which|what doctor see|go|visit|have|use; fastlegen|fastlege; mon|ma médecin",
    "works_at": (
        "which|what company; company am|with; which|what hospital|clinic|firm|agency|studio|garage|salon|practice|lab|ministry|bakery at|with; "
        "quién trabajo; travaille où|qui; bosse; where job; happened|became job|work"
    ),
    "occupation": (
        "do all day; do for work; cuál trabajo|profesión; yrket|yrke; stilling; métier; fais dans la vie; "
        "my profession|job|occupation|role|career"
    ),
    "office": "where|what workshop|studio|desk|workplace; werkstatt wo; taller dónde",
    "work_schedule": "my hours; what|which days work; days work; my shift|shifts|rota|roster",
    "work_mode": "how work|worked; go office; work at home; remote|remotely|hybrid am|work",
    "uses_software": "operating system|systems; which|what os|distro|linux|editor|browser|ide|app|apps on|use|using|run|running",
    "studies": "which|what course on|taking|doing; what study|studied|studying university|uni|college; j'étudie",
    "studies_at": "what|which|my university|uni|college before|previous|earlier|former; what|which school attend; attend university|uni|college; étudie où",
    "degree": "what study|studied university|uni|college; graduate|graduated; qualifications",
    "partner": "seeing|dating anyone|someone|anybody|who; mon|ma femme|mari|copine|copain|compagne|compagnon|épouse",
    "relationship_status": "with anyone|anybody|someone; single|taken; marié|mariée|célibataire",
    "anniversary": "day|date|year|when married|wed",
    "child": "my youngest|eldest|oldest child|kid|one|called|name; who youngest|eldest; "
    "baby's|son's|daughter's|kid's|kids|toddler's|children's name|names|called; mon|ma|mes fils|fille|enfants; combien enfants|d'enfants",
    "sibling": "mon|ma|mes sœur|soeur|frère|frères|sœurs",
    "parent": "mon|ma|mes mère|père|parents",
    "friend": "bestevennen|bestevenninnen|bestevenn|bestevenninne; mon|ma meilleur|meilleure",
    "pet": "mon|ma|mes chat|chien|chatte|chienne|lapin|animaux; animaux j'ai",
    "allergic_to": "eat allergies|allergic|allergy; allergique|allergies",
    "takes_medication": (
        "take for blood|pain|heart|migraines|anxiety|pressure|thyroid|asthma|back|sleep|allergies|cholesterol"
    ),
    "diet": (
        f"can eat {_MEALS}; do eat {_MEALS}; bin vegetarier|vegetarierin|vegan|veganer|veganerin; "
        "soy vegetariano|vegetariana|vegano|vegana; er vegetarianer|veganer; végétarien|végétarienne|végane"
    ),
    "favourite_food": "food love|like|enjoy|prefer; plat préféré",
    "favourite_drink": "j'aime boire; boisson préférée",
    "likes": "food love|like|enjoy|prefer; j'aime; fan of",
    "dislikes": "n'aime pas; je déteste",
    "hobby": (
        "make|brew|grow|build|craft at home; brew what; make myself; my interests|interest; relax|unwind how; "
        "how spend time|evenings|weekends"
    ),
    "sport": "what|which sport|sports",
    "supports_team": "who|whom i support; what|which team|club support|follow",
    "favourite_music": (
        "music into|like|enjoy|kind|sort|type|taste|genre|love|prefer; which|what artist|artists|genre|genres|bands|singer; "
        "artist|artists|bands listen; musique j'aime"
    ),
    "favourite_book": (
        "what|which book|novel|author|writer|novelist|poet like|love|enjoy|kind|sort|type|prefer|favourite|favorite; "
        "read for pleasure|fun; kind|sort|type novel|book; "
        "livre préféré; quel livre"
    ),
    "favourite_film": (
        "kind|sort|type film|movie|series|show; watch like|love|enjoy what; "
        "favorittfilmen|yndlingsfilmen|favorittserien; hvilken film liker; which|what series|show|shows|sitcom|soap watch|binge; what watch|binge; "
        "which|what film|movie|series love|like best|most; film préféré"
    ),
    "favourite_colour": "yndlingsfargen|favorittfargen; which|what colour|color like|love|prefer; couleur préférée",
    "reading": "what read; which|what book on|now|currently|bedside|nightstand; on my nightstand|bedside; je lis",
    "member_of": "sing anywhere|in|with|where; band|orchestra|choir|quartet play|sing|in",
    "drives": "which|what motorbike|motorcycle|moped ride|have|own; make|model|kind|brand car|van|truck; quelle voiture",
    "owns": f"which|what {_CRAFT} have|own|got|ride; have {_CRAFT}",
    "uses_device": f"{_GEAR} have|use|own|got|using|carry; work on computer|laptop|machine|mac|pc",
    "subscription": (
        "which|what service have|use|pay|keep; music|streaming|video service; pay for subscriptions|subscription|streaming|month; "
        f"{_DELIVERED} get|gets|take|pay|have|read|subscribe delivered|still|every|weekly|monthly|each|post|through; which|what {_DELIVERED} get|pay|take; "
        "delivered every|each|weekly|monthly; get in_the post; still pay|paying for"
    ),
    "bank": "where bank; have|keep|hold account|accounts|money",
    "insurance": "insured with|by|who|car|home",
    "speaks": "speak|speaking french|spanish|german|italian|english|polish|russian|arabic|chinese|japanese|portuguese|dutch|norwegian; "
    "langues parle; langue parle",
    "goal": "wish|bucket list; training|train for; dream of|about; working towards|toward; hope to",
    "did": "which|what part|role|character am|do playing|play; welche rolle spiele; qué papel hago|interpreto; hvilken rolle spiller",
    "plans_to": (
        "on next|this week|weekend|month|saturday|sunday|friday|evening; anything|something|what planned|lined; planned for"
    ),
    "trip": (
        "trips|trip|travel|travels|journeys coming|planned|booked; when fly|flying|leave|leaving|depart|travel; "
        "wann|wohin fliege|reise|fahre|verreise"
    ),
    "appointment": "appointments|appointment coming|planned|booked; når timen|time; quand rendez-vous",
    "deadline": "get done; need|have hand|finish|submit|turn in; need do|get soon; to-do|todo; must finish|submit",
    "visited": (
        "which|what town|towns|village|island|islands|region|park|city|cities|country|countries|place|places see|saw|seen|go|went|been|stay|stayed|explore; "
        "where travel|go|been|travelled|traveled last|past year|month|summer|winter|spring|autumn|week"
    ),
    "achieved": "did win; have|i won; what won i|we",
}  # fmt: skip
