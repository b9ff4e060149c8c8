"""The predicate registry: what can be known about somebody, and how it behaves. One line a predicate; adding one is one line.

The meaning of the columns stands in the design of memory: cardinality (`one`, `many`, `event`), decay class, sensitivity, topic, kind, and the
predicates of the same subject that are marked for review when this one changes or ends.
"""

from __future__ import annotations

from dataclasses import dataclass

FALLBACK = "states"


@dataclass(frozen=True, slots=True)
class Predicate:
    """One row of the registry."""

    name: str
    cardinality: str  # one, many, event
    decay: str  # fixed, slow, medium, fast, plan, pinned, event
    sensitivity: str
    topic: str
    kind: str
    review: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        return self.cardinality == "one"

    @property
    def is_event(self) -> bool:
        return self.cardinality == "event"

    @property
    def is_plan(self) -> bool:
        return self.decay == "plan"

    @property
    def is_fixed(self) -> bool:
        """A second value without a cue of correction is a conflict, not an update."""
        return self.decay == "fixed" and self.is_one

    @property
    def is_style(self) -> bool:
        return self.topic == "style"


def _row(
    name: str, cardinality: str, decay: str, sensitivity: str, topic: str, kind: str, review: str = ""
) -> Predicate:
    return Predicate(name, cardinality, decay, sensitivity, topic, kind, tuple(review.split()))


_ROWS = (
    _row("name", "one", "slow", "none", "identity", "state"),
    _row("preferred_name", "one", "pinned", "none", "identity", "state"),
    _row("pronouns", "one", "slow", "none", "identity", "state"),
    _row("birthday", "one", "fixed", "none", "identity", "state"),
    _row("age", "one", "medium", "none", "identity", "state"),
    _row("born_in", "one", "fixed", "none", "identity", "state"),
    _row("grew_up_in", "many", "fixed", "none", "identity", "state"),
    _row("nationality", "many", "slow", "none", "identity", "state"),
    _row("native_language", "many", "fixed", "none", "identity", "state"),
    _row("speaks", "many", "slow", "none", "identity", "state"),
    _row("email", "one", "slow", "none", "identity", "state"),
    _row("phone_number", "one", "slow", "none", "identity", "state"),
    _row("height", "one", "slow", "none", "identity", "state"),
    _row(
        "lives_in",
        "one",
        "slow",
        "none",
        "home",
        "state",
        "home_address home_type commute doctor dentist gym local_favourite neighbour landlord rent timezone parking",
    ),
    _row("home_address", "one", "slow", "location", "home", "state"),
    _row("home_type", "one", "slow", "none", "home", "state"),
    _row("lives_with", "many", "medium", "none", "home", "state"),
    _row("landlord", "one", "medium", "none", "home", "relation"),
    _row("neighbour", "many", "medium", "none", "home", "relation"),
    _row("local_favourite", "many", "medium", "none", "home", "preference"),
    _row("parking", "one", "medium", "location", "home", "state"),
    _row("timezone", "one", "slow", "none", "home", "state"),
    _row("commute", "one", "medium", "none", "routine", "state"),
    _row("gym", "one", "medium", "none", "routine", "state"),
    _row("wakes_at", "one", "medium", "none", "routine", "state"),
    _row("routine", "many", "medium", "none", "routine", "state"),
    _row("doctor", "one", "slow", "none", "health", "state"),
    _row("dentist", "one", "slow", "none", "health", "state"),
    _row(
        "works_at",
        "one",
        "slow",
        "none",
        "work",
        "state",
        "work_email manager colleague commute work_schedule work_mode work_project salary office occupation",
    ),
    _row("occupation", "one", "slow", "none", "work", "state", "work_schedule salary"),
    _row("work_email", "one", "medium", "none", "work", "state"),
    _row("office", "one", "medium", "none", "work", "state", "commute"),
    _row("manager", "one", "medium", "none", "work", "relation"),
    _row("colleague", "many", "medium", "none", "work", "relation"),
    _row("work_schedule", "one", "medium", "none", "work", "state"),
    _row("work_mode", "one", "medium", "none", "work", "state", "commute"),
    _row("work_project", "many", "fast", "none", "work", "state"),
    _row("salary", "one", "medium", "finance", "work", "state"),
    _row("studies", "one", "medium", "none", "education", "state", "deadline"),
    _row("studies_at", "one", "medium", "none", "education", "state", "commute deadline"),
    _row("degree", "many", "fixed", "none", "education", "state"),
    _row("learning", "many", "fast", "none", "education", "state"),
    _row("skill", "many", "slow", "none", "education", "state"),
    _row("licence", "many", "slow", "none", "education", "state"),
    _row("partner", "one", "slow", "none", "family", "relation", "relationship_status lives_with anniversary in_law"),
    _row("relationship_status", "one", "slow", "none", "family", "state"),
    _row("anniversary", "one", "slow", "none", "family", "state"),
    _row("child", "many", "slow", "children", "family", "relation"),
    _row("school", "one", "medium", "children", "family", "state"),
    _row("parent", "many", "fixed", "none", "family", "relation"),
    _row("sibling", "many", "fixed", "none", "family", "relation"),
    _row("relative", "many", "slow", "none", "family", "relation"),
    _row("in_law", "many", "slow", "none", "family", "relation"),
    _row("ex_partner", "many", "slow", "none", "people", "relation"),
    _row("friend", "many", "slow", "none", "people", "relation"),
    _row("pet", "many", "slow", "none", "family", "relation", "vet"),
    _row("species", "one", "fixed", "none", "family", "state"),
    _row("vet", "one", "slow", "none", "family", "state"),
    _row("allergic_to", "many", "slow", "health", "health", "state"),
    _row("has_condition", "many", "slow", "health", "health", "state", "takes_medication"),
    _row("takes_medication", "many", "medium", "health", "health", "state"),
    _row("blood_type", "one", "fixed", "health", "health", "state"),
    _row("injury", "event", "event", "health", "health", "event"),
    _row("therapist", "one", "medium", "health", "health", "state"),
    _row("due_date", "one", "plan", "health", "health", "plan"),
    _row("smokes", "one", "slow", "health", "health", "state"),
    _row("diet", "one", "slow", "none", "food", "state", "favourite_food"),
    _row("favourite_food", "many", "slow", "none", "food", "preference"),
    _row("avoids_food", "many", "slow", "none", "food", "preference"),
    _row("favourite_drink", "one", "medium", "none", "food", "preference"),
    _row("likes", "many", "slow", "none", "interests", "preference"),
    _row("dislikes", "many", "slow", "none", "interests", "preference"),
    _row("hobby", "many", "slow", "none", "interests", "state"),
    _row("sport", "many", "medium", "none", "interests", "state"),
    _row("plays_instrument", "many", "slow", "none", "interests", "state"),
    _row("supports_team", "many", "slow", "none", "interests", "preference"),
    _row("favourite_music", "many", "slow", "none", "interests", "preference"),
    _row("favourite_film", "many", "slow", "none", "interests", "preference"),
    _row("favourite_book", "many", "slow", "none", "interests", "preference"),
    _row("favourite_colour", "one", "slow", "none", "interests", "preference"),
    _row("reading", "one", "fast", "none", "interests", "state"),
    _row("member_of", "many", "medium", "none", "interests", "state"),
    _row("drives", "one", "slow", "none", "things", "state", "parking insurance"),
    _row("owns", "many", "slow", "none", "things", "state"),
    _row("uses_device", "many", "medium", "none", "things", "state"),
    _row("uses_software", "many", "medium", "none", "things", "state"),
    _row("subscription", "many", "medium", "none", "things", "state"),
    _row("insurance", "many", "medium", "finance", "finance", "state"),
    _row("bank", "one", "slow", "finance", "finance", "state"),
    _row("rent", "one", "medium", "finance", "finance", "state"),
    _row("debt", "many", "medium", "finance", "finance", "state"),
    _row("saves_for", "many", "medium", "finance", "finance", "state"),
    _row("religion", "one", "slow", "beliefs", "beliefs", "state"),
    _row("politics", "many", "medium", "beliefs", "beliefs", "state"),
    _row("sexual_orientation", "one", "slow", "sexuality", "identity", "state"),
    _row("goal", "many", "medium", "none", "plans", "state"),
    _row("plans_to", "many", "plan", "none", "plans", "plan"),
    _row("trip", "many", "plan", "none", "plans", "plan"),
    _row("appointment", "many", "plan", "none", "plans", "plan"),
    _row("deadline", "many", "plan", "none", "plans", "plan"),
    _row("did", "event", "event", "none", "events", "event"),
    _row("visited", "event", "event", "none", "events", "event"),
    _row("bought", "event", "event", "none", "events", "event"),
    _row("achieved", "event", "event", "none", "events", "event"),
    _row("answer_style", "many", "pinned", "none", "style", "instruction"),
    _row("answer_language", "one", "pinned", "none", "style", "instruction"),
    _row("answer_length", "one", "pinned", "none", "style", "instruction"),
    _row("units", "one", "pinned", "none", "style", "instruction"),
    _row("avoid_topic", "many", "pinned", "none", "style", "instruction"),
    _row("code_language", "one", "slow", "none", "style", "instruction"),
    _row("states", "many", "medium", "none", "other", "state"),
)

