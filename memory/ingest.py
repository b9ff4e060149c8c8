"""One memory job: gate, extract, verify, reconcile. The order of learning, top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from memory import announce, jobs
from memory.episodes import turn_of
from memory.extraction import gate
from memory.extraction.rules import read_turns
from memory.extraction.verify import Bench, Passed, Verdict, verify
from memory.facts.entities import known_people
from memory.facts.ledger import Ledger
from memory.forgetting.tombstones import Graveyard
from memory.models import Batch, Episode, MemoryJob, Question, Rejection
from memory.reconciliation.apply import apply
from memory.reconciliation.claims import Accepted
from memory.reconciliation.due import settle_due
from memory.types import IngestReport, MemoryScope, Refused, Turn
from memory.version import lock_user
from profiles.api import consents_of, decide_consent, decided_consents_of, locale_of, profile_of

BATCH_TURNS = 200  # a job reads so many turns at most; what is left makes the next one due


def unread(user_id: UUID, reader: str, *, limit: int = BATCH_TURNS) -> list[Episode]:
    """The standing turns that `reader` ("rules" or "model") has not read yet, in order."""
    return list(
        Episode.objects.of(user_id).standing().filter(**{f"{reader}_read_at__isnull": True}).order_by("seq")[:limit]
    )


def ingest(user_id: UUID, *, at: datetime, limit: int = BATCH_TURNS) -> IngestReport:
    """Read what was not yet read by rules, at most `limit` turns, verify and reconcile it: a batch a conversation. Safe to call twice.

    Extraction by a model runs by task (`memory.tasks`), since it may not hold a transaction.
    """
    lock_user(user_id)
    settle_due(user_id, at=at)
    episodes = unread(user_id, "rules", limit=limit)
    reports = []
    if not profile_of(user_id).is_memory_paused:
        for _, group in groupby(episodes, key=lambda episode: (episode.conversation_id, episode.scope_id)):
            turns = [turn_of(episode) for episode in group]
            readable = [turn for turn in turns if not gate.refusal(turn)]
            zone = locale_of(user_id).zone
            known = known_people(user_id) if readable else {}
            answer = {"facts": read_turns(readable, zone=zone, known=known)} if readable else {"facts": []}
            numbered = {turn.seq: turn for turn in turns if turn.seq is not None}
            reports.append(learn(user_id, answer, numbered, read=(), reader="rules", at=at, write_off=False))
    mark_read(user_id, episodes, "rules", at=at)
    if len(episodes) == limit:
        jobs.make_due(user_id, MemoryJob.Kind.INGEST, at=at)
    return _joined(reports, episodes)


def _joined(reports: Sequence[IngestReport], read: Sequence[Episode]) -> IngestReport:
    return IngestReport(
        batch_id=next((report.batch_id for report in reversed(reports) if report.batch_id), None),
        turns=len(read),
        facts=tuple(fact for report in reports for fact in report.facts),
        refused=tuple(refused for report in reports for refused in report.refused),
        questions=tuple(question for report in reports for question in report.questions),
        conversations=tuple(dict.fromkeys(episode.conversation_id for episode in read)),
    )


def mark_read(user_id: UUID, episodes: Iterable[Episode], reader: str, *, at: datetime) -> None:
    """These turns are read; not again, unless consent re-opens them."""
    Episode.objects.of(user_id).filter(pk__in=[episode.pk for episode in episodes]).update(**{f"{reader}_read_at": at})


def pass_over(user_id: UUID, job: MemoryJob, at: datetime) -> None:
    """The first turn that rules could not read, after every try, is left to itself with a line in the log; what comes after it is read."""
    lock_user(user_id)
    poisoned = unread(user_id, "rules", limit=1)
    for episode in poisoned:
        Rejection.objects.create(user_id=user_id, job=job, episode=episode, index=0, reason="error", at=at)
    mark_read(user_id, poisoned, "rules", at=at)
    jobs.make_due(user_id, MemoryJob.Kind.INGEST, at=at)


def learn(
    user_id: UUID,
    answer: object,
    turns: Mapping[int, Turn],
    *,
    read: Iterable[int],
    reader: str,
    at: datetime,
    write_off: bool = True,
    kind: str = Batch.Kind.EXTRACT,
) -> IngestReport:
    """Verify a reader's answer on `turns` (by the numbers that it uses) and reconcile what passes. Call it after `lock_user`.

    `read`: numbers that may not be learned from again. `write_off` False: an answer of our own rules, in which a refusal for any reason but consent is
    no news and is not logged.
    """
    scope = next((turn.scope for turn in turns.values()), MemoryScope())
    graveyard = Graveyard(user_id, scope, at)
    bench = Bench(
        turns=turns,
        read=frozenset(read),
        consents=consents_of(user_id),
        is_forgotten=lambda said: graveyard.holds(predicate=said.predicate, subject=said.subject, value=said.value),
        zone=locale_of(user_id).zone,
    )
    verdict = verify(answer, bench)
    if not write_off:
        kept = tuple(refused for refused in verdict.refused if refused.reason in ("consent", "tombstone", "secret"))
        verdict = Verdict(verdict.passed, kept)
    if not verdict.passed and not verdict.refused:
        return IngestReport(None, len(turns))
    ledger = Ledger(
        user_id,
        kind=kind,
        actor=reader,
        at=at,
        conversation_id=next((turn.conversation_id for turn in turns.values()), None),
        message_ids=[turn.message_id for turn in turns.values() if turn.message_id],
    )
    _log(ledger, verdict.refused, turns)
    _ask_leave(ledger, verdict.refused, turns)
    facts = apply(
        ledger, [_accepted(passed, bench) for passed in verdict.passed], zone=bench.zone, scope=scope, reader=reader
    )
    announce.saved(user_id, batch_id=ledger.batch.pk, message_ids=ledger.batch.message_ids)
    announce.asked(user_id, [question.pk for question in ledger.asked])
    return IngestReport(
        ledger.batch.pk, len(turns), tuple(facts), verdict.refused, tuple(question.pk for question in ledger.asked)
    )


def _accepted(passed: Passed, bench: Bench) -> Accepted:
    turn = passed.turn
    assert turn.episode_id is not None
    start, end = passed.span
    return Accepted(
        index=passed.index,
        candidate=passed.candidate,
        episode_id=turn.episode_id,
        episode_length=len(turn.text),
        episode_text=turn.text,
        span=passed.span,
        quote=turn.text[start:end],
        speaker=turn.speaker,
        said_at=turn.said_at,
        said_on=turn.said_at.astimezone(bench.zone).date(),
        sensitivity=passed.sensitivity,
        origin="import" if turn.is_imported else "user_said",
    )


def _log(ledger: Ledger, refused: Sequence[Refused], turns: Mapping[int, Turn]) -> None:
    Rejection.objects.bulk_create(
        Rejection(
            user_id=ledger.user_id,
            batch=ledger.batch,
            episode_id=_cited(row, turns),
            index=row.index,
            reason=row.reason,
            predicate=row.predicate,
            sensitivity=row.sensitivity,
            at=ledger.at,
        )
        for row in refused
    )


def _cited(row: Refused, turns: Mapping[int, Turn]) -> UUID | None:
    return turns[row.turn].episode_id if row.turn is not None and row.turn in turns else None


def _ask_leave(ledger: Ledger, refused: Sequence[Refused], turns: Mapping[int, Turn]) -> None:
    """One question for a kind about which the user has not decided, however many facts wait for it."""
    decided = decided_consents_of(ledger.user_id)
    for row in refused:
        if row.reason != "consent" or row.sensitivity in decided:
            continue
        decided.add(row.sensitivity)
        asked = Question.objects.of(ledger.user_id).filter(kind=Question.Kind.CONSENT, sensitivity=row.sensitivity)
        if not asked.exists():
            ledger.ask(
                Question(
                    kind=Question.Kind.CONSENT,
                    sensitivity=row.sensitivity,
                    predicate=row.predicate,
                    episode_id=_cited(row, turns),
                )
            )


def decide_leave(user_id: UUID, sensitivity: str, *, granted: bool, at: datetime) -> int:
    """Grant or withhold leave for a kind; yes re-opens the turns that were refused for want of it. How many."""
    lock_user(user_id)
    decide_consent(user_id, sensitivity, granted=granted, at=at)
    Question.objects.of(user_id).filter(
        kind=Question.Kind.CONSENT, sensitivity=sensitivity, state=Question.State.OPEN
    ).update(state=Question.State.ANSWERED, answered_at=at)
    if not granted:
        return 0
    waiting = Rejection.objects.of(user_id).filter(reason="consent", sensitivity=sensitivity, episode__isnull=False)
    opened = (
        Episode.objects.of(user_id)
        .standing()
        .filter(pk__in=list(waiting.values_list("episode_id", flat=True)))
        .update(rules_read_at=None, model_read_at=None)
    )
    if opened:
        jobs.make_due(user_id, MemoryJob.Kind.INGEST, at=at)
    return opened
