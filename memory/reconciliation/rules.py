"""What a new claim does to what is known: pure decisions by value and time. No database, no model.

`decide` gets a claim and the facts that it could touch, and returns what to do, in the order in which it must be done: whatever retires comes before
whatever becomes active, because a slot holds one active fact at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from memory.facts.predicates import Predicate
from memory.values import contains_words, means_the_same

TRUSTED = ("user_said", "user_edited", "admin")
# "I live in Leipzig", and then "we moved to Dresden last weekend": the first has no date but that of its turn, so a change told since holds now, though it
# began some days before. See decision 0011.
JUST_BEFORE = timedelta(days=10)
WEAK = 0.5  # below this confidence a fact waits for the user, and does nothing else


class Do(StrEnum):
    """What happens to one fact, or to the claim itself."""

    ADD = "add"  # the claim becomes an active fact
    REINFORCE = "reinforce"  # the claim is evidence for the target
    EXTEND = "extend"  # the claim says more than the target, and takes its place
    SUPERSEDE = "supersede"  # the target's window closes when the claim's begins
    HISTORY = "history"  # the claim is stored as what held before
    END = "end"  # the target held until the claim's day
    WRONG = "wrong"  # the target never held
    DISPUTE = "dispute"  # target and claim contradict each other: one question
    MOVE = "move"  # the target is a plan whose date changed
    REDATE = "redate"  # the claim corrects the target's dates
    PROPOSE = "propose"  # the claim waits: for its day, or for the user
    PROMOTE = "promote"  # the target waited, and now takes its slot
    REVIVE = "revive"  # the target was thought to be over, and holds after all
    ASK_TYPED = "ask typed"  # the claim differs from a typed value: it waits, with one question
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Mention:
    """One time that a value was claimed: from when it was said to hold, and when that was said; or that it was said to be over."""

    start: date
    said_at: datetime
    is_end: bool = False
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as the rules see it. `start`: valid_from, or the day on which it was first said."""

    id: UUID
    value: str
    value_key: str
    status: str
    start: date
    is_dated: bool
    valid_to: date | None
    precision: str
    said_at: datetime
    origin: str
    is_named: bool = False  # its value stands in the turn that makes the claim
    is_denied: bool = False  # and is said there not to be so: "not Suri, Sury. Nube is right"
    mentions: tuple[
        Mention, ...
    ] = ()  # all that was said for it; needed only in a slot with a history, or when a claim arrives late


@dataclass(frozen=True, slots=True)
class Claim:
    """What was just said. `today` is the day on which it was said, in the user's zone."""

    value: str
    value_key: str
    change: str
    start: date
    is_dated: bool
    valid_to: date | None
    precision: str
    said_at: datetime
    today: date
    confidence: float = 0.9
    is_trusted: bool = True  # said or typed by the user
    is_typed: bool = False  # typed on the profile page, or an explicit command


@dataclass(frozen=True, slots=True)
class Step:
    do: Do
    target: UUID | None = None
    reason: str = ""


def _later(claim: Claim, known: Known) -> bool:
    """Whether the claim holds after `known`: the later start wins, on the same day the later turn. See also JUST_BEFORE."""
    if claim.said_at >= known.said_at:
        return _takes_over(claim.start, claim.is_dated, known.start, known.is_dated)
    return not _takes_over(known.start, known.is_dated, claim.start, claim.is_dated)


def _takes_over(start: date, is_dated: bool, before: date, was_dated: bool) -> bool:
    """Whether what was said later, with this start, takes the place of what was said earlier."""
    return start >= (before - JUST_BEFORE if is_dated and not was_dated else before)


def _same(claim: Claim, known: Known) -> bool:
    return claim.value_key == known.value_key


def _close(claim: Claim, known: Known) -> bool:
    return _same(claim, known) or means_the_same(claim.value, known.value)


def decide(predicate: Predicate, claim: Claim, facts: Sequence[Known]) -> list[Step]:
    """The steps for one claim.

    `facts` are those of the same subject, predicate and scope that are active, disputed, proposed or superseded.
    """
    if claim.change == "negates":
        return _negate(claim, facts)
    if claim.change == "ends":
        return _end(predicate, claim, facts)
    if claim.confidence < WEAK or not claim.is_trusted:
        same = next((known for known in facts if _same(claim, known) and known.status in ("active", "proposed")), None)
        return [Step(Do.NOTHING, same.id, "known")] if same else [Step(Do.PROPOSE, reason="unsure")]
    # What waits for the user because it came from elsewhere is no part of what the user said.
    facts = [known for known in facts if known.status != "proposed" or known.origin in TRUSTED]
    if claim.change == "corrects":
        return _correct(predicate, claim, facts)
    if predicate.is_one:
        return _assert_one(predicate, claim, facts)
    return _assert_many(predicate, claim, facts)


