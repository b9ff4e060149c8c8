"""Reading on in an attached file, of which a prompt holds the beginning."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assistant.conf import tool_result_characters
from assistant.models import File
from assistant.models.file import FileQuerySet
from assistant.tools.base import Arguments, Asker, Origin, ReadingTool, Result, ToolFailed, schema
from profiles.owned import work_as


class ReadFile(ReadingTool):
    name = "read_file"
    label = _("Attached file")
    description = (
        "Reads on in a file that the person attached to this chat, where only its beginning is here: part 1 is the first, and each result says how "
        "many there are. With `words` it gives the parts in which they all stand."
    )
    parameters = schema(
        required=("name",),
        name={"type": "string", "minLength": 1, "maxLength": 120, "description": "The name of the file."},
        part={"type": "integer", "minimum": 1, "maximum": 10_000},
        words={"type": "string", "minLength": 2, "maxLength": 100, "description": "Words to look for."},
    )

    def is_offered(self, asker: Asker) -> bool:
        return readable(asker).exists()

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        return await work_as(asker.user_id, self._read, asker, arguments)

    def _read(self, asker: Asker, arguments: Arguments) -> Result:
        file = readable(asker).filter(name=arguments["name"]).order_by("-id").first()
        if file is None:
            names = ", ".join(dict.fromkeys(readable(asker).order_by("id").values_list("name", flat=True)))
            raise ToolFailed(f"There is no such file in this chat. Those there are: {names or 'none'}")
        parts = cut_into_parts(file.text, tool_result_characters() * 3 // 4)
        if words := arguments.get("words", "").casefold().split():
            found = [number for number, part in enumerate(parts, 1) if all(word in part.casefold() for word in words)]
            if not found:
                return Result(f"In none of the {len(parts)} parts all of these words stand.", Origin.FILE)
            number = next((one for one in found if one >= arguments.get("part", 1)), found[0])
            others = [one for one in found if one != number][:20]
            also = f" They also stand in part {', '.join(map(str, others))}." if others else ""
            return Result(f"Part {number} of {len(parts)}.{also}\n\n{parts[number - 1]}", Origin.FILE)
        number = arguments.get("part", 1)
        if number > len(parts):
            raise ToolFailed(f"The file has {len(parts)} parts.")
        return Result(f"Part {number} of {len(parts)}.\n\n{parts[number - 1]}", Origin.FILE)


def readable(asker: Asker) -> FileQuerySet:
    """The files of this chat that have words."""
    return File.objects.of(asker.user_id).filter(conversation=asker.conversation_id).exclude(text="")


def cut_into_parts(text: str, size: int) -> list[str]:
    """The text in parts of at most `size` characters, each ended between lines or words where there are any. Joined they are the text."""
    parts = []
    at = 0
    while at < len(text):
        end = min(len(text), at + size)
        if end < len(text):
            edge = max(text.rfind("\n", at + size // 2, end), 0) or max(text.rfind(" ", at + size // 2, end), 0)
            end = edge + 1 if edge else end
        parts.append(text[at:end])
        at = end
    return parts
