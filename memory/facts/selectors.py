"""Reading facts and what was done to them, for pages and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce

from memory.exceptions import NotRemembered
from memory.facts.predicates import REGISTRY, TOPICS, predicate_of
from memory.facts.views import entity_views, event_view, evidence_of, fact_view, fact_views, is_undoable, question_views
from memory.models import Batch, Entity, Evidence, Fact, FactLink, MemoryEvent, Question, Rejection
from memory.models.fact import FactQuerySet
from memory.types import (
    BatchView,
    EntityView,
    EvidenceView,
    FactDetail,
    FactFilter,
    FactPage,
    LearnedChip,
    LinkView,
    MemoryScope,
    QuestionView,
    TopicCount,
)

MOST = 200  # rows of one page
ENDS = (
    Fact.Status.SUPERSEDED,
    Fact.Status.WRONG,
    Fact.Status.EXPIRED,
)  # actions of events are named like what they make of a fact


_BEGAN = Coalesce("valid_from", "said_on")  # when a fact began to hold, as far as it is known


def _split(cursor: str) -> tuple[datetime, UUID] | None:
    """(moment, id) of a cursor; a broken one counts as none."""
    try:
        moment, _, row = cursor.partition("~")
        return datetime.fromisoformat(moment), UUID(row)
    except ValueError:
        return None


def _cursor(moment: datetime, row_id: UUID) -> str:
    return f"{moment.isoformat()}~{row_id}"


def is_cursor(text: str) -> bool:
    """Whether `text` may be a cursor of a list of facts or acts: for those who would rather refuse a broken one than start again."""
    return _split(text) is not None


def _filtered(user_id: UUID, filters: FactFilter) -> models.QuerySet[Fact]:
    rows = Fact.objects.of(user_id).shown()
    if filters.statuses:
        rows = rows.filter(status__in=filters.statuses)
    topics = {*filters.topics, *([filters.topic] if filters.topic else [])}
    if topics:
        names = [name for name in REGISTRY if predicate_of(name).topic in topics]
        rows = rows.filter(predicate__in=names)
    if filters.origins:
        rows = rows.filter(origin__in=filters.origins)
    if filters.predicate:
        rows = rows.filter(predicate=filters.predicate)
    if filters.subject == "user":
        rows = rows.about_user()
    elif filters.subject:
        rows = rows.filter(subject__iexact=filters.subject)
    if filters.sensitivity:
        rows = rows.filter(sensitivity=filters.sensitivity)
    if filters.under_review is not None:
        rows = rows.filter(review_since__isnull=not filters.under_review)
    for word in filters.q.split()[:8]:
        rows = rows.filter(
            models.Q(text__icontains=word) | models.Q(value__icontains=word) | models.Q(subject__icontains=word)
        )
    return rows


def facts_of(
    user_id: UUID,
    filters: FactFilter | None = None,
    *,
    scope: MemoryScope | None = None,
    cursor: str = "",
    limit: int = 50,
) -> FactPage:
    """A page of facts, latest mention first; with `scope` those of that scope alone. A broken cursor starts at the beginning."""
    rows = _filtered(user_id, filters or FactFilter()).order_by("-said_at", "-id")
    if scope is not None:
        rows = rows.filter(scope_kind=scope.kind, scope_id=scope.id)
    if after := _split(cursor):
        rows = rows.filter(models.Q(said_at__lt=after[0]) | models.Q(said_at=after[0], pk__lt=after[1]))
    size = max(1, min(limit, MOST))
    found = list(rows[: size + 1])
    page = found[:size]
    following = _cursor(page[-1].said_at, page[-1].pk) if len(found) > size else ""
    return FactPage(tuple(fact_views(user_id, page)), following)


def timeline(
    user_id: UUID,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    cursor: str = "",
    limit: int = 50,
) -> FactPage:
    """Facts by when they began to hold or happened, latest first, history included.

    `as_of`: only what was true on that day, in each slot what began last. `known_at`: only what stood in memory then, be it found wrong since. Both:
    what was known then to be true on that day.
    """
    shown = Fact.objects.of(user_id).shown()
    if known_at is not None:
        shown = shown.exclude(status=Fact.Status.PROPOSED).known_at(known_at)
    else:
        shown = shown.exclude(status__in=[Fact.Status.WRONG, Fact.Status.PROPOSED])
    if as_of is not None:
        shown = shown.filter(_true_on(shown, as_of))
    rows = shown.annotate(began=_BEGAN).order_by("-began", "-id")
    if after := _split(cursor):
        day = after[0].date()
        rows = rows.filter(models.Q(began__lt=day) | models.Q(began=day, pk__lt=after[1]))
    size = max(1, min(limit, MOST))
    found = list(rows[: size + 1])
    page = found[:size]
    if len(found) <= size:
        return FactPage(tuple(fact_views(user_id, page)))
    last = page[-1]
    began = last.valid_from or last.said_on
    return FactPage(tuple(fact_views(user_id, page)), f"{began.isoformat()}~{last.pk}")


def _true_on(shown: FactQuerySet, day: date) -> models.Q:
    """What of `shown` held on `day`: in each slot one, since a value may end on the day on which the next begins. Events take up no slot."""
    held = models.Q(valid_from__lte=day) | models.Q(valid_from__isnull=True, said_on__lte=day)
    held &= models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
    slot = ("scope_kind", "scope_id", "slot_key")
    heads = shown.filter(held).exclude(slot_key="").order_by(*slot, _BEGAN.desc(), "-said_at", "-id").distinct(*slot)
    return held & (models.Q(slot_key="") | models.Q(pk__in=heads.values("pk")))


def facts_changed(user_id: UUID, since: Mapping[UUID, datetime]) -> set[UUID]:
    """Which of these facts were changed, ended, put right or forgotten after the moment given with each; more evidence is no change."""
    standing = set(Fact.objects.of(user_id).filter(pk__in=list(since)).values_list("pk", flat=True))
    events = (
        MemoryEvent.objects.of(user_id)
        .filter(row_id__in=list(since), at__gt=min(since.values()))
        .exclude(action__in=["added", "supported", "confirmed", "labelled", "asked"])
        .values_list("row_id", "at")
        if since
        else []
    )
    changed = {row_id for row_id, moment in events if row_id and moment > since[row_id]}
    return changed | {fact_id for fact_id in since if fact_id not in standing}


def fact_detail(user_id: UUID, fact_id: UUID) -> FactDetail:
    """Everything about one fact. Raises NotRemembered."""
    fact = Fact.objects.of(user_id).shown().filter(pk=fact_id).first()
    if fact is None:
        raise NotRemembered("There is no such fact.")
    evidence = evidence_of(user_id, [fact.pk]).get(fact.pk, [])
    events = MemoryEvent.objects.of(user_id).filter(row_id=fact.pk).order_by("at", "id")
    links = (
        FactLink.objects.of(user_id)
        .filter(models.Q(source=fact) | models.Q(target=fact))
        .select_related("source", "target")
        .order_by("created_at")
    )
    others = {
        view.id: view
        for view in fact_views(user_id, [link.target if link.source_id == fact.pk else link.source for link in links])
    }
    history = (
        Fact.objects.of(user_id)
        .shown()
        .in_scope(fact.scope_kind, fact.scope_id)
        .in_slot(fact.slot_key)
        .exclude(pk=fact.pk)
    )
    past = fact_views(user_id, history.order_by("-said_at") if fact.slot_key else [])
    ends = (
        MemoryEvent.objects.of(user_id)
        .filter(row_id__in=[fact.pk, *(view.id for view in past)], action__in=ENDS)
        .order_by("at", "id")
    )
    open_questions = (
        Question.objects.of(user_id)
        .filter(state=Question.State.OPEN, fact_ids__contains=[fact.pk])
        .select_related("episode")
    )
    return FactDetail(
        fact=fact_view(fact, evidence),
        evidence=tuple(_evidence_view(row) for row in evidence),
        events=tuple(event_view(event) for event in events),
        links=tuple(
            LinkView(
                link.type,
                link.reason,
                link.source_id == fact.pk,
                others[link.target_id if link.source_id == fact.pk else link.source_id],
            )
            for link in links
            if others.get(link.target_id if link.source_id == fact.pk else link.source_id)
        ),
        history=tuple(past),
        questions=tuple(question_views(user_id, open_questions)),
        ended={event.row_id: event_view(event) for event in ends if event.row_id},
    )


def _evidence_view(row: Evidence) -> EvidenceView:
    return EvidenceView(
        episode_id=row.episode_id,
        conversation_id=row.episode.conversation_id,
        message_id=row.episode.message_id,
        role=row.episode.role,
        speaker=row.speaker,
        said_at=row.said_at,
        quote=row.quote,
        around=row.episode.text,
        start=row.start,
        end=row.end,
    )


def topics_of(user_id: UUID) -> list[TopicCount]:
    """Topics with at least one fact that holds or waits, in the order of the registry."""
    rows = Fact.objects.of(user_id).filter(status__in=["active", "disputed", "proposed"])
    counts: Counter[str] = Counter()
    review: Counter[str] = Counter()
    for predicate, since in rows.values_list("predicate", "review_since"):
        topic = predicate_of(predicate).topic
        counts[topic] += 1
        review[topic] += since is not None
    return [TopicCount(topic, counts[topic], review[topic]) for topic in TOPICS if counts[topic]]


def questions_of(user_id: UUID, *, include_closed: bool = False) -> list[QuestionView]:
    """What waits for an answer, oldest first."""
    rows = Question.objects.of(user_id).select_related("episode").order_by("asked_at", "id")
    return question_views(user_id, rows if include_closed else rows.filter(state=Question.State.OPEN))


def people_of(user_id: UUID) -> list[EntityView]:
    """All people and things that facts are about, by name; those that were merged into another too."""
    return entity_views(user_id, Entity.objects.of(user_id).order_by("name", "id"))


def batch_view(user_id: UUID, batch: Batch) -> BatchView:
    """One act, and what it did."""
    return _batch_views(user_id, [batch])[0]


def _batch_views(user_id: UUID, batches: Sequence[Batch]) -> list[BatchView]:
    ids = [batch.pk for batch in batches]
    added: dict[UUID, list[UUID]] = {}
    changed: dict[UUID, list[UUID]] = {}
    events = MemoryEvent.objects.of(user_id).filter(batch_id__in=ids, table="fact").order_by("order")
    for batch_id, action, row_id in events.values_list("batch_id", "action", "row_id"):
        if batch_id and row_id:
            (added if action == "added" else changed).setdefault(batch_id, []).append(row_id)
    refused: dict[UUID, Counter[str]] = {}
    for batch_id, reason in Rejection.objects.of(user_id).filter(batch_id__in=ids).values_list("batch_id", "reason"):
        if batch_id:
            refused.setdefault(batch_id, Counter())[reason] += 1
    wanted = {row for rows in (*added.values(), *changed.values()) for row in rows}
    facts = {view.id: view for view in fact_views(user_id, Fact.objects.of(user_id).filter(pk__in=wanted))}
    return [
        BatchView(
            id=batch.pk,
            kind=batch.kind,
            at=batch.at,
            actor=batch.actor,
            is_undone=batch.undone_at is not None,
            can_undo=is_undoable(batch),
            conversation_id=batch.conversation_id,
            message_ids=tuple(batch.message_ids),
            added=tuple(facts[row] for row in dict.fromkeys(added.get(batch.pk, [])) if row in facts),
            changed=tuple(
                facts[row]
                for row in dict.fromkeys(changed.get(batch.pk, []))
                if row in facts and row not in added.get(batch.pk, [])
            ),
            refused=dict(refused.get(batch.pk, {})),
        )
        for batch in batches
    ]


def activity(user_id: UUID, *, cursor: str = "", limit: int = 30) -> tuple[list[BatchView], str]:
    """What memory did, latest first, and the next cursor (empty at the end)."""
    rows = Batch.objects.of(user_id).order_by("-at", "-id")
    if after := _split(cursor):
        rows = rows.filter(models.Q(at__lt=after[0]) | models.Q(at=after[0], pk__lt=after[1]))
    size = max(1, min(limit, MOST))
    found = list(rows[: size + 1])
    page = found[:size]
    following = _cursor(page[-1].at, page[-1].pk) if len(found) > size else ""
    return _batch_views(user_id, page), following


def learned_from(user_id: UUID, message_ids: Sequence[UUID]) -> dict[UUID, list[LearnedChip]]:
    """Chips for messages: what was learned from each, and stands."""
    rows = (
        Evidence.objects.of(user_id)
        .filter(
            episode__message_id__in=list(message_ids), batch__undone_at__isnull=True, change__in=["asserts", "corrects"]
        )
        .select_related("fact", "episode", "batch")
        .order_by("recorded_at", "start")
    )
    found = [row for row in rows if row.fact.status in ("active", "disputed", "proposed")]
    views = {view.id: view for view in fact_views(user_id, {row.fact_id: row.fact for row in found}.values())}
    first = _first_batches(user_id, list(views))
    before = _values_before(user_id, list(views))
    chips: dict[UUID, list[LearnedChip]] = {}
    seen: set[tuple[UUID, UUID]] = set()
    for row in found:
        message_id = row.episode.message_id
        if message_id is None or row.batch_id is None or (message_id, row.fact_id) in seen:
            continue
        seen.add((message_id, row.fact_id))
        chips.setdefault(message_id, []).append(
            LearnedChip(
                row.batch_id,
                views[row.fact_id],
                is_new=first.get(row.fact_id) == row.batch_id,
                before=before.get((row.fact_id, row.batch_id), ""),
            )
        )
    return chips


def _first_batches(user_id: UUID, fact_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    rows = MemoryEvent.objects.of(user_id).filter(row_id__in=list(fact_ids), action="added", table="fact")
    return {row_id: batch_id for row_id, batch_id in rows.values_list("row_id", "batch_id") if row_id and batch_id}


def _values_before(user_id: UUID, fact_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], str]:
    """The value that each of these facts took the place of, by fact and batch."""
    links = FactLink.objects.of(user_id).filter(source__in=list(fact_ids), type=FactLink.Type.SUPERSEDES)
    shown = links.filter(target__is_masked=False, batch__isnull=False).order_by("created_at")
    return {
        (source, batch): value for source, batch, value in shown.values_list("source_id", "batch_id", "target__value")
    }


def latest_acts(reason: str, *, limit: int) -> list[tuple[datetime, UUID, str, str]]:
    """The latest acts of memory of all users, without content: when, whose, what kind in words, and by whom. Call it inside `as_system`."""
    rows = Batch.objects.across_users(reason).order_by("-at", "-id")[:limit]
    return [(row.at, row.user_id, str(Batch.Kind(row.kind).label), row.actor) for row in rows]
