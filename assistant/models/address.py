"""Addresses of servers that an operator names: on the open network, or of one's own house or container, whose names need no dot."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))*\.?")
_NEVER = re.compile(r"[\s\x00-\x1f\x7f\\<>\"]")


def validate_address(address: str) -> None:
    """Accept `http(s)://host[:port][/path]`, the host a name, an IPv4 or an IPv6 address. Raises ValidationError.

    A name and password in it are refused: the address is shown, a key is not.
    """
    if _NEVER.search(address):
        raise ValidationError(_("An address has no blanks in it."), code="address")
    if not address.lower().startswith(("http://", "https://")):
        raise ValidationError(_("An address begins with http:// or https://."), code="address")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port  # both raise ValueError for what is none
        is_known = port != 0 and _is_host(host, is_literal=parts.netloc.rpartition("@")[2].startswith("["))
    except ValueError:
        is_known = False
    if not is_known:
        raise ValidationError(_("This is no address that could be asked."), code="address")
    if "@" in parts.netloc:
        raise ValidationError(_("Enter the key in its own field: the address is shown."), code="address")


def _is_host(host: str, *, is_literal: bool) -> bool:
    """Whether it can be the name or number of a machine; `is_literal` where it stood in brackets. Raises ValueError."""
    if is_literal:
        return IPv6Address(host) is not None
    return len(host) <= 253 and _HOST.fullmatch(host) is not None
