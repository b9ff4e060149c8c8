"""How the built-in model says things: phrases, days, lists and facts as sentences in the second person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from assistant.llm.builtin.relations import relation_of, relation_said
from assistant.llm.builtin.tables import read_columns, read_words
from memory.english import article_before
from memory.lines import LineKind, MemoryLine

PLANS = frozenset(("goal", "plans_to", "trip", "appointment", "deadline", "due_date"))
EVENTS = frozenset(("did", "visited", "bought", "achieved", "injury"))
UNDATED = frozenset(
    ("name", "birthday", "born_in", "grew_up_in", "native_language", "anniversary", "blood_type", "species", "age")
)
UNDATED |= frozenset(
    ("answer_style", "answer_language", "answer_length", "units", "avoid_topic", "preferred_name", "pronouns")
)
MASKED = frozenset(("home_address", "parking", "child", "school"))  # masked in lists: location and children
PAST_STATUS = frozenset(("superseded", "expired"))
SHOWN_STATUS = frozenset(("active", "disputed", "proposed")) | PAST_STATUS
_DAY = {"en": "d MMMM", "de": "d. MMMM", "es": "d 'de' MMMM", "nb": "d. MMMM"}
_WITH_YEAR = {"en": "d MMMM y", "de": "d. MMMM y", "es": "d 'de' MMMM 'de' y", "nb": "d. MMMM y"}
_MONTH = {"en": "MMMM y", "de": "MMMM y", "es": "MMMM 'de' y", "nb": "MMMM y"}
# Words a sentence may begin with that are written small inside another; elsewhere the first word is a name or a German noun.
_SMALL = {
    "en": None,
    "de": frozenset(
        [
            "Du",
            "Dein",
            "Deine",
            "Dir",
            "Ich",
            "Euer",
            "Das",
            "Was",
            "So",
            "Ein",
            "Eine",
            "Von",
            "Mit",
            "Nebenan",
            "An",
            "Vorgesetzt",
            "Befreundet",
            "Abonniert",
            "Versichert",
            "Fällig",
            "Früher",
            "Aus",
            "Der",
            "Die",
            "Als",
            "Zu",
            "War",
        ]
    ),
    "es": None,
    "nb": None,
}
_ARTICLE = re.compile(r"^(?:an?|the|my|your|his|her|its|our|their|some|two|three|four|several|\d+)\b", re.IGNORECASE)
_ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_THE = {"de": "der ", "es": "el "}  # before a day of the month
_CITE = re.compile(r" \[[fts]:[0-9a-z-]+\]")
QUOTE_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Speech:
    """A language, the day it is spoken on and the links it may give."""

    language: str
    today: date | None
    memory_link: str = "/memory/"
    models_link: str = "/settings/models/"

    def phrase(self, key: str, **values: object) -> str:
        """The phrase `key` with its places filled. Values are put in as they are, never read as places again."""
        text = read_columns(f"phrases/{self.language}.txt")[key][0]
        places = {"memory": self.memory_link, "models": self.models_link, **values}
        return re.sub(r"\{(\w+)\}", lambda match: str(places.get(match[1], match[0])), text)

    def listed(self, items: Sequence[str], *, joint: str = "and") -> str:
        """ "a, b and c"; with semicolons where an item has a comma or a colon of its own. `joint` is "and" or "or"."""
        if len(items) < 2:
            return "".join(items)
        if any(mark in _CITE.sub("", item) for item in items for mark in (",", ":")):
            return "; ".join(items)
        word = self.phrase(joint)
        if self.language == "es":
            word = (
                {"y": "e", "o": "u"}[word]
                if re.match(r"h?i(?![aeo])" if joint == "and" else r"h?o", items[-1].casefold())
                else word
            )
        return f"{', '.join(items[:-1])} {word} {items[-1]}"

    # days

    def bare_day(self, day: date) -> str:
        """ "3 May", with its year when that is another than today's."""
        patterns = _DAY if self.today and day.year == self.today.year else _WITH_YEAR
        return str(format_date(day, patterns[self.language], locale=self.language))

    def day(self, day: date | None) -> str:
        """ "today", "yesterday", "last Tuesday" within a week, else "on 3 May"."""
        if day is None:
            return ""
        ago = (self.today - day).days if self.today else None
        if ago in (0, 1, -1):
            return self.phrase({0: "today", 1: "yesterday", -1: "tomorrow"}[ago])
        if ago is not None and 1 < ago < 7:
            return self.phrase("last_weekday", weekday=format_date(day, "EEEE", locale=self.language))
        return self.phrase("on_day", day=self.bare_day(day))

    def span(self, word: str, day: date, precision: str) -> str:
        """`day` after "since", "until" or "in" (or "from"), no more exact than `precision`."""
        if precision == "year":
            return self.phrase(f"{word}_year", year=day.year)
        if precision == "month":
            return self.phrase(f"{word}_month", month=format_date(day, _MONTH[self.language], locale=self.language))
        if precision == "week" and word == "since":
            return self._since_week(day)
        if precision == "week" and word == "in":
            return self.phrase("in_week", day=self.bare_day(day))
        return self.day(day) if word == "in" else self.phrase(f"{word}_day", day=self.bare_day(day))

    def _since_week(self, day: date) -> str:
        monday = day - timedelta(days=day.weekday())
        this = self.today - timedelta(days=self.today.weekday()) if self.today else None
        if this and monday == this:
            return self.phrase("since_this_week")
        if this and monday == this - timedelta(weeks=1):
            return self.phrase("since_last_week")
        return self.phrase("since_week", day=self.bare_day(day))

    # facts

    def fact(self, fact: MemoryLine, *, past: bool = False, timed: bool = True) -> str:
        """`fact` as a sentence; with since or until when in brackets. An unknown predicate is told in its own text, quoted."""
        return self.facts_together([fact], past=past, timed=timed)

    def facts_together(self, facts: Sequence[MemoryLine], *, past: bool = False, timed: bool = True) -> str:
        """Facts of one predicate and subject as one sentence: "You speak German and Spanish."."""
        first = facts[0]
        joint = "or" if any(fact.status == "disputed" for fact in facts) else "and"
        values = self.listed(list(dict.fromkeys(self.value(fact) for fact in facts)), joint=joint)
        text = self._named(first, values, past=past) if len(facts) == 1 else ""
        columns = read_columns(f"sentences/{self.language}.txt").get(first.predicate, ())
        template = "" if len(columns) < 4 else columns[3] if not is_user(first) else columns[2] if past else columns[1]
        if not text and (not template or not values):
            text = " ".join(self.phrase("noted", text=fact.text or self.value(fact)) for fact in facts)
        if not text:
            places = {"value": values, "a": with_article(values), "who": first.subject}
            places["bare"] = re.sub(r"^(?:the|an?) ", "", values, flags=re.IGNORECASE)
            places["day"] = f"{_THE.get(self.language, '')}{values}" if values[:1].isdigit() else values
            text = re.sub(r"\{(\w+)\}", lambda match: places.get(match[1], match[0]), template)
        when = self.when(first, past=past) if timed and len(facts) == 1 else ""
        told = f"{text.removesuffix('.')} ({when})" if when else text.removesuffix(".")
        return f"{told}{cite(*facts)}."

    def value(self, fact: MemoryLine) -> str:
        """The value as it was said; a bare ISO day in the words of the language."""
        value = fact.value.strip().rstrip(".")
        if _ISO_DAY.match(value):
            try:
                return str(format_date(date.fromisoformat(value), _WITH_YEAR[self.language], locale=self.language))
            except ValueError:
                return value
        return value

    def _named(self, fact: MemoryLine, value: str, *, past: bool) -> str:
        """ "Your sister is called Ana." where the fact says which relation the named one is."""
        if not is_user(fact) or not value[:1].isupper():
            return ""
        relation = relation_of(fact)
        said = relation_said(relation, language=self.language) if relation else ""
        if not said:
            return ""
        verbs = {
            "en": ("is called", "was called"),
            "de": ("heißt", "hieß"),
            "es": ("se llama", "se llamaba"),
            "nb": ("heter", "het"),
        }
        return f"{said[:1].upper()}{said[1:]} {verbs[self.language][past]} {value}."

    def when(self, fact: MemoryLine, *, past: bool = False) -> str:
        """Since, until or when, as far as `fact` says."""
        if fact.predicate in UNDATED:
            return ""
        if fact.predicate in EVENTS:
            return self.span("in", fact.since, fact.precision) if fact.since else ""
        if fact.predicate in PLANS:
            return self._planned(fact)
        if past or fact.status in PAST_STATUS:
            return self.span("until", fact.until, "day") if fact.until else ""
        if fact.since and self.today and fact.since > self.today:
            return self.phrase("from_day", day=self.bare_day(fact.since))
        return self.span("since", fact.since, fact.precision) if fact.since else ""

    def _planned(self, fact: MemoryLine) -> str:
        start, end = fact.since, fact.until or fact.expires_on
        if start and end and end > start:
            return f"{self.phrase('from_day', day=self.bare_day(start))} {self.phrase('until_day', day=self.bare_day(end))}"
        if start:
            return self.span("in", start, fact.precision)
        if not end:
            return ""
        spoken = self.bare_day(end) in fact.value or end.isoformat() in fact.value
        return "" if spoken else self.day(end)

    def inside(self, sentence: str) -> str:
        """A sentence as it stands inside another: no full stop, a small first letter where the language writes one."""
        text = sentence.removesuffix(".")
        small = _SMALL[self.language]
        first = text.split(" ", 1)[0]
        begins = {
            columns[index].split(" ", 1)[0]
            for columns in read_columns(f"sentences/{self.language}.txt").values()
            for index in (1, 2, 3)
            if len(columns) > index
        }
        if first not in begins and first not in ("Your", "Tu", "Aus", "De", "Dein", "Deine", "I", "Ich"):
            return text
        if first in ("I", "I'm") or (small is not None and first not in small):
            return text
        return text[:1].lower() + text[1:]

    def label(self, predicate: str) -> str:
        """What `predicate` is about ("where you live"); for an unknown one what the table says of the rest."""
        table = read_columns(f"sentences/{self.language}.txt")
        return (table.get(predicate) or table["states"])[0]

    def source(self, facts: Sequence[MemoryLine]) -> str:
        """Who said so and when: "You told me on 3 May."; empty when it would be a longer list than the answer."""
        days = [fact.said_on for fact in facts if fact.said_on]
        origins = {fact.origin for fact in facts}
        if not days or len(origins) > 1:
            return ""
        origin = origins.pop()
        unique = list(dict.fromkeys(sorted(days)))
        if origin != "user_said":
            key = f"via_{origin}"
            known = key in read_columns(f"phrases/{self.language}.txt")
            return self.phrase(key, day=self.day(unique[-1])) if known else ""
        if len(unique) == 1:
            return self.phrase("told", day=self.day(unique[0]))
        return self.phrase("told_many", days=self.listed([self.day(day) for day in unique])) if len(unique) <= 3 else ""

    def doubts(self, facts: Iterable[MemoryLine]) -> list[str]:
        """What speaks against relying on `facts`."""
        facts = list(facts)
        keys = []
        if any(fact.status == "disputed" for fact in facts):
            keys.append("disputed")
        if any(
            fact.status == "proposed" and not (fact.since and self.today and fact.since > self.today) for fact in facts
        ):
            keys.append("proposed")
        if any(fact.out_of_date for fact in facts):
            keys.append("out_of_date")
        return [self.phrase(key) for key in keys]

    def quote(self, text: str) -> str:
        """`text` cut to a length that can be read at a glance."""
        return text if len(text) <= QUOTE_CHARACTERS else text[:QUOTE_CHARACTERS].rsplit(" ", 1)[0] + " …"


