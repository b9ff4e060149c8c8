"""What the user does with memory, as the other apps call it. Each act is one batch that can be undone, but for forgetting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from memory import announce
from memory.exceptions import AlreadyChanged, NotRemembered, PreviewExpired
from memory.facts.ledger import Ledger
from memory.facts.selectors import batch_view
from memory.facts.undo import undo_batch
from memory.facts.views import fact_view, fact_views
from memory.forgetting import tombstones
from memory.forgetting.erase import erase
from memory.forgetting.select import choose, token_of
from memory.importing.work import cancel_all
from memory.ingest import decide_leave
from memory.models import Batch, Entity, Episode, Evidence, Fact, Question
from memory.recall import cache
from memory.reconciliation import acts
from memory.reconciliation import merge as merging
from memory.reconciliation.cascade import stale_summaries
from memory.secrets import MASK
from memory.types import (
    USER_SCOPE,
    BatchView,
    Change,
    CorrectionKind,
    FactView,
    ForgetPreview,
    ForgetTarget,
    MemoryScope,
    Receipt,
)
from memory.version import lock_user, raise_version

PREVIEWED = 50  # facts that are shown of all, where everything would go


def lift(user_id: UUID) -> acts.Lift:
    """How tombstones of this user are taken away by an act of theirs."""
    return lambda predicate, subject, value, scope: tombstones.lift(
        user_id, predicate=predicate, subject=subject, value=value, scope=scope
    )


def _change(ledger: Ledger) -> Change:
    facts = [fact for fact in ledger.touched.values() if fact.status != Fact.Status.WITHDRAWN]
    announce.saved(ledger.user_id, batch_id=ledger.batch.pk, message_ids=ledger.batch.message_ids)
    return Change(ledger.batch.pk, tuple(fact_views(ledger.user_id, facts)))


def remember(
    user_id: UUID,
    *,
    predicate: str,
    value: str,
    subject: str = "user",
    at: datetime,
    actor: str = "user",
    scope: MemoryScope = USER_SCOPE,
) -> Change:
    """Keep what the user told to keep, outside of a turn (origin `user_edited`). Lifts a tombstone.

    Raises UnknownPredicate, BadValue, SecretRefused, ConsentMissing.
    """
    acts.require_leave_for(user_id, predicate)
    return _change(
        acts.put(
            user_id,
            predicate=predicate,
            value=value,
            subject=subject,
            at=at,
            actor=actor,
            scope=scope,
            kind=Batch.Kind.COMMAND,
            lift=lift(user_id),
        )
    )


def edit_profile(
    user_id: UUID,
    *,
    predicate: str,
    value: str,
    subject: str = "user",
    at: datetime,
    actor: str = "user",
    scope: MemoryScope = USER_SCOPE,
) -> Change:
    """A value typed on the profile page: supersedes the old one of a one-slot, adds to a many-slot; an empty one ends what stands in the slot.

    Typing a sensitive value is leave for that value alone. Lifts a tombstone. Raises UnknownPredicate, BadValue, SecretRefused.
    """
    if not value.strip():
        return _change(acts.end_slot(user_id, predicate=predicate, subject=subject, at=at, actor=actor, scope=scope))
    return _change(
        acts.put(
            user_id,
            predicate=predicate,
            value=value,
            subject=subject,
            at=at,
            actor=actor,
            scope=scope,
            kind=Batch.Kind.EDIT,
            lift=lift(user_id),
        )
    )


def correct(
    user_id: UUID,
    fact_id: UUID,
    *,
    value: str,
    kind: CorrectionKind = "wrong",
    at: datetime,
    version: int | None = None,
    actor: str = "user",
    since: date | None = None,
) -> Change:
    """Put a fact right. `wrong`: it never was so; `changed`: it was, until now, or until the day `since`; `wording`: the same, better said.

    Raises NotRemembered, AlreadyChanged (when `version` is given and old), BadValue, SecretRefused.
    """
    return _change(
        acts.correct_fact(
            user_id,
            fact_id,
            value=value,
            kind=kind,
            at=at,
            version=version,
            actor=actor,
            lift=lift(user_id),
            since=since,
        )
    )


def confirm(user_id: UUID, fact_id: UUID, *, at: datetime, actor: str = "user") -> Change:
    """Still true: clears the mark of review, makes a proposed fact active, settles a dispute in its favour. Raises NotRemembered."""
    return _change(acts.confirm_fact(user_id, fact_id, at=at, actor=actor, lift=lift(user_id)))


def reject(user_id: UUID, fact_id: UUID, *, at: datetime, actor: str = "user") -> Change:
    """Not so: the fact is wrong; of a dispute, the last one left holds. Raises NotRemembered."""
    return _change(acts.reject_fact(user_id, fact_id, at=at, actor=actor))


def mark_wrong(
    user_id: UUID, fact_id: UUID, *, at: datetime, version: int | None = None, actor: str = "user"
) -> Change:
    """It never was so, and nothing takes its place. Raises NotRemembered, AlreadyChanged."""
    return _change(acts.reject_fact(user_id, fact_id, at=at, actor=actor, version=version, kind=Batch.Kind.CORRECT))


def set_masked(user_id: UUID, fact_id: UUID, *, masked: bool, at: datetime) -> FactView:
    """Hide a fact's value in lists, or show it. Raises NotRemembered."""
    lock_user(user_id)
    fact = acts.get_fact(user_id, fact_id)
    ledger = Ledger(user_id, kind=Batch.Kind.EDIT, actor="user", at=at)
    return fact_view(ledger.change_fact(fact, action="masked" if masked else "shown", is_masked=masked))


