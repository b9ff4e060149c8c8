"""Search over everything a person said and everything that is known: a page, and the same as a layer over any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from assistant.web.facts import TOPICS, topic_of
from memory import api as memory

FACTS = 20
CHATS = 20
FILES = 20
FEW = {"memory": 4, "chats": 5, "files": 3}  # of each kind where all are shown
RECENT = 5
KINDS = ("memory", "chats", "files")
MOST_FACTS = 100  # looked through for those of a time
# How far back is looked, by the name in the address; the first is what is usual.
TIMES = {
    "": (gettext_lazy("Any time"), None),
    "week": (gettext_lazy("Last 7 days"), timedelta(days=7)),
    "month": (gettext_lazy("Last 30 days"), timedelta(days=30)),
    "year": (gettext_lazy("Last 12 months"), timedelta(days=365)),
}


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that answers a search, with its words marked."""

    fact: memory.FactView
    text: tuple[Piece, ...]
    quote: tuple[Piece, ...]

    @property
    def topic(self) -> str:
        """The heading it stands under on the memory page."""
        return str(TOPICS[topic_of(self.fact)][0])


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the filters above the results, and how many it finds."""

    key: str  # empty for all
    title: str
    count: int


def kinds_of(counts: Mapping[str, int]) -> list[Kind]:
    """The filters, everything first. `counts`: by kind."""
    titles = {"memory": _("Memory"), "chats": _("Chats"), "files": _("Files")}
    return [Kind("", _("All"), sum(counts.values())), *(Kind(name, titles[name], counts[name]) for name in KINDS)]


def key_groups(*, sends_by_ctrl_enter: bool = False) -> list[tuple[str, list[tuple[str, str]]]]:
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
                ("Ctrl Enter" if sends_by_ctrl_enter else "Enter", _("Send")),
                ("Enter" if sends_by_ctrl_enter else "Shift Enter", _("New line")),
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

    @property
    def kind(self) -> str:
        """What alone is to be found; empty for everything."""
        wanted = self.request.GET.get("kind", "")
        return wanted if wanted in KINDS else ""

    @property
    def time(self) -> str:
        """How far back is looked: a key of TIMES."""
        wanted = self.request.GET.get("since", "")
        return wanted if wanted in TIMES else ""

    def facts(self, since: datetime | None) -> list[memory.FactView]:
        """What is known and answers the search; `since`: said not before."""
        wanted = memory.FactFilter(q=self.query)
        found = memory.facts_of(self.user.pk, wanted, limit=MOST_FACTS if since else FACTS).facts
        return [fact for fact in found if since is None or (fact.said_at or fact.recorded_at) >= since][:FACTS]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Memory first, then chats by words, then chats by meaning, then files by name. Without words, the chats last spoken in."""
        q, kind, now = self.query, self.kind, timezone.now()
        words, back = words_of(q), TIMES[self.time][1]
        since = now - back if back else None
        chats = search_chats(self.user.pk, q, limit=CHATS, since=since)
        known = {chat.conversation.id for chat in chats}
        facts = self.facts(since) if words else []
        related = related_chats(self.user.pk, q, at=now, known=known)
        related = [chat for chat in related if since is None or chat.conversation.spoken_at >= since]
        files = search_files(self.user.pk, q, limit=FILES, since=since)
        counts = {"memory": len(facts), "chats": len(chats) + len(related), "files": len(files)}
        most = {name: CHATS if kind == name else 0 if kind else FEW[name] for name in KINDS}
        context = {
            "q": q,
            "kind": kind,
            "kinds": kinds_of(counts) if words else (),
            "time": self.time,
            "times": [(name, words) for name, (words, _back) in TIMES.items()],
            "more": {} if kind else {name: max(0, counts[name] - most[name]) for name in KINDS},
            "is_found": bool(counts[kind] if kind else sum(counts.values())),
            "facts": [
                FoundFact(fact, marked(fact.text, words), marked(fact.quote, words)) for fact in facts[: most["memory"]]
            ],
            "chats": chats[: most["chats"]],
            "related": related[: max(0, most["chats"] - len(chats)) if not kind else most["chats"]],
            "files": files[: most["files"]],
            "recent": () if words else sidebar(self.user.pk, limit=RECENT),
        }
        if request.GET.get("part") == "results":
            return self.fragment("search/_results.html", context)
        return self.page("search/search.html", context)


class Keys(UserPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """The list of keys."""
        groups = key_groups(sends_by_ctrl_enter=self.profile.sends_by_ctrl_enter)
        return self.page("search/keys.html", {"groups": groups})
