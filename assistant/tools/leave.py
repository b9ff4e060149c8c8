"""Whether a call may be carried out, or the person has to be asked first. Decided by code, from what the turn holds; no model has a say.

A turn that holds text which anybody may have written (a page, a file, a server's answer) could have been told by it what to do. From then on whatever
changes memory or reaches the network is done only with the person's leave for exactly these bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import unquote_plus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistant.tools.base import Permission, Tool

WORDS = 3  # so many words in a row, as they stand in a memory, give it away
_WORD = re.compile(r"[^\W_]+(?:@[^\W_]+)?")


class Reason(StrEnum):
    """Why the person is asked."""

    ALWAYS = "always"  # this tool never runs without leave
    FOREIGN = "foreign"  # the turn holds text that anybody may have written
    PERSONAL = "personal"  # what would leave the server holds words of the person's memories


REASONS: dict[str, Promise] = {
    Reason.ALWAYS: _("This is never done without your leave."),
    Reason.FOREIGN: _("This answer has read text from elsewhere, which may have asked for it."),
    Reason.PERSONAL: _("What would be sent holds something I remember about you."),
}


def why_to_ask(
    tool: Tool, arguments: str, *, is_tainted: bool, memories: Iterable[str] = (), typed: str = ""
) -> Reason | None:
    """Why the person has to be asked before this call, or None when it may go ahead.

    `memories` are texts of what is remembered; `typed` is the person's own message: words that they wrote into it themselves may leave.
    """
    if tool.always_asks:
        return Reason.ALWAYS
    if tool.permission in (Permission.CHANGES, Permission.NETWORK) and is_tainted:
        return Reason.FOREIGN
    if tool.permission == Permission.NETWORK and gives_away(arguments, memories, typed=typed):
        return Reason.PERSONAL
    return None


def digest_of(name: str, arguments: str, preview: str, proof: str) -> str:
    """What an approval is bound to: every byte that was shown, and what the showing rested on."""
    joined = "\0".join((name, arguments, preview, proof))
    return hashlib.sha256(joined.encode()).hexdigest()


def gives_away(text: str, memories: Iterable[str], *, typed: str = "") -> bool:
    """Whether `text` holds so many words in a row of a memory, or one that tells by itself (an e-mail address, a long number)."""
    sent, own = _words(text), _words(typed)
    telling = {word for word in sent if _tells(word)} - set(own)
    for memory in memories:
        words = _words(memory)
        length = min(WORDS, len(words))  # a name of two words gives itself away
        if length > 1 and (_runs(sent, length) - _runs(own, length)) & _runs(words, length):
            return True
        if telling & set(words):
            return True
    return False


def _words(text: str) -> list[str]:
    """The words of a text; escaped as in an address, once or twice, they are the same."""
    return [word.casefold() for word in _WORD.findall(unquote_plus(unquote_plus(text)))]


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + length]) for place in range(len(words) - length + 1)}


def _tells(word: str) -> bool:
    """An e-mail address, or five digits and more."""
    return "@" in word or sum(sign.isdigit() for sign in word) >= 5
