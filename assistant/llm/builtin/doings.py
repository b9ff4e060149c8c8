"""What the engine did or will do with the message, told plainly: actions on a command, facts understood, consent still to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.llm.builtin.prompt import Prompt, language_code
from assistant.llm.builtin.speech import Speech, is_user
from assistant.llm.builtin.tables import LANGUAGES
from memory.lines import ActionVerb, MemoryLine

_TOLD = {
    ActionVerb.REMEMBERED: "remembered",
    ActionVerb.CHANGED: "changed",
    ActionVerb.REPEATED: "repeated",
}
_REFUSALS = ("secret", "secret_said", "forget", "paused", "temporary")
_UNDONE = ("extract", "command", "edit", "correct", "confirm", "reject", "answer", "withdraw", "merge")
_CONSENTS = ("health", "finance", "beliefs", "sexuality", "location", "children")
# A fact just learned, the slots next to it that make it whole, and what to ask when none of them is known.
_FOLLOW_UPS = (
    ("works_at", ("occupation",), "follow_occupation"),
    ("occupation", ("works_at",), "follow_works_at"),
)


def tell_actions(prompt: Prompt, speech: Speech) -> list[str]:
    """One sentence an action, those of one verb together."""
    sentences: list[str] = []
    by_verb: dict[str, list[MemoryLine]] = {}
    for action in prompt.actions:
        by_verb.setdefault(action.id, []).append(action)
    for verb, actions in by_verb.items():
        if verb in _TOLD:
            sentences.append(speech.phrase(_TOLD[ActionVerb(verb)], list=_listed(actions, speech)))
        else:
            sentences += [_tell_one(verb, action, speech) for action in actions]
    if any(
        action.predicate == "answer_language" and action.id in _TOLD and not language_code(action.value)
        for action in prompt.actions
    ):
        sentences.append(speech.phrase("answer_language_unknown"))
    return [sentence for sentence in dict.fromkeys(sentences) if sentence]


def _tell_one(verb: str, action: MemoryLine, speech: Speech) -> str:
    if verb == ActionVerb.FORGOTTEN:
        if not action.predicate:
            return speech.phrase("forgotten_plain")
        return speech.phrase("forgotten_one" if action.note == "one" else "forgotten", label=_about(action, speech))
    if verb == ActionVerb.MARKED_WRONG:
        return speech.phrase("marked_wrong", label=_about(action, speech))
    if verb == ActionVerb.FORGET_PREVIEW:
        return speech.phrase(
            "forget_preview_one" if action.concerned == 1 else "forget_preview", count=action.concerned
        )
    if verb == ActionVerb.NEEDS_CONSENT:
        return _ask_consent([action], speech)
    if verb == ActionVerb.REFUSED:
        return speech.phrase(f"refused_{action.note}" if action.note in _REFUSALS else "refused")
    if verb == ActionVerb.UNDONE:
        about = f" ({_about(action, speech)})" if action.predicate else ""
        return speech.phrase(f"undone_{action.note}" if action.note in _UNDONE else "undone", about=about)
    return speech.phrase("not_found") if verb == ActionVerb.NOT_FOUND else ""


def _about(action: MemoryLine, speech: Speech) -> str:
    """What it was about, never the value: "where you live", or "Ana" with it when it was about her."""
    if not action.predicate:
        return speech.label("states")
    label = speech.label(action.predicate)
    return label if is_user(action) else f"{label} ({action.subject})"


def _listed(lines: Sequence[MemoryLine], speech: Speech) -> str:
    return speech.listed([speech.inside(speech.fact(line)) for line in lines])


def _ask_consent(lines: Sequence[MemoryLine], speech: Speech) -> str:
    kind = lines[0].consent if lines[0].consent in _CONSENTS else "other"
    return speech.phrase("ask_consent", list=_listed(lines, speech), matter=speech.phrase(f"consent_{kind}"))


def tell_understood(prompt: Prompt, speech: Speech) -> list[str]:
    """ "Got it: you live in Bergen (since last week)." and, apart from it, what is not kept before the person was asked."""
    acted = {(action.predicate, action.value) for action in prompt.actions}
    lines = [line for line in prompt.understood if (line.predicate, line.value) not in acted]
    kept = [line for line in lines if not line.consent]
    now = [line for line in kept if line.status != "superseded"]
    before = [line for line in kept if line.status == "superseded"]
    holds = [line for line in now if line.id not in ("ends", "negates")]
    over = [line for line in now if line.id == "ends"]
    untrue = [line for line in now if line.id == "negates"]
    sentences = [speech.phrase("got_it", list=_listed(holds, speech))] if holds else []
    if over:
        told = speech.listed([speech.inside(speech.fact(line, past=True, timed=False)) for line in over])
        sentences.append(speech.phrase("got_over", list=told))
    if untrue:
        sentences.append(speech.phrase("got_untrue", list=_listed(untrue, speech)))
    if before:
        told = speech.listed([speech.inside(speech.fact(line, past=True)) for line in before])
        sentences.append(speech.phrase("from_before", list=told))
    by_consent: dict[str, list[MemoryLine]] = {}
    for line in lines:
        if line.consent:
            by_consent.setdefault(line.consent, []).append(line)
    return sentences + [_ask_consent(group, speech) for group in by_consent.values()]


def follow_up(prompt: Prompt, speech: Speech) -> str:
    """At most one question about a slot next to what was just said; none that was asked before in this conversation, none to who wants it short."""
    if not prompt.understood or "?" in prompt.message:
        return ""
    learned = {line.predicate for line in prompt.understood if is_user(line)}
    known = learned | {fact.predicate for fact in prompt.facts if is_user(fact)}
    keys = [key for predicate, neighbours, key in _FOLLOW_UPS if predicate in learned and not known & set(neighbours)]
    trips = [line for line in prompt.understood if line.predicate == "trip" and not (line.since or line.expires_on)]
    if trips:
        keys.append("follow_trip")
    if prompt.now.first_meeting and not prompt.name and not learned & {"name", "preferred_name"}:
        keys.append("follow_name")
    said = " ".join(turn.text for turn in prompt.history if turn.role == "assistant")
    for key in keys:
        if not any(replace(speech, language=language).phrase(key) in said for language in LANGUAGES):
            return speech.phrase(key)
    return ""
