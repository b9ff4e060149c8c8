"""Settings → Your data: take everything along, take in what another assistant kept, and see how far it is."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.exchange import transfers
from assistant.exchange.types import NotReadable
from assistant.models import Transfer
from assistant.runs.farewell import delete_account, preview_leaving
from assistant.tasks import wake, work_on_transfer
from assistant.web.base import UserPage
from assistant.web.words import why_not_read

PAGE = "/settings/data/"
MOST_TRIES, TRIES_SECONDS = 5, 900  # of a password


class YourData(UserPage):
    area = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The last export, the imports, and the two forms."""
        rows = [_shown(row) for row in transfers.transfers_of(self.user.pk)]
        waiting = (
            transfers.waiting_for_review(self.user.pk, row["transfer"]) for row in rows
        )  # of all imports together
        context = {
            "section": "data",
            "export": next((row for row in rows if row["transfer"].kind == Transfer.Kind.EXPORT), None),
            "imports": [row for row in rows if row["transfer"].kind == Transfer.Kind.IMPORT],
            "waiting": next(filter(None, waiting), 0),
        }
        return self.page("settings/data.html", context)


def _shown(row: Transfer) -> dict[str, Any]:
    """A transfer, and in words why it failed."""
    return {"transfer": row, "problem": why_not_read(row.problem) if row.problem else ""}


class Export(UserPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Have everything packed."""
        try:
            row = transfers.open_export(self.user.pk, at=timezone.now())
        except transfers.AlreadyRunning:
            return redirect(PAGE)
        transaction.on_commit(partial(wake, work_on_transfer, self.user.pk, row.id))
        return redirect(PAGE)


class Import(UserPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file; a worker reads it."""
        file = request.FILES.get("file")
        if file is None:
            messages.error(request, _("Choose a file first."))
            return redirect(PAGE)
        try:
            with transaction.atomic():
                row = transfers.open_import(self.user.pk, file.chunks(), name=file.name or "", at=timezone.now())
        except transfers.AlreadyRunning:
            messages.error(request, _("Another import is still at work. One at a time."))
        except NotReadable as error:
            messages.error(request, why_not_read(error.reason))
        else:
            transaction.on_commit(partial(wake, work_on_transfer, self.user.pk, row.id))
        return redirect(PAGE)


class OneTransfer(UserPage):
    def get(self, request: HttpRequest, transfer_id: UUID) -> HttpResponse:
        """How far it is, for a page that waits; nothing once it is over."""
        row = transfers.get_transfer(self.user.pk, transfer_id)
        if row.is_finished:
            return HttpResponse(status=204)
        return self.fragment("settings/_transfer.html", {"row": _shown(row)})

    def post(self, request: HttpRequest, transfer_id: UUID) -> HttpResponse:
        """Go no further."""
        transfers.cancel(self.user.pk, transfer_id, at=timezone.now())
        return redirect(PAGE)


class Download(UserPage):
    def get(self, request: HttpRequest, transfer_id: UUID) -> HttpResponse:
        """The packed file."""
        row = transfers.get_transfer(self.user.pk, transfer_id)
        pieces = list(transfers.result_of(self.user.pk, transfer_id))  # read while the wall stands
        headers = {"Content-Disposition": f'attachment; filename="{row.name}"', "Cache-Control": "no-store"}
        headers["Content-Length"] = str(row.size)
        return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)  # type: ignore[return-value]


class DeleteAccount(UserPage):
    area = "settings"

    def get(self, request: HttpRequest, error: str = "") -> HttpResponse:
        """What would go, and a field for the password."""
        context = {"section": "data", "leaving": preview_leaving(self.user.pk), "error": error}
        status = 400 if error and not self.wants_fragment else 200
        return self.page("settings/delete_account.html", context, status=status)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Delete everything, once the password shows that it is its owner who asks."""
        tries = f"delete-account:{self.user.pk}"
        cache.add(tries, 0, TRIES_SECONDS)
        if cache.incr(tries) > MOST_TRIES:
            return self.get(request, error=_("Too many tries. Wait 15 minutes and try again."))
        if not self.user.check_password(request.POST.get("password", "")):
            return self.get(request, error=_("That is not your password."))
        delete_account(self.user)
        logout(request)
        messages.success(request, _("Your account and everything in it is deleted."))
        return redirect("account_login")
