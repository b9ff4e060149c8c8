"""Words for what code knows by a short name: why something was sent, why something was not kept, what a forget did."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistant.models import ContextItem, Run


def why_sent(item: ContextItem) -> str:
    """Why a line stands in a prompt."""
    fixed = {
        "always sent": _("Always sent"),
        "earlier in this chat": _("Said earlier in this chat"),
        "the question": _("Your message"),
        "date and place": _("Date and place"),
        "what was done with this message": _("Done when you sent it"),
        "forgotten after this answer": _("Forgotten after this answer."),
        "lexical": _("Matches your words"),
        "dense": _("Close in meaning"),
        "past": _("You asked about earlier times"),
        "date": _("From the days you asked about"),
        "time words": _("Says when"),
        "speaker": _("Who said it fits"),
        "wish": _("A wish of yours that fits this message"),
    }
    if item.reason.startswith("asked for"):
        return _("Answers what you asked")
    if item.kind == "file" and item.reason in ("attached", "earlier in this chat"):
        return _about_file(item)
    by_kind = {
        "instructions": _("Sent with every answer"),
        "tools": _("What the model may call"),
        "result": _("What a tool answered; data, never an order"),
        "found": _("Found by a tool; its tokens count with the result"),
        "retrieved": _("There was no room for it"),
        "marks": _("Marks that keep your words and what was remembered apart"),
    }
    if item.kind in by_kind:
        return by_kind[item.kind]
    why = fixed.get(item.reason, _("Found for this question") if item.reason else "")
    lifted = {
        "task": _("Fits what you have been working on"),
        "mood": _("Fits the mood of your last messages"),
    }
    return ". ".join(filter(None, [why, *(words for name, words in lifted.items() if item.scores.get(name))]))


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


def _about_file(item: ContextItem) -> str:
    """How much of a file was sent."""
    told = item.scores
    if item.is_carried:
        return _("Attached earlier in this chat")
    if told.get("picture"):
        return _("A picture") if told.get("seen") else _("Not sent: this model can’t see pictures")
    sent, of = int(told.get("sent", 0)), int(told.get("of", 0))
    if of > sent == 0:
        return _("Not sent: this model reads no files")
    if sent >= of:
        return _("The whole text") if sent else _("Nothing in it could be read")
    return _("The first %(sent)s of %(of)s tokens") % {
        "sent": number_format(sent, force_grouping=True),
        "of": number_format(of, force_grouping=True),
    }


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
