"""What was wrong with a file, in words for the one who chose it."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from assistant.exceptions import (
    EmptyFile,
    FileGone,
    FileProblem,
    FileTooLarge,
    FileTypeUnknown,
    NoRoomForFile,
    TooManyFiles,
)


def told_of_file(error: FileProblem) -> str:
    """One or two sentences, in the active language."""
    match error:
        case FileTooLarge(args=(name, size, limit)):
            return _("“%(name)s” is %(size)s. The limit is %(limit)s.") % {
                "name": name,
                "size": filesizeformat(size),
                "limit": filesizeformat(limit),
            }
        case NoRoomForFile(args=(name, used, room)):
            return _(
                "There is no room for “%(name)s”: your files take up %(used)s of %(room)s. Delete chats whose files you no longer need."
            ) % {"name": name, "used": filesizeformat(used), "room": filesizeformat(room)}
        case FileTypeUnknown(args=(name,)):
            return _("“%(name)s” can’t be read here. Attach text, a PDF, or a picture as PNG, JPEG, WebP or GIF.") % {
                "name": name
            }
        case EmptyFile(args=(name,)):
            return _("“%(name)s” is empty.") % {"name": name}
        case TooManyFiles(args=(most,)):
            return _("A message can have %(most)s files at most.") % {"most": most}
        case FileGone():
            return _("An attached file is no longer there. Attach it again.")
    return _("This file can’t be taken.")
