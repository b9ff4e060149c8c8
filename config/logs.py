"""What the log calls an error."""

from __future__ import annotations

import logging


class OnPurpose(logging.Filter):
    """Drops nothing: a 503 that a page gave on purpose ("Not set up yet") is told as information.

    Where something went wrong its exception stands with the record, and that stays an error.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is kept: always."""
        if getattr(record, "status_code", None) == 503 and not record.exc_info:
            record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return True
