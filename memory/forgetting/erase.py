"""Forget: one transaction that leaves nothing of what is to go but hashes and counts."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, models

from memory import ports
from memory.evidence import ELLIPSIS, Span, find_words, joined
from memory.facts.predicates import RELATIONS
from memory.facts.relations import without_relation
from memory.forgetting import cut, reopen
from memory.forgetting.nearby import spoken_of
from memory.forgetting.select import Chosen
from memory.forgetting.tombstones import bury, digests_of
from memory.models import (
    Batch,
    Entity,
    EntityAlias,
    Episode,
    Evidence,
    Fact,
    FactLink,
    ForgetReceipt,
    Import,
    MemoryEvent,
    MemoryJob,
    Question,
    Rejection,
    Summary,
    Tombstone,
    Vector,
)
from memory.types import MemoryScope, ScopeKind
from memory.values import behind_title, value_key
from memory.version import raise_version


@dataclass
class _Act:
    """What one forget gathers."""

    user_id: UUID
    at: datetime
    version: int
    batch: Batch
    counts: dict[str, int] = field(default_factory=dict)
    cuts: dict[UUID, list[Span]] = field(default_factory=dict)  # by episode
    values: list[str] = field(default_factory=list)

    def count(self, name: str, number: int) -> None:
        self.counts[name] = self.counts.get(name, 0) + number


def erase(user_id: UUID, chosen: Chosen, *, at: datetime, actor: str, cut_messages: bool) -> ForgetReceipt:
    """Remove what was chosen. Call it inside the user's transaction, after `lock_user`."""
    version, _ = raise_version(user_id, erased=True)
    batch = Batch.objects.create(user_id=user_id, kind=Batch.Kind.FORGET, actor=actor, at=at)
    act = _Act(user_id, at, version, batch)
    messages = _erase_everything(act) if chosen.everything else _erase_some(act, chosen)
    for eraser in ports.erasers():
        forgotten = ports.ForgottenValues(
            values=tuple(act.values),
            facts=tuple(fact.pk for fact in chosen.facts),
            turns=messages,
            conversation_id=chosen.conversation_id,
            everything=chosen.everything,
            cut_messages=cut_messages,
        )
        for name, number in eraser.erase(user_id, forgotten).items():
            act.count(name, number)
    receipt = ForgetReceipt.objects.create(
        user_id=user_id,
        batch=batch,
        at=at,
        counts=act.counts,
        hashes=[_hash(value) for value in dict.fromkeys(act.values)],
    )
    MemoryEvent.objects.create(
        user_id=user_id, batch=batch, at=at, actor=actor, action="forgot", table="receipt", row_id=receipt.pk
    )
    return receipt


def _hash(value: str) -> str:
    return hmac.new(settings.TOMBSTONE_KEY.encode(), b"receipt" + value_key(value).encode(), hashlib.sha256).hexdigest()


def _erase_some(act: _Act, chosen: Chosen) -> dict[UUID, ports.CutTurn]:
    facts = list(chosen.facts)
    ids = [fact.pk for fact in facts]
    act.values = [needle for fact in facts for needle in cut.needles(fact.value)] + list(chosen.phrases)
    gone = set(chosen.turn_ids)
    _mark_cuts(act, ids, chosen.phrases, gone)
    _bury(act, facts)
    opened = reopen.what_was_closed(act.user_id, ids, gone)
    _remove_facts(act, ids)
    _remove_turns(act, gone)
    _cut_turns(act, gone)
    act.count("windows_opened", reopen.open_again(act.user_id, opened, at=act.at, batch=act.batch, version=act.version))
    _remove_entities(act, facts)
    _remove_summaries(act, ids, gone)
    act.count("kept_in_evidence", _still_cited(act))
    return _left_of(Episode.objects.of(act.user_id).filter(pk__in=[*act.cuts, *gone]))


def _left_of(episodes: Iterable[Episode]) -> dict[UUID, ports.CutTurn]:
    """What is left of turns, by message."""
    return {
        episode.message_id: ports.CutTurn(
            episode.text, tuple(zip(episode.pasted[::2], episode.pasted[1::2], strict=True))
        )
        for episode in episodes
        if episode.message_id
    }


