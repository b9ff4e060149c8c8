"""Ask memory a question as a user would: `recall --user U "question" [--explain]`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from memory.api import RecalledItem, prepare_recall, recall, write_line
from profiles.api import User
from profiles.owned import as_user

SHOWN = 0.005  # points; a channel that gives less is left out of the table


class Command(BaseCommand):
    help = "Show what memory recalls for a question, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question")
        parser.add_argument("--user", required=True, help="id or e-mail address")
        parser.add_argument("--budget", type=int, default=1500, help="tokens")
        parser.add_argument(
            "--explain", action="store_true", help="scores by channel and ranks, also of what was not packed"
        )

    def handle(self, *args: Any, question: str, user: str, budget: int, explain: bool, **options: Any) -> None:
        owner = user_named(user)
        prepare_recall(owner.pk, question)
        with as_user(owner):
            found = recall(owner.pk, question, at=timezone.now(), budget_tokens=budget, explain=explain)
        if found.nothing:
            self.stdout.write(f"Nothing: {found.reason}.")
        for item in found.items:
            self.stdout.write(write_line(item.line))
        if explain:
            self._table(found.considered, {item.id: item.score.rank_packed for item in found.items})
        self.stdout.write(f"{len(found.items)} items, {found.tokens} tokens, memory version {found.memory_version}")

    def _table(self, items: tuple[RecalledItem, ...], packed: dict[UUID, int]) -> None:
        """One row an item: its rank within its kind by score, after folding and merging, and in the prompt; why; and the score by channel."""
        self.stdout.write(
            f"{'packed':>6} {'folded':>6} {'fused':>5} {'score':>7}  {'kind':4}  {'why':22}  {'text':40}  channels"
        )
        for item in items:
            channels = "  ".join(
                f"{name} {value:.2f}"
                for name, value in sorted(item.score.channels.items(), key=lambda pair: -abs(pair[1]))
                if abs(value) >= SHOWN
            )
            text = item.line.text if len(item.line.text) <= 40 else item.line.text[:39] + "…"
            self.stdout.write(
                f"{packed.get(item.id, 0) or '-':>6} {item.score.rank_folded:>6} {item.score.rank_fused:>5} {item.score.total:>7.2f}"
                f"  {item.kind:4}  {item.reason[:22]:22}  {text:40}  {channels}"
            )


def user_named(name: str) -> User:
    """The user of this id or e-mail address. Raises CommandError."""
    try:
        return User.objects.get(pk=UUID(name))
    except (ValueError, User.DoesNotExist):
        pass
    try:
        return User.objects.get(email__iexact=name)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no user {name}.") from error
