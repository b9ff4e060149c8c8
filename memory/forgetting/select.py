"""What a target means: the facts and turns that would go, and proof of what was shown."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import models

from memory.exceptions import NotRemembered
from memory.facts import entities
from memory.facts.lookup import meant_by
from memory.facts.predicates import predicate_of
from memory.facts.slots_meant import people_in
from memory.models import Episode, Evidence, Fact
from memory.types import ForgetTarget


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes. `turn_ids`: whole turns; `phrases`: words to cut wherever they stand."""

    facts: tuple[Fact, ...] = ()
    turn_ids: tuple[UUID, ...] = ()
    phrases: tuple[str, ...] = ()
    conversation_id: UUID | None = None
    everything: bool = False
    is_exact: bool = True


def choose(user_id: UUID, target: ForgetTarget) -> Chosen:
    """What `target` means now. Raises NotRemembered for a fact that isn't there."""
    if target.everything:
        return Chosen(everything=True, is_exact=False)
    if target.fact_id:
        fact = Fact.objects.of(user_id).select_related("entity").filter(pk=target.fact_id).first()
        if fact is None:
            raise NotRemembered("There is no such fact.")
        return Chosen(facts=_with_those_named(user_id, _with_history(user_id, [fact])))
    if target.slot:
        subject, predicate = target.slot
        found = entities.find(user_id, subject)
        rows = Fact.objects.of(user_id).select_related("entity").filter(predicate=predicate)
        rows = rows.about_user() if found is None else rows.filter(entity__in=found)
        return Chosen(facts=_with_those_named(user_id, tuple(rows)))
    if target.conversation_id or target.between:
        return _turns(user_id, target)
    meant = meant_by(user_id, target.query)
    facts = _with_history(user_id, meant.facts) if meant.has_history else meant.facts
    return Chosen(facts=facts, phrases=meant.phrases, is_exact=meant.is_exact)


def _with_those_named(user_id: UUID, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts, and what is known about whom they name: a sister who is forgotten is not one "who lives in Moss"."""
    chosen = {fact.pk: fact for fact in facts}
    if people := people_in(user_id, facts):
        for fact in Fact.objects.of(user_id).select_related("entity").filter(entity__in=people):
            chosen.setdefault(fact.pk, fact)
    return tuple(chosen.values())


def _with_history(user_id: UUID, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts, and for one-valued slots all that ever stood in them."""
    chosen = {fact.pk: fact for fact in facts}
    slots = {
        (fact.scope_kind, fact.scope_id, fact.slot_key)
        for fact in chosen.values()
        if fact.slot_key and predicate_of(fact.predicate).is_one and fact.status == Fact.Status.ACTIVE
    }
    query = models.Q(pk__in=list(chosen))
    for kind, scope_id, slot in slots:
        query |= models.Q(scope_kind=kind, scope_id=scope_id, slot_key=slot)
    rows = Fact.objects.of(user_id).select_related("entity").filter(query)
    return tuple(rows)


def _turns(user_id: UUID, target: ForgetTarget) -> Chosen:
    """Whole turns, and the facts that rest on them alone."""
    turns = Episode.objects.of(user_id).filter(cut_at__isnull=True) | Episode.objects.of(user_id).filter(
        withdrawn_at__isnull=True
    )
    if target.conversation_id:
        turns = turns.in_conversation(target.conversation_id)
    elif target.between:
        turns = turns.filter(said_at__gte=target.between[0], said_at__lt=target.between[1])
    turn_ids = set(turns.values_list("pk", flat=True))
    cited = Evidence.objects.of(user_id).filter(episode_id__in=turn_ids)
    here = set(cited.values_list("fact_id", flat=True))
    elsewhere = set(
        Evidence.objects.of(user_id)
        .filter(fact_id__in=here, change__in=["asserts", "corrects"])
        .exclude(episode_id__in=turn_ids)
        .values_list("fact_id", flat=True)
    )
    facts = Fact.objects.of(user_id).select_related("entity").filter(pk__in=here - elsewhere, origin="user_said")
    return Chosen(facts=tuple(facts), turn_ids=tuple(turn_ids), conversation_id=target.conversation_id, is_exact=False)


def token_of(user_id: UUID, chosen: Chosen) -> str:
    """Proves that these facts and turns, and no others, were shown."""
    parts = [user_id.hex, str(chosen.everything), *sorted(str(fact.pk) + str(fact.version) for fact in chosen.facts)]
    parts += sorted(str(turn_id) for turn_id in chosen.turn_ids)
    return hmac.new(settings.TOMBSTONE_KEY.encode(), "|".join(parts).encode(), hashlib.sha256).hexdigest()