def _mark_cuts(act: _Act, fact_ids: list[UUID], phrases: Sequence[str], gone: set[UUID]) -> None:
    """Which spans of which turns are to be cut: quotes of what goes, and the values elsewhere, less what quotes of facts that stay cover."""
    quotes: dict[UUID, list[Span]] = {}
    for row in Evidence.objects.of(act.user_id).filter(fact_id__in=fact_ids):
        quotes.setdefault(row.episode_id, []).append((row.start, row.end))
    spans = {episode_id: list(found) for episode_id, found in quotes.items()}
    for needle in dict.fromkeys(act.values):
        turns = cut.turns_with(act.user_id, needle)
        elsewhere = [turn for turn in turns if turn.pk not in quotes]
        if cut.is_trivial(needle) or cut.is_ordinary(needle, len(elsewhere)):
            act.count("ordinary_words_kept", len(elsewhere))
            continue
        for turn in turns:
            spans.setdefault(turn.pk, []).extend(find_words(turn.text, needle))
    for name in filter(None, map(behind_title, dict.fromkeys(act.values))):
        for turn in cut.turns_with(act.user_id, name):
            if found := cut.written_as_name(turn.text, name):
                spans.setdefault(turn.pk, []).extend(found)
    for turn_id, more in spoken_of(act.user_id, fact_ids, act.values, phrases).items():
        spans.setdefault(turn_id, []).extend(more)
    kept: dict[UUID, list[Span]] = {}
    for row in Evidence.objects.of(act.user_id).filter(episode_id__in=list(spans)).exclude(fact_id__in=fact_ids):
        kept.setdefault(row.episode_id, []).append((row.start, row.end))
    texts = dict(Episode.objects.of(act.user_id).filter(pk__in=list(spans)).values_list("pk", "text"))
    for episode_id, found in spans.items():
        left = joined(cut.minus(found, kept.get(episode_id, ())), texts[episode_id])
        if left and episode_id not in gone:
            act.cuts[episode_id] = left


def _bury(act: _Act, facts: Iterable[Fact]) -> None:
    for fact in facts:
        subjects = [fact.subject]
        if fact.entity is not None:
            subjects += [fact.entity.name, fact.entity.relation]
            subjects += list(
                EntityAlias.objects.of(act.user_id).filter(entity=fact.entity).values_list("alias", flat=True)
            )
        digests = digests_of(
            act.user_id, predicate=fact.predicate, subjects=[name for name in subjects if name], value=fact.value
        )
        scope = MemoryScope(ScopeKind(fact.scope_kind), fact.scope_id)
        act.count("tombstones", bury(act.user_id, digests, scope=scope, at=act.at))


def _remove_facts(act: _Act, fact_ids: list[UUID]) -> None:
    user_id = act.user_id
    evidence = Evidence.objects.of(user_id).filter(fact_id__in=fact_ids)
    vectors = Vector.objects.of(user_id).filter(fact_id__in=fact_ids)
    links = FactLink.objects.of(user_id).filter(models.Q(source_id__in=fact_ids) | models.Q(target_id__in=fact_ids))
    act.count("evidence", evidence.count())
    act.count("vectors", vectors.count())
    act.count("events_blanked", _blank_events(user_id, fact_ids))
    questions = Question.objects.of(user_id).filter(fact_ids__overlap=fact_ids)
    act.count("questions", questions.count())
    for rows in (links, vectors, evidence, questions):
        rows.delete()
    removed, _ = Fact.objects.of(user_id).filter(pk__in=fact_ids).delete()
    act.count("facts", len(fact_ids) if removed else 0)


def _blank_events(user_id: UUID, fact_ids: list[UUID]) -> int:
    return (
        MemoryEvent.objects.of(user_id)
        .filter(row_id__in=fact_ids)
        .exclude(before__isnull=True, after__isnull=True)
        .update(before=None, after=None)
    )


def _blank_names(user_id: UUID, entity_ids: list[UUID], keys: set[str]) -> int:
    """What the audit holds of people that are gone, and of names that were forgotten."""
    named = models.Q(before__name_key__in=list(keys)) | models.Q(after__name_key__in=list(keys))
    return (
        MemoryEvent.objects.of(user_id)
        .filter(table__in=["entity", "alias"])
        .filter(
            named
            | models.Q(before__alias_key__in=list(keys))
            | models.Q(row_id__in=entity_ids)
            | models.Q(before__entity_id__in=[str(entity_id) for entity_id in entity_ids])
        )
        .exclude(before__isnull=True, after__isnull=True)
        .update(before=None, after=None)
    )


def _remove_turns(act: _Act, gone: set[UUID]) -> None:
    user_id = act.user_id
    lost = Evidence.objects.of(user_id).filter(episode_id__in=gone)
    act.count("evidence", lost.count())
    lost.delete()
    vectors = Vector.objects.of(user_id).filter(episode_id__in=gone)
    act.count("vectors", vectors.count())
    vectors.delete()
    Rejection.objects.of(user_id).filter(episode_id__in=gone).delete()
    Question.objects.of(user_id).filter(episode_id__in=gone, state=Question.State.OPEN).delete()
    for episode in Episode.objects.of(user_id).filter(pk__in=gone):
        if episode.message_id is None:
            episode.delete()
        else:
            cut.hollow_out(episode, at=act.at, version=act.version)
    act.count("turns_removed", len(gone))


