"""Search over everything a person said and everything that is known: a page, and the same as a layer over any other."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.conversations.search import (
    FEWEST_CHARACTERS,
    Piece,
    marked,
    related_chats,
    search_chats,
    search_files,
    words_of,
)
from assistant.conversations.selectors import sidebar
from assistant.web.base import UserPage
from memory import api as memory

FACTS = 8
CHATS = 20
FILES = 8
RECENT = 5


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that answers a search, with its words marked."""

    fact: memory.FactView
    text: tuple[Piece, ...]
    quote: tuple[Piece, ...]


def key_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """What each key does, by where it works."""
    return [
        (
            _("Anywhere"),
            [
                ("N", _("New chat")),
                ("Ctrl K", _("Search")),
                ("G C", _("To the chats")),
                ("G M", _("To memory")),
                ("G Q", _("To the questions")),
                ("G P", _("To the profile")),
                ("G S", _("To the settings")),
                ("U", _("Undo what was just done")),
                ("F6", _("Sidebar, page, receipt in turn")),
                ("Alt ↑ ↓", _("Previous, next chat")),
                ("?", _("This list")),
            ],
        ),
        (
            _("In a chat"),
            [
                ("/", _("To the message field")),
                ("Enter", _("Send")),
                ("Shift Enter", _("New line")),
                ("Esc", _("Close what is open, else stop the answer")),
                ("J K", _("Next, previous message")),
                ("R", _("What went into the answer")),
                ("E", _("Edit your message")),
                ("C", _("Copy the answer")),
                ("[ ]", _("Previous, next version")),
                ("T", _("Temporary, in an empty chat")),
            ],
        ),
    ]


class Search(UserPage):
    area = "search"
    asks_outside = True

    @property
    def query(self) -> str:
        """What is searched for."""
        return self.request.GET.get("q", "").replace("\x00", "").strip()[:200]

    def ask_outside(self) -> None:
        """The vector of what is searched for, where a server on the network makes it."""
        if len(self.query) >= FEWEST_CHARACTERS:
            memory.prepare_recall(self.user.pk, self.query)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Memory first, then chats by words, then chats by meaning, then files by name. Without words, the chats last spoken in."""
        q = self.query
        words = words_of(q)
        chats = search_chats(self.user.pk, q, limit=CHATS)
        known = {chat.conversation.id for chat in chats}
        facts = memory.facts_of(self.user.pk, memory.FactFilter(q=q), limit=FACTS).facts if words else ()
        context = {
            "q": q,
            "facts": [FoundFact(fact, marked(fact.text, words), marked(fact.quote, words)) for fact in facts],
            "chats": chats,
            "related": related_chats(self.user.pk, q, at=timezone.now(), known=known),
            "files": search_files(self.user.pk, q, limit=FILES),
            "recent": () if words else sidebar(self.user.pk, limit=RECENT),
        }
        if request.GET.get("part") == "results":
            return self.fragment("search/_results.html", context)
        return self.page("search/search.html", context)


class Keys(UserPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """The list of keys."""
        return self.page("search/keys.html", {"groups": key_groups()})
