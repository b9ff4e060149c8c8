"""The sections of a prompt, in the order of `layout.py`. Each writes its part on the sheet; adding a section is adding a class to `SECTIONS`."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from assistant.context.attached import frame_picture, frame_texts, is_framed
from assistant.context.fitting import lines_there
from assistant.context.inputs import Beside, ContextInputs
from assistant.context.layout import PERSONA, STEP_BY_STEP, TOOL_POLICY, mark_key
from assistant.context.sheet import Sheet
from assistant.files.marks import NO_WORDS
from memory.api import BlockName, MemoryLine, RecalledItem, neutralise, read_line, write_line

NO_ROOM = "did not fit"


class Section(Protocol):
    """Part of a prompt."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None: ...


class Persona:
    """Who answers, by which rules, and what the person asked for in their settings: the only system message."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        system = f"{PERSONA}\n\n{TOOL_POLICY}" if inputs.tools else PERSONA
        if inputs.custom_instructions:
            system += f"\n\nThe person asked for this in their settings:\n{inputs.custom_instructions}"
        if inputs.project_instructions:
            system += f"\n\nFor the project that this conversation belongs to they asked for this:\n{inputs.project_instructions}"
        if inputs.step_by_step:
            system += f"\n\n{STEP_BY_STEP}"
        sheet.say("system", system)
        sheet.note("instructions", system)


class Tools:
    """What the model may call. The definitions travel beside the messages."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        if inputs.tools:
            sheet.note_beside("tools", inputs.tools, reason="what may be called")


class Profile:
    """Who the person is."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        lines = [line for line in inputs.profile if line.id not in inputs.left_out]
        if lines:
            sheet.lay(BlockName.PROFILE, lines, key=mark_key("conversation", inputs.conversation_id))
            sheet.close_blocks()
        for line in lines:
            sheet.note("profile", write_line(line), reference=line.id, version=line.version, reason="always sent")


class Summary:
    """What left the window of recent turns."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        if not inputs.summary or inputs.summary_id in inputs.left_out:
            return
        key = mark_key("conversation", inputs.conversation_id)
        sheet.lay(BlockName.SUMMARY, inputs.summary.splitlines(), key=key)
        sheet.close_blocks()
        sheet.note(
            "summary",
            inputs.summary,
            reference=inputs.summary_id,
            version=inputs.summary_version,
            reason="earlier in this chat",
        )


class RecentTurns:
    """What was said before, each question with what stood beside it then."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        for turn in inputs.turns:
            if turn.beside:
                self._lay_beside(turn.beside, inputs, sheet)
            text = neutralise(turn.text) or NO_WORDS
            sheet.say(turn.role, text)
            sheet.note(
                "turn", text, reference=str(turn.message_id), version=turn.version, reason="earlier in this chat"
            )

    def _lay_beside(self, beside: Beside, inputs: ContextInputs, sheet: Sheet) -> None:
        key = mark_key("run", beside.run_id)
        for name, kinds in ((BlockName.RECALLED, ("fact", "episode")), (BlockName.ACTIONS, ("action",))):
            sent = [line for line in beside.lines if line.kind in kinds and line.reference not in inputs.left_out]
            read = [(line, known) for line in sent if (known := read_line(line.text)) is not None]
            if read:
                sheet.lay(name, [known for _, known in read], key=key)
            for line, known in read:
                sheet.note(
                    line.kind,
                    write_line(known),
                    reference=line.reference,
                    version=line.version,
                    reason="earlier in this chat",
                    is_carried=True,
                )
        for line in beside.lines:
            if line.kind == "now":
                sheet.lay(BlockName.NOW, [line.text], key=key)
                sheet.note("now", line.text, reason="date and place", is_carried=True)
        for line in beside.lines:
            if line.kind == "file" and is_framed(line.text):  # what was forgotten is not there any more
                is_seen = line.is_seen and inputs.can_see
                sheet.say("user", line.text, picture=UUID(line.reference) if is_seen else None)
                sheet.note(
                    "file",
                    line.text,
                    reference=line.reference,
                    reason="earlier in this chat",
                    scores={"name": line.name, "seen": is_seen},
                    is_carried=True,
                )


class Recalled:
    """What the question brought up, less what stands in the prompt already."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        there = lines_there(inputs.profile, inputs.turns)
        new = [item for item in inputs.recalled if item.line.id not in there and not is_left_out(item, inputs)]
        if new:
            sheet.lay(BlockName.RECALLED, [item.line for item in new], key=mark_key("run", inputs.run_id))
        for item in new:
            sheet.note(
                "fact" if item.kind == "fact" else "episode",
                write_line(item.line),
                reference=reference_of(item),
                version=item.line.version,
                reason=item.reason,
                scores=scores_of(item),
            )