def _cut_turns(act: _Act, gone: set[UUID]) -> None:
    for episode in Episode.objects.of(act.user_id).filter(pk__in=list(act.cuts)):
        cut.cut_turn(episode, act.cuts[episode.pk], at=act.at, version=act.version)
    act.count("turns_cut", len(act.cuts))
    act.count("vectors", cut.embed_again(act.user_id, set(act.cuts) | gone, version=act.version))


def _remove_entities(act: _Act, facts: Iterable[Fact]) -> None:
    """People and things that nothing is known of any more go too, and so do names that were forgotten."""
    user_id = act.user_id
    keys = {
        value_key(name)
        for fact in facts
        if fact.predicate in RELATIONS or fact.predicate in ("preferred_name", "name")
        for name in filter(None, (fact.value, behind_title(fact.value), without_relation(fact.value)))
    }
    about = {fact.entity_id for fact in facts if fact.entity_id}
    candidates = Entity.objects.of(user_id).filter(
        models.Q(name_key__in=keys) | models.Q(pk__in=about) | models.Q(merged_into__in=about)
    )
    gone: list[UUID] = []
    for entity in candidates.order_by("merged_into"):  # who was merged goes first: nulls are last
        names = {
            entity.name_key,
            *EntityAlias.objects.of(user_id).filter(entity=entity).values_list("alias_key", flat=True),
        }
        is_known = Fact.objects.of(user_id).filter(
            models.Q(entity=entity) | models.Q(predicate__in=RELATIONS, value_key__in=names)
        )
        if not is_known.exists():
            Entity.objects.of(user_id).filter(merged_into=entity).update(merged_into=None)
            EntityAlias.objects.of(user_id).filter(entity=entity).delete()
            gone.append(entity.pk)
            entity.delete()
            act.count("entities", 1)
    act.count("events_blanked", _blank_names(user_id, gone, keys))
    EntityAlias.objects.of(user_id).filter(alias_key__in=keys, kind=EntityAlias.Kind.NICKNAME).delete()


def _remove_summaries(act: _Act, fact_ids: list[UUID], gone: set[UUID]) -> None:
    touched = [*act.cuts, *gone]
    rows = Summary.objects.of(act.user_id).filter(
        models.Q(fact_ids__overlap=fact_ids) | models.Q(episode_ids__overlap=touched)
    )
    naming = [
        row.pk for row in Summary.objects.of(act.user_id) if any(find_words(row.text, value) for value in act.values)
    ]
    conversations = set(
        Episode.objects.of(act.user_id).filter(pk__in=touched).values_list("conversation_id", flat=True)
    )
    rows = rows | Summary.objects.of(act.user_id).filter(
        models.Q(pk__in=naming)
        | models.Q(conversation_id__in=conversations, level=Summary.Level.CONVERSATION)  # joined from blocks that go
    )
    act.count("summaries", rows.count())
    rows.delete()


def _still_cited(act: _Act) -> int:
    """The scan afterwards: how often a forgotten value still stands in evidence of facts that stay."""
    found = 0
    for value in dict.fromkeys(act.values):
        found += sum(
            len(find_words(turn.text, value))
            for turn in cut.turns_with(act.user_id, value)
            if not cut.is_trivial(value)
        )
    return found


def _erase_everything(act: _Act) -> dict[UUID, ports.CutTurn]:
    user_id = act.user_id
    act.values = list(Fact.objects.of(user_id).values_list("value", flat=True))
    act.count(
        "events_blanked",
        MemoryEvent.objects.of(user_id)
        .exclude(before__isnull=True, after__isnull=True)
        .update(before=None, after=None),
    )
    for name, rows in (
        ("links", FactLink.objects.of(user_id)),
        ("vectors", Vector.objects.of(user_id)),
        ("evidence", Evidence.objects.of(user_id)),
        ("questions", Question.objects.of(user_id)),
        ("summaries", Summary.objects.of(user_id)),
        ("rejections", Rejection.objects.of(user_id)),
        ("facts", Fact.objects.of(user_id)),
        ("aliases", EntityAlias.objects.of(user_id)),
        ("tombstones_removed", Tombstone.objects.of(user_id)),
        ("jobs", MemoryJob.objects.of(user_id).exclude(state=MemoryJob.State.RUNNING)),
    ):
        act.count(name, rows.count())
        rows.delete()
    Import.objects.of(user_id).update(name="")
    Entity.objects.of(user_id).update(merged_into=None)
    act.count("entities", Entity.objects.of(user_id).count())
    Entity.objects.of(user_id).delete()
    turns = Episode.objects.of(user_id)
    act.count("turns_removed", turns.count())
    turns.filter(message_id__isnull=True).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE memory_episode SET text = %s, terms = '', pasted = '{}', speaker = '', cut_at = %s, changed_version = %s,"
            " withdrawn_at = coalesce(withdrawn_at, %s) WHERE user_id = %s",
            [ELLIPSIS, act.at, act.version, act.at, user_id],
        )
    return _left_of(turns.all())