def undo(user_id: UUID, batch_id: UUID | None = None, *, at: datetime, actor: str = "user") -> BatchView | None:
    """Take back a batch, or the latest that was not undone yet: what it added is withdrawn, what it changed is as before. None when there is none.

    Raises NotRemembered, and UndoRefused when something newer rests on it, when it was undone already, or when it is a forget.
    """
    batch = undo_batch(user_id, batch_id, at=at, actor=actor)
    if batch is None:
        return None
    announce.saved(user_id, batch_id=batch.pk, message_ids=batch.message_ids)
    return batch_view(user_id, batch)


def take_up_again(user_id: UUID, batch_id: UUID, *, at: datetime, actor: str = "user") -> Change:
    """Remember after all what a batch that was undone had added. Raises NotRemembered when nothing of it is left, and ConsentMissing."""
    return _change(acts.take_up_again(user_id, batch_id, at=at, actor=actor, lift=lift(user_id)))


def preview_forget(user_id: UUID, target: ForgetTarget, *, at: datetime) -> ForgetPreview:
    """What `forget` would remove. Changes nothing. Raises NotRemembered."""
    chosen = choose(user_id, target)
    if chosen.everything:
        facts = Fact.objects.of(user_id).shown()
        return ForgetPreview(
            target,
            tuple(fact_views(user_id, facts.order_by("-said_at", "-id")[:PREVIEWED])),
            facts.count(),
            Episode.objects.of(user_id).standing().count(),
            token_of(user_id, chosen),
            False,
        )
    cited = Evidence.objects.of(user_id).filter(fact__in=[fact.pk for fact in chosen.facts])
    turns = {*chosen.turn_ids, *cited.values_list("episode_id", flat=True)}
    shown = [fact for fact in chosen.facts if fact.status != Fact.Status.WITHDRAWN]
    return ForgetPreview(
        target,
        tuple(fact_views(user_id, shown)),
        len(shown),
        len(turns),
        token_of(user_id, chosen),
        chosen.is_exact and bool(chosen.facts),
    )


def forget(
    user_id: UUID,
    target: ForgetTarget,
    *,
    at: datetime,
    token: str = "",
    cut_messages: bool = False,
    actor: str = "user",
) -> Receipt:
    """Remove for good, in this transaction, with tombstones and a receipt; can't be undone. Imports that run are cancelled: what waits in them may hold it.

    With the `token` of a preview, raises PreviewExpired when something else would go than was shown. `cut_messages`: cut the stored messages too.
    Raises NotRemembered for a fact that isn't there.
    """
    lock_user(user_id)
    chosen = choose(user_id, target)
    if token and token != token_of(user_id, chosen):
        raise PreviewExpired("Memory changed meanwhile. Look again before forgetting.")
    cancel_all(user_id, at=at)
    receipt = erase(user_id, chosen, at=at, actor=actor, cut_messages=cut_messages)
    cache.drop(user_id)
    cut = Episode.objects.of(user_id).filter(cut_at=at).exclude(message_id__isnull=True)
    announce.forgotten(
        user_id, message_ids=[message for message in cut.values_list("message_id", flat=True) if message], at=at
    )
    return Receipt(receipt.pk, at, dict(receipt.counts), tuple(receipt.hashes))


def cut_texts(user_id: UUID, message_ids: Sequence[UUID]) -> dict[UUID, str]:
    """For messages in which something was forgotten, or that held a secret: the text that prompts must use in place of the stored message.

    Only "…" is left where the whole turn was forgotten, and "[secret]" where a password, a key or a card number stood: what was typed by mistake goes to
    a model with its own turn, and not again with every later one.
    """
    rows = Episode.objects.of(user_id).filter(message_id__in=list(message_ids))
    rows = rows.filter(Q(cut_at__isnull=False) | Q(text__contains=MASK))
    return {message_id: text for message_id, text in rows.values_list("message_id", "text") if message_id}