class Passed:
    """What was found and not sent, for want of room: in the receipt alone."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        for line in inputs.profile_left:
            if line.id not in inputs.left_out:
                sheet.note_unsent(write_line(line), reference=line.id, version=line.version, reason=NO_ROOM)
        for item in inputs.passed:
            if not is_left_out(item, inputs):
                sheet.note_unsent(
                    write_line(item.line),
                    reference=reference_of(item),
                    version=item.line.version,
                    reason=NO_ROOM,
                    scores=scores_of(item),
                )


def is_left_out(item: RecalledItem, inputs: ContextInputs) -> bool:
    """Whether this answer has to do without what was recalled: a fact itself, or the message that a turn was."""
    names = {item.line.id, str(item.id)} | ({str(item.message_id)} if item.kind == "turn" else set())
    return bool(names & inputs.left_out)


def scores_of(item: RecalledItem) -> dict[str, float]:
    """How a receipt tells why an item was found: its score by channel, the sum, and its rank before and after folding."""
    score = item.score
    ranks = {"rank_fused": score.rank_fused, "rank_folded": score.rank_folded}
    return {**score.channels, "total": score.total, **{name: rank for name, rank in ranks.items() if rank}}


def reference_of(item: RecalledItem) -> str:
    """What a receipt leads to: the fact, or the message that a turn was."""
    return str(item.id if item.kind == "fact" else item.message_id or item.id)


class Actions:
    """What the server did on the person's command, and what it will remember of this message."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        done: list[MemoryLine] = [line for line in map(read_line, inputs.actions) if line is not None]
        done += inputs.understood
        if done:
            sheet.lay(BlockName.ACTIONS, done, key=mark_key("run", inputs.run_id))
        for line in done:
            sheet.note("action", write_line(line), reference=line.id, reason="what was done with this message")


class Now:
    """The date, in the person's zone."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        local = inputs.now.astimezone(inputs.zone)
        words = [
            f"date={local:%Y-%m-%d}",
            f"weekday={local:%A}",
            f"time={local:%H:%M}",
            f"zone={inputs.zone.key}",
            f"language={inputs.language}",
            f"memory={inputs.memory_state}",
            *(["first_meeting=yes"] if inputs.is_first_meeting else []),
            "link_memory=/memory/",
            "link_models=/settings/models/",
        ]
        now = " ".join(words)
        sheet.lay(BlockName.NOW, [now], key=mark_key("run", inputs.run_id))
        sheet.note("now", now, reason="date and place")


class Files:
    """What is attached to the question: each file a message of data, between marks. Pictures go along where the model sees them."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        key = mark_key("run", inputs.run_id)
        texts = [file for file in inputs.files if not file.is_image]
        framed = frame_texts(texts, key=key, budget=inputs.file_tokens, count=sheet.count)
        for file in inputs.files:
            if file.is_image:
                text = frame_picture(file, key=key, can_see=inputs.can_see)
                scores: dict[str, object] = {"name": file.name, "seen": inputs.can_see, "picture": True}
            else:
                sent = framed[file.id]
                text, scores = (
                    sent.text,
                    {"name": file.name, "sent": sent.tokens, "of": sent.of, "problem": file.problem},
                )
            sheet.say("user", text, picture=file.id if file.is_image and inputs.can_see else None)
            sheet.note("file", text, reference=str(file.id), reason="attached", scores=scores)


class Question:
    """The message to be answered."""

    def write(self, inputs: ContextInputs, sheet: Sheet) -> None:
        text = neutralise(inputs.question) or NO_WORDS
        sheet.say("user", text)
        sheet.note("turn", text, version=1, reason="the question")


SECTIONS: tuple[Section, ...] = (
    Persona(),
    Tools(),
    Profile(),
    Summary(),
    RecentTurns(),
    Recalled(),
    Passed(),
    Actions(),
    Now(),
    Files(),
    Question(),
)