def cite(*lines: MemoryLine) -> str:
    """The ids of the memory lines that words rest on, to stand behind them, as any model is asked to write them."""
    kinds = (LineKind.FACT, LineKind.TURN, LineKind.SUMMARY)
    return "".join(f" [{line.kind}:{line.id}]" for line in lines if line.kind in kinds)


def is_user(line: MemoryLine) -> bool:
    """Whether `line` is about the person asking."""
    return line.subject.casefold() in ("user", "")


def is_past(line: MemoryLine, today: date | None) -> bool:
    """Whether what `line` says no longer holds."""
    if line.predicate in EVENTS:
        return False
    return line.status in PAST_STATUS or bool(today and line.until and line.until < today)


def is_shown(line: MemoryLine) -> bool:
    """Whether `line` may be told at all: what is wrong or withdrawn may not."""
    return line.kind == LineKind.FACT and line.status in SHOWN_STATUS


def with_article(value: str) -> str:
    """An English value as a noun phrase: "chemistry teacher" becomes "a chemistry teacher"; names and plurals stay."""
    first = value.split(" ", 1)[0]
    if _ARTICLE.match(value) or first[:1].isupper() or ("," in value) or value.endswith("s"):
        return value
    return f"{article_before(value)} {value}"


def topic_of(predicate: str) -> str:
    """The topic of `predicate`, "other" for an unknown one."""
    return next(
        (
            topic
            for topic, names in read_words("topics.txt").items()
            if not topic.startswith("@") and predicate in names
        ),
        "other",
    )
