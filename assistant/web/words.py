"""Words for what code knows by a short name: how a model was asked, why something was not kept, what a forget did."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistant.models import ContextItem, Run


def how_asked(run: Run) -> str:
    """With what a model was asked and how long it took, in a line."""
    told, took = run.parameters, run.timings
    efforts = {
        "low": _("it thought a little first"),
        "medium": _("it thought first"),
        "high": _("it thought hard first"),
    }
    parts = [efforts.get(told.get("effort", ""), "")]
    if told.get("step_by_step"):
        parts.append(_("it was asked to go step by step"))
    if told.get("tools"):
        parts.append(ngettext("%(n)s tool offered", "%(n)s tools offered", told["tools"]) % {"n": told["tools"]})
    if "first_token" in took and "all" in took:
        seconds = {name: number_format(took[name] / 1000, 1) for name in ("first_token", "all")}
        parts.append(_("first word after %(first_token)s s, all after %(all)s s") % seconds)
    if run.cost:
        parts.append(_("%(dollars)s US dollars") % {"dollars": number_format(run.cost, 4)})
    line = ", ".join(filter(None, parts))
    return line[:1].upper() + line[1:]


def not_all_of(item: ContextItem) -> str:
    """What of an attached file did not reach the model, for under the answer; empty when all of it did."""
    told, name = item.scores, str(item.scores.get("name", ""))
    if told.get("picture"):
        return (
            "" if told.get("seen") else _("This model can’t see pictures: it did not get “%(name)s”.") % {"name": name}
        )
    if told.get("problem"):
        return _("Nothing in “%(name)s” could be read.") % {"name": name}
    if int(told.get("sent", 0)) >= int(told.get("of", 0)):
        return ""
    return _("“%(name)s” is long: the answer rests on its first %(sent)s of %(of)s tokens.") % {
        "name": name,
        "sent": number_format(told["sent"], force_grouping=True),
        "of": number_format(told["of"], force_grouping=True),
    }


def role_in_words(role: str) -> str:
    """What a call of a model was for."""
    words = {
        "chat": _("Answers"),
        "reason": _("Thinking"),
        "vision": _("Pictures"),
        "extract": _("Learning"),
        "summarise": _("Summaries"),
        "title": _("Titles and ideas"),
        "weigh": _("Weighing memories"),
        "embed": _("Meaning"),
        "label": _("Learning"),
        "consolidate": _("Learning"),
    }
    return words.get(role, role)


def why_not_kept(reason: str) -> str:
    """Why something read in a message was not remembered."""
    words = {
        "quote": _("the words were not in your message"),
        "source": _("it was pasted, or came from a page or a file"),
        "incognito": _("the chat was temporary"),
        "speaker": _("you did not say it yourself"),
        "turn": _("it rested on a message that had been read before"),
        "secret": _("it looked like a password, a card number or a key"),
        "tombstone": _("you had asked me to forget it"),
        "consent": _("it needs your leave first; see Questions"),
        "subject": _("it was not clear who is meant"),
        "date": _("the date could not be right"),
        "schema": _("it could not be read as a fact"),
    }
    return words.get(reason, _("it did not pass the checks"))


def not_kept(refused: Mapping[str, int]) -> list[str]:
    """A sentence for each reason of a batch."""
    return [
        ngettext("Not kept: %(why)s.", "%(n)s things not kept: %(why)s.", count)
        % {"n": count, "why": why_not_kept(reason)}
        for reason, count in refused.items()
    ]


def forget_counts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The lines of a receipt: what a person can make something of, in the order of its weight."""
    lines = (
        ("facts", _("Facts erased"), True),
        ("evidence", _("Quotes cut"), True),
        ("turns_cut", _("Messages cut in memory"), False),
        ("turns_removed", _("Messages taken out of memory"), False),
        ("summaries", _("Summaries taken away, to be written anew"), False),
        ("questions", _("Questions closed"), False),
        ("entities", _("People and things no longer known"), False),
        ("windows_opened", _("Earlier facts that hold again"), False),
        ("tombstones", _("Barred from being learned again"), True),
        ("receipt_items_blanked", _("Lines blanked in receipts of answers"), False),
        ("exports_dropped", _("Packed exports deleted, since they held it"), False),
        ("titles_cut", _("Chat titles cut"), False),
        ("files_cut", _("Attached files that held it, cut or deleted"), False),
        ("messages_cut", _("Your own messages cut"), False),
        ("kept_in_evidence", _("Still quoted by facts that stay"), True),
    )
    return [(words, counts.get(key, 0)) for key, words, always in lines if always or counts.get(key)]


def ordinary_words(counts: Mapping[str, int]) -> str:
    """What was left because it is an everyday word; empty when nothing was."""
    n = counts.get("ordinary_words_kept", 0)
    if not n:
        return ""
    return ngettext(
        "An everyday word was left in %(n)s message that has nothing to do with this.",
        "Everyday words were left in %(n)s messages that have nothing to do with this.",
        n,
    ) % {"n": n}


def why_not_read(reason: str) -> str:
    """Why a file could not be taken in."""
    words = {
        "too-large": _("The file is larger than 200 MB."),
        "nothing-in-it": _("There are no chats in this file."),
        "not-an-archive": _("The archive is damaged or not a .zip file."),
        "not-json": _("The file is not JSON."),
        "unknown-format": _("This is no export of ChatGPT, Claude, Open WebUI or Remembrancer that I know."),
        "not-readable": _("The memory in this file can’t be read."),
    }
    return words.get(reason, _("Something went wrong on our side. Nothing that came in is lost; try again."))