def withdraw_turns(user_id: UUID, message_ids: Sequence[UUID], *, at: datetime) -> UUID | None:
    """Take the turns of an edited or regenerated branch out of memory: not recalled, extracted or summarised any more.

    Facts that rest on them alone are retired as one undoable batch. Returns that batch, or None when nothing hung on them.
    """
    lock_user(user_id)
    turns = Episode.objects.of(user_id).standing().filter(message_id__in=list(message_ids))
    turn_ids = list(turns.values_list("pk", flat=True))
    if not turn_ids:
        return None
    version, _ = raise_version(user_id)
    Episode.objects.of(user_id).filter(pk__in=turn_ids).update(withdrawn_at=at, changed_version=version)
    here = set(Evidence.objects.of(user_id).filter(episode_id__in=turn_ids).values_list("fact_id", flat=True))
    elsewhere = set(
        Evidence.objects.of(user_id)
        .filter(fact_id__in=here, episode__withdrawn_at__isnull=True)
        .values_list("fact_id", flat=True)
    )
    facts = Fact.objects.of(user_id).filter(
        pk__in=here - elsewhere, status__in=[Fact.Status.ACTIVE, Fact.Status.DISPUTED, Fact.Status.PROPOSED]
    )
    rows = list(facts)
    if not rows:
        return None
    ledger = Ledger(user_id, kind=Batch.Kind.WITHDRAW, actor="user", at=at, message_ids=list(message_ids))
    for fact in rows:
        ledger.retire(fact, Fact.Status.WITHDRAWN, reason="its turn was replaced")
    ledger.close_questions_about([fact.pk for fact in rows])
    stale_summaries(ledger, [fact.pk for fact in rows])
    return ledger.batch.pk


def merge_entities(user_id: UUID, kept_id: UUID, other_id: UUID, *, at: datetime, actor: str = "user") -> Change:
    """Two that are one: facts and names of `other_id` move to `kept_id`, and where both hold a slot, code decides by time as for any news.

    One batch, which `undo` takes back exactly as long as nothing newer rests on it; `unmerge_entity` does also later. Raises NotRemembered, AlreadyChanged.
    """
    return _change(merging.merge(user_id, kept_id, other_id, at=at, actor=actor))


def unmerge_entity(user_id: UUID, entity_id: UUID, *, at: datetime, actor: str = "user") -> Change:
    """One that was two: what the merge moved goes back, but for what was changed since. Raises NotRemembered, AlreadyChanged."""
    return _change(merging.unmerge(user_id, entity_id, at=at, actor=actor))


def _settle_entity(user_id: UUID, question: Question, entity_id: UUID, *, at: datetime, actor: str) -> Change:
    if entity_id not in question.entity_ids:
        raise NotRemembered("That is none of the answers.")
    lock_user(user_id)
    ledger = Ledger(user_id, kind=Batch.Kind.ANSWER, actor=actor, at=at)
    chosen = Entity.objects.of(user_id).filter(pk=entity_id).first()
    facts = Fact.objects.of(user_id).filter(pk__in=question.fact_ids, status=Fact.Status.PROPOSED)
    if chosen is None or not facts:
        raise NotRemembered("This is not known any more.")
    root = merging.root_of(chosen)
    for fact in facts:
        merging.settle_on(ledger, fact, root)
    ledger.close_question(question, Question.State.ANSWERED)
    return _change(ledger)


def answer_question(
    user_id: UUID,
    question_id: UUID,
    *,
    at: datetime,
    granted: bool | None = None,
    fact_id: UUID | None = None,
    entity_id: UUID | None = None,
    actor: str = "user",
) -> Change | None:
    """Act on an answer: `granted` for consent (yes: the turn is read again, an ingest is due), `entity_id` for who is meant, the chosen `fact_id` for the
    others (None: none of them).

    Returns what changed, None for consent. Raises NotRemembered, AlreadyChanged.
    """
    question = Question.objects.of(user_id).filter(pk=question_id).first()
    if question is None:
        raise NotRemembered("There is no such question.")
    if question.state != Question.State.OPEN:
        raise AlreadyChanged("This question was answered already.")
    if question.kind == Question.Kind.CONSENT:
        decide_leave(user_id, question.sensitivity, granted=bool(granted), at=at)
        return None
    if entity_id is not None:
        return _settle_entity(user_id, question, entity_id, at=at, actor=actor)
    if fact_id is not None:
        if fact_id not in question.fact_ids:
            raise NotRemembered("That is none of the answers.")
        return confirm(user_id, fact_id, at=at, actor=actor)
    change = None
    for offered in question.fact_ids:
        fact = Fact.objects.of(user_id).filter(pk=offered).first()
        if fact is not None and fact.status in (Fact.Status.DISPUTED, Fact.Status.PROPOSED):
            change = reject(user_id, offered, at=at, actor=actor)
    Question.objects.of(user_id).filter(pk=question_id, state=Question.State.OPEN).update(
        state=Question.State.ANSWERED, answered_at=at
    )
    return change
