"""What time it is, here and elsewhere."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

from assistant.tools.base import Arguments, Asker, ReadingTool, Result, ToolFailed, schema


class Clock(ReadingTool):
    name = "current_time"
    label = _("Clock")
    description = "The date, weekday and time now: where the person is, or in another time zone."
    parameters = schema(
        zone={
            "type": "string",
            "maxLength": 64,
            "description": "A name such as Asia/Tokyo; left out: the person's own zone.",
        }
    )

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        zone = asker.zone
        if named := arguments.get("zone"):
            try:
                zone = ZoneInfo(named)
            except (ZoneInfoNotFoundError, ValueError, OSError) as error:
                raise ToolFailed("There is no time zone of this name. Names look like Europe/Oslo.") from error
        local = asker.at.astimezone(zone)
        return Result(f"{local:%A %Y-%m-%d %H:%M} in {zone.key} (UTC{local:%z})")