def _negate(claim: Claim, facts: Sequence[Known]) -> list[Step]:
    typed = [known for known in facts if _close(claim, known) and known.origin == "user_edited" and not claim.is_typed]
    said = [known for known in facts if known.said_at <= claim.said_at]  # what was said since is not taken back by it
    hit = [known for known in said if _same(claim, known)] or [known for known in said if _close(claim, known)]
    return [Step(Do.WRONG, known.id, "negated") for known in hit if known not in typed] or [Step(Do.NOTHING)]


def _end(predicate: Predicate, claim: Claim, facts: Sequence[Known]) -> list[Step]:
    held = [known for known in facts if known.status in ("active", "disputed", "proposed")]
    hit = [known for known in held if _same(claim, known)] or [known for known in held if _close(claim, known)]
    if hit:
        return [
            Step(Do.REINFORCE, known.id, "said again since")
            if known.said_at > claim.said_at
            else Step(Do.END, known.id, "ended")
            for known in hit
        ]
    if claim.confidence < WEAK:
        return [Step(Do.NOTHING)]  # told without being sure that it ever held
    past = next((known for known in facts if _same(claim, known)), None)
    entry = Step(Do.REINFORCE, past.id, "ended before") if past else Step(Do.HISTORY, reason="ended")
    active = next((known for known in facts if known.status == "active"), None)
    if predicate.is_one and active and _is_replayable(predicate, claim, active, facts):
        holder = _holder(facts, claim)
        if holder != active.value_key:  # what holds now rested on the order that this turns
            return [entry, *_hand_over(holder, active, facts)]
    return [entry]


def _correct(predicate: Predicate, claim: Claim, facts: Sequence[Known]) -> list[Step]:
    held = [known for known in facts if known.status in ("active", "disputed", "proposed")]
    equal = next((known for known in held if _same(claim, known)), None)
    others = [known for known in held if known is not equal and known.said_at <= claim.said_at]
    typed = next((known for known in others if known.origin == "user_edited"), None)
    if predicate.is_one:
        if typed and not claim.is_typed:
            return [Step(Do.ASK_TYPED, typed.id)]
        wrong = [Step(Do.WRONG, known.id, "corrected") for known in others]
        if equal:
            return [*wrong, Step(Do.REDATE, equal.id, "corrected")]
        newer = [known for known in held if known.said_at > claim.said_at]
        if newer and not wrong:  # the correction arrives late: something newer stands in the slot already
            past = [known for known in facts if known.status == "superseded" and known.said_at <= claim.said_at]
            last = max(past, key=lambda known: known.said_at, default=None)
            return [*([Step(Do.WRONG, last.id, "corrected")] if last else []), Step(Do.HISTORY, newer[0].id, "late")]
        return [*wrong, Step(Do.ADD, reason="correction")]
    named = [known for known in others if known.is_denied] or [known for known in others if known.is_named]
    target = named if len(named) == 1 else others if len(others) == 1 and not equal else []
    wrong = [
        Step(Do.WRONG, known.id, "corrected") for known in target if known.origin != "user_edited" or claim.is_typed
    ]
    if equal:
        return [*wrong, Step(Do.REDATE, equal.id, "corrected")]
    if len(others) > 1 and not wrong:
        return [Step(Do.NOTHING, reason="which one is not said")]
    return [*wrong, Step(Do.ADD, reason="correction")]


def _assert_many(predicate: Predicate, claim: Claim, facts: Sequence[Known]) -> list[Step]:
    held = [known for known in facts if known.status in ("active", "disputed", "proposed")]
    equal = next((known for known in held if _same(claim, known) and _same_event(predicate, claim, known)), None)
    if equal:
        moved = predicate.is_plan and claim.is_dated and claim.start != equal.start
        if moved and claim.said_at >= equal.said_at:
            return [Step(Do.MOVE, equal.id, "moved")]
        if equal.status == "proposed" and claim.start <= claim.today:
            return [Step(Do.PROMOTE, equal.id, "said for certain")]
        return [Step(Do.REINFORCE, equal.id, "said again")]
    ended = next((known for known in facts if _same(claim, known) and _was_ended_since(claim, known)), None)
    if ended and not predicate.is_event and not predicate.is_plan:
        return [Step(Do.REINFORCE, ended.id, "before it ended")]
    if claim.valid_to and claim.valid_to < claim.today and not predicate.is_event and not predicate.is_plan:
        return [Step(Do.HISTORY, reason="over")]
    if claim.start > claim.today and not predicate.is_event and not predicate.is_plan:
        return [Step(Do.PROPOSE, reason="not yet")]
    return [Step(Do.ADD)]