REGISTRY: dict[str, Predicate] = {row.name: row for row in _ROWS}
TOPICS: tuple[str, ...] = tuple(dict.fromkeys(row.topic for row in _ROWS))

# Predicates whose value names somebody: the value is an entity that other facts can be about.
RELATIONS = frozenset(row.name for row in _ROWS if row.kind == "relation") | {
    "therapist",
    "doctor",
    "dentist",
    "vet",
    "lives_with",
}
# What the profile block says first, and how much the rest matters there. Higher comes earlier.
IMPORTANCE: dict[str, float] = {
    "name": 1.0,
    "preferred_name": 1.0,
    "pronouns": 1.0,
    "lives_in": 0.9,
    "works_at": 0.8,
    "occupation": 0.8,
    "partner": 0.8,
    "allergic_to": 0.85,
    "diet": 0.8,
    "child": 0.75,
    "birthday": 0.6,
    "age": 0.6,
    "studies": 0.7,
    "studies_at": 0.65,
    "pet": 0.6,
    "timezone": 0.6,
    "has_condition": 0.7,
    "speaks": 0.55,
    "native_language": 0.55,
    "sibling": 0.55,
    "parent": 0.55,
    "nationality": 0.5,
    "relationship_status": 0.5,
}


def predicate_of(name: str) -> Predicate:
    """The row of `name`; names that are not in the registry fall back to `states`."""
    return REGISTRY.get(name) or REGISTRY[FALLBACK]


def is_known(name: str) -> bool:
    return name in REGISTRY


def stricter(one: str, other: str) -> str:
    """The stricter of two sensitivities: secret before what needs consent before places and children before none."""
    order = ("none", "children", "location", "finance", "health", "beliefs", "sexuality", "secret")
    return max(one, other, key=lambda kind: order.index(kind) if kind in order else 0)
