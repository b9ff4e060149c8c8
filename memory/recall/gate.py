"""Whether a turn needs memory at all. Greetings, thanks, sums and signs don't; in doubt it does."""

from __future__ import annotations

import re

_SMALL_TALK = (
    "hi|hello|hey|hiya|yo|howdy|thanks|thx|ta|cheers|ok|okay|k|great|nice|cool|lol|haha|hahaha|yes|no|yep|nope|yeah|sure|bye|goodbye"
    "|morning|evening|perfect|please|continue|wow|thank you|good (?:morning|evening|night|afternoon|day)|got it|go on|see you"
    "|no problem|you're welcome|that's (?:great|nice|cool|all)|sounds good|well done|good job|how are you|hallo|moin|servus|danke"
    "|tschüss|tschüs|ja|nein|klar|super|prima|bitte|gern|gerne|genau|guten (?:morgen|tag|abend)|gute nacht|vielen dank"
    "|danke (?:schön|sehr)|auf wiedersehen|bis (?:bald|später|dann|morgen)|alles klar|wie geht(?:'s| es dir)|hola|gracias|adiós|adios"
    "|sí|si|vale|claro|perfecto|genial|buenos días|buenas (?:tardes|noches)|muchas gracias|de nada|hasta (?:luego|mañana|pronto)"
    "|qué tal|hei|takk|jo|greit|flott|supert|ha det(?: bra)?|god (?:morgen|kveld|natt|dag)|tusen takk|mange takk|takk for det"
    "|vi snakkes|merci|salut|bonjour|bonsoir|oui|non|d'accord|parfait|merci beaucoup|bonne nuit|au revoir|à bientôt|ça va|ciao|grazie"
    "|prego|va bene|grazie mille|buon ?giorno|olá|oi|obrigad[oa]|sim|não|tchau|bom dia|boa noite|hoi|dank|nee|doei|dank je(?: wel)?|hej"
    "|tack|nej|hejdå|tack så mycket|こんにちは|ありがとう|はい|いいえ|你好|谢谢|好的?|안녕|안녕하세요|감사합니다|네|привет|спасибо|да|нет|مرحبا|شكرا"
)
_TAIL = r"(?:there|you|again|so much|a lot|very much|all|everyone|then|dir|euch|ihnen|a todos|til deg|à tous)"
_TRIVIAL = re.compile(rf"^\W*(?:(?:{_SMALL_TALK})(?!\w)(?:\W+{_TAIL})?\W*){{1,4}}$", re.IGNORECASE)
_ASKED = "what(?:'s| is)|how much is|calculate|compute|was ist|wie ?viel ist|rechne|cuánto es|calcula|hva er|regn ut|combien font|quanto fa"
_SIGN = r"[-+*/^×÷x·−]|\*\*|plus|minus|times|divided by|mal|geteilt durch|más|menos|por|entre|pluss|ganger|delt på|of|von|de|av"
_NUMBER = r"[\d(.,][\d\s.,()]*%?\s*"
_SUM = re.compile(rf"^\W*(?:(?:{_ASKED})\s+)?{_NUMBER}(?:(?:{_SIGN})\s*{_NUMBER})+=?\W*$", re.IGNORECASE)
_TELEPHONE = re.compile(r"\b\d{3,}-\d{3,}\b|\b0\d{2,}[\s/-]+\d{2,}")  # in doubt no sum: looking it up costs little
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{2,4}|^\W*\d\d?/\d\d?\W*$")
_LONGEST = 200  # characters; nothing longer is small talk


def needs_memory(text: str) -> bool:
    """False for what no memory could answer: nothing said, signs only, small talk, a sum of plain numbers."""
    if len(text) > _LONGEST:
        return any(char.isalnum() for char in text)
    text = " ".join(text.replace("’", "'").split())
    if not any(char.isalnum() for char in text) or _TRIVIAL.match(text):
        return False
    return not _SUM.match(text) or bool(_DAY.search(text) or _TELEPHONE.search(text))
