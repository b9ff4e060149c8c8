"""Takes the words out of a PDF, as a program of its own: bytes in, JSON out.

A PDF can be made to take any time and any memory, so whoever reads one does it in a process without rights, secrets or a network to speak of, which the
machine ends when it takes too much. Nothing of the product is imported here.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import signal
import sys
from types import FrameType

MEMORY_BYTES = 768 * 1024 * 1024


class OutOfTime(BaseException):
    """Not an Exception, so that no library takes it for a fault of the page."""


def _ring(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


def read(data: bytes, *, pages: int, characters: int, seconds: int) -> dict[str, object]:
    """`text`, whether it `is_cut`, and the `problem` where there is none (no-text, locked, broken). What was read before time was up is kept."""
    from pypdf import PdfReader  # noqa: PLC0415 - after the limits are set

    found: list[str] = []
    left, is_cut = characters, False
    signal.signal(signal.SIGALRM, _ring)
    signal.alarm(seconds)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"text": "", "is_cut": False, "problem": "locked"}
        total = len(reader.pages)
        is_cut = total > pages
        for number in range(min(total, pages)):
            try:
                words = reader.pages[number].extract_text()
            except Exception:  # noqa: BLE001, S112 - one bad page must not cost the others
                continue
            found.append(words[:left])
            left -= len(words)
            if left <= 0:
                is_cut = True
                break
    except (OutOfTime, MemoryError, RecursionError):
        is_cut = True
    except ImportError:  # a cipher whose library is not there
        return {"text": "", "is_cut": False, "problem": "locked"}
    except Exception:  # noqa: BLE001 - anything can come out of a hostile file
        if not found:
            return {"text": "", "is_cut": False, "problem": "broken"}
        is_cut = True
    finally:
        signal.alarm(0)
    text = "\n\n".join(page.strip() for page in found if page.strip())
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    problem = "" if clean else "broken" if is_cut else "no-text"
    return {"text": clean, "is_cut": is_cut and bool(clean), "problem": problem}


def main() -> None:
    pages, characters, seconds = (int(word) for word in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    told = read(sys.stdin.buffer.read(), pages=pages, characters=characters, seconds=seconds)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
