"""Questions about a whole side of somebody's life: "tell me about my family" asks for every slot of that topic, and for no one of them."""

from __future__ import annotations

import re

from memory.facts.predicates import REGISTRY
from memory.facts.questions import Intent

_WORDS = {
    "family": "family|familie|familia|familien",
    "health": "health|gesundheit|salud|helsen|helse",
    "work": "work|working life|arbeit|berufsleben|trabajo|vida laboral|arbeidsliv",
    "education": "education|studies|ausbildung|bildung|educación|formación|utdanning",
}
_MINE = r"(?:my|our|mein\w*|unser\w*|mi|mis|nuestr[oa]s?|min|mitt|vår|vårt)"
_TOPIC = re.compile(
    rf"(?:\b(?:about|on|in|über|von|zu|zur|sobre|acerca de|de|om|i) |\bwho (?:all )?(?:is|are) |\bdescribe |\bbeschreibe? )(?:{_MINE} )?"
    rf"(?:{'|'.join(f'(?P<{topic}>{words})' for topic, words in _WORDS.items())})(?: (?:min|mi|vår))?\W*$",
    re.IGNORECASE,
)
_OF_THE_USER = re.compile(rf"\b{_MINE}\b", re.IGNORECASE)


def topic_intents(text: str) -> list[Intent]:
    """All predicates of the topic that a question is about as a whole, as `intents_of` gives them; none when it is about something else."""
    found = _TOPIC.search(text)
    if not found or not _OF_THE_USER.search(found[0]):
        return []
    topic = next(name for name in _WORDS if found[name])
    words = frozenset(found[topic].casefold().split())
    return [Intent(row.name, 1.0, words) for row in REGISTRY.values() if row.topic == topic]
