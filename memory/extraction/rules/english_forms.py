"""Small words that English patterns share."""

from __future__ import annotations

ADVERBS = r"(?:(?:also|now|currently|still|actually|just|really|basically|mostly|usually|officially|already|recently|always|absolutely|both|all|proudly|happily|finally|only|do|truly|totally|kinda|quite) )*"
SELF = rf"\b(?:i|we) {ADVERBS}"
AM = rf"\b(?:i['’]?m|i am|we['’]?re|we are) {ADVERBS}"
HAVE = rf"\b(?:i|we)(?:['’]?ve| have)?(?: got)? {ADVERBS}"
MY = r"\b(?:my|our) "
OLDER = r"(?:(?:older|younger|elder|big|little|twin|best|dear|late|new|current|lovely|good|old|other|eldest|youngest|only|middle|baby|first|second|step|half) |(?:step|half|foster)-?)*"
COUNT = r"(?:a|an|one|two|three|four|five|six|\d+)"
I_DID = r"\bi(?:['’]ve| have)? (?:just |recently |finally )?"
WE_DID = r"\b(?:i|we)(?:['’]ve| have)? (?:just |recently |finally )?"
UPPER = r"(?-i:[A-ZÀ-ÞŁŚ])"