def _was_ended_since(claim: Claim, known: Known) -> bool:
    return known.status == "superseded" and any(
        mention.is_end and mention.said_at >= claim.said_at for mention in known.mentions
    )


def _same_event(predicate: Predicate, claim: Claim, known: Known) -> bool:
    """Events are the same when they happened on the same day; of an undated repeat nobody knows better."""
    return not predicate.is_event or claim.start == known.start or not (claim.is_dated and known.is_dated)


def _assert_one(predicate: Predicate, claim: Claim, facts: Sequence[Known]) -> list[Step]:
    active = next((known for known in facts if known.status == "active"), None)
    disputed = [known for known in facts if known.status == "disputed"]
    if disputed:
        equal = next((known for known in disputed if _same(claim, known)), None)
        if equal:
            return [Step(Do.REINFORCE, equal.id, "said again")]
        return [Step(Do.DISPUTE, known.id, "joins") for known in disputed]
    if claim.start > claim.today and not predicate.is_plan:
        return _ahead(claim, facts)
    if claim.valid_to and claim.valid_to < claim.today and not predicate.is_plan:
        past = next((known for known in facts if _same(claim, known) and known.status == "superseded"), None)
        return [Step(Do.REINFORCE, past.id, "over")] if past else [Step(Do.HISTORY, reason="over")]
    if active is None:
        if _is_replayable(predicate, claim, None, facts):
            return _replayed(claim, None, facts)
        return _into_empty(claim, facts)
    if _is_replayable(predicate, claim, active, facts):
        return _replayed(claim, active, facts)
    return _against(predicate, claim, active, facts)


def _is_replayable(predicate: Predicate, claim: Claim, active: Known | None, facts: Sequence[Known]) -> bool:
    """Whether the slot follows from what was said alone: nothing typed or done by hand, nothing fixed, no value that extends another."""
    if predicate.is_fixed or predicate.is_plan or claim.is_typed:
        return False
    if any(known.origin != "user_said" for known in facts) or not any(known.mentions for known in facts):
        return False
    if _holder(facts) != (active.value_key if active else ""):
        return False
    return not any(
        contains_words(claim.value, known.value) or contains_words(known.value, claim.value)
        for known in ([active] if active else facts)
    )


def _waiting(claim: Claim, facts: Sequence[Known]) -> Known | None:
    return next((known for known in facts if known.status == "proposed" and _same(claim, known)), None)


def _into_empty(claim: Claim, facts: Sequence[Known]) -> list[Step]:
    if waiting := _waiting(claim, facts):
        return [Step(Do.PROMOTE, waiting.id, "came true")]
    later = [
        known
        for known in facts
        if known.status == "superseded" and not _later(claim, known) and not _same(claim, known)
    ]
    ended = [known for known in facts if known.status == "superseded" and _same(claim, known) and known.valid_to]
    if any(claim.said_at <= known.said_at for known in ended):  # told after it was told to be over
        return [Step(Do.REINFORCE, ended[0].id, "before it ended")]
    if later:
        return [Step(Do.HISTORY, later[0].id, "late")]
    return [Step(Do.ADD)]


def _holder(facts: Sequence[Known], claim: Claim | None = None) -> str:
    """The value that holds now, when all that was said for the slot is gone through in the order of saying; empty when it was said to be over."""
    said = [
        (mention.said_at, mention.is_end, mention.start, known.value_key, mention.is_dated)
        for known in facts
        if known.status != "proposed"
        for mention in known.mentions
    ]
    if claim is not None:
        said.append((claim.said_at, claim.change == "ends", claim.start, claim.value_key, claim.is_dated))
    holder, last, start, was_dated = "", "", date.min, False
    for _, is_end, began, value, is_dated in sorted(said):
        if is_end:
            if value == holder:
                holder = ""
        elif value == holder:
            # As the fact itself takes its start: a day that was told counts before the one on which it was merely said.
            if is_dated > was_dated or (is_dated == was_dated and began < start):
                start, was_dated = began, is_dated
        elif not last or _takes_over(began, is_dated, start, was_dated) or (not holder and value == last):
            holder, last, start, was_dated = value, value, began, is_dated
    return holder


def _hand_over(holder: str, active: Known | None, facts: Sequence[Known]) -> list[Step]:
    """The slot goes to a value that is known, or to none."""
    leaves = [Step(Do.SUPERSEDE, active.id, "late")] if active else []
    past = [known for known in facts if known.value_key == holder and known.status == "superseded"]
    if not holder or not past:
        return leaves
    return [*leaves, Step(Do.REVIVE, max(past, key=lambda known: known.said_at).id, "late")]


def _replayed(claim: Claim, active: Known | None, facts: Sequence[Known]) -> list[Step]:
    """A claim on a slot with a history, put in its place. One that was said before something known may turn the outcome of all that came after."""
    holder = _holder(facts, claim)
    same = next((known for known in facts if _same(claim, known) and known.status in ("active", "superseded")), None)
    if holder == claim.value_key and not (active and _same(claim, active)):
        waiting = _waiting(claim, facts)
        enters = Step(Do.PROMOTE, waiting.id, "late") if waiting else Step(Do.ADD, reason="late")
        return [Step(Do.SUPERSEDE, active.id, "late"), enters] if active else [enters]
    later = active or max(facts, key=lambda known: (known.start, known.said_at))
    kept = Step(Do.REINFORCE, same.id, "said again") if same else Step(Do.HISTORY, later.id, "late")
    if active is None or holder == active.value_key:
        return [kept, *(_hand_over(holder, None, facts) if holder and active is None else [])]
    return [kept, *_hand_over(holder, active, facts)]


def _against(predicate: Predicate, claim: Claim, active: Known, facts: Sequence[Known]) -> list[Step]:
    if _same(claim, active):
        if predicate.is_plan and claim.is_dated and claim.start != active.start and claim.said_at >= active.said_at:
            return [Step(Do.MOVE, active.id, "moved")]
        return [Step(Do.REINFORCE, active.id, "said again")]
    if active.origin == "user_edited" and not claim.is_typed:
        if waiting := _waiting(claim, facts):
            return [Step(Do.REINFORCE, waiting.id, "said again")]
        return [Step(Do.ASK_TYPED, active.id)] if _later(claim, active) else [Step(Do.HISTORY, active.id, "late")]
    past = next((known for known in facts if known.status == "superseded" and _same(claim, known)), None)
    if past and not _later(claim, active):
        return [Step(Do.REINFORCE, past.id, "said again")]
    both_dated = claim.is_dated and active.is_dated
    if predicate.is_fixed or not both_dated or _same_period(claim, active):
        if contains_words(claim.value, active.value):
            return [Step(Do.EXTEND, active.id, "says more")]
        if contains_words(active.value, claim.value):
            return [Step(Do.REINFORCE, active.id, "says less")]
    if predicate.is_fixed or (
        both_dated and claim.start == active.start and claim.precision == active.precision == "day"
    ):
        return [Step(Do.DISPUTE, active.id, "contradicts")]
    if not _later(claim, active):
        return [Step(Do.HISTORY, active.id, "late")]
    if waiting := _waiting(claim, facts):
        return [Step(Do.SUPERSEDE, active.id, "newer"), Step(Do.PROMOTE, waiting.id, "came true")]
    return [Step(Do.SUPERSEDE, active.id, "newer"), Step(Do.ADD)]


def _same_period(claim: Claim, known: Known) -> bool:
    """Whether both starts are one, as far as the vaguer of the two says: March 1987 and the 14th of it."""
    vaguer = {claim.precision, known.precision}
    if "year" in vaguer:
        return claim.start.year == known.start.year
    if "month" in vaguer:
        return (claim.start.year, claim.start.month) == (known.start.year, known.start.month)
    return claim.start == known.start


def _ahead(claim: Claim, facts: Sequence[Known]) -> list[Step]:
    """A start in the future waits for its day."""
    waiting = [known for known in facts if known.status == "proposed" and known.start > claim.today]
    equal = next((known for known in waiting if _same(claim, known)), None)
    if equal:
        return [Step(Do.MOVE if equal.start != claim.start else Do.REINFORCE, equal.id, "said again")]
    rivals = [known for known in waiting if known.start == claim.start]
    if rivals:
        return [Step(Do.DISPUTE, known.id, "contradicts") for known in rivals]
    return [Step(Do.PROPOSE, reason="not yet")]
