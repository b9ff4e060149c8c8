"""A page that is left takes its event stream with it, at whatever moment it is left."""

from __future__ import annotations

import random
import socket
import time
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from profiles.access_tokens import issue_access_token
from profiles.models import AccessToken
from tests.stack import COUNTED, eventually

pytestmark = pytest.mark.stack


def test_no_stream_outlives_its_reader(live, alice):
    token = issue_access_token(alice, name="phone", scopes=[AccessToken.Scope.CHAT], at=timezone.now()).secret
    at = urlsplit(live)
    asked = f"GET /api/v1/events HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    moments = random.Random(1)
    for _ in range(80):
        with socket.create_connection((at.hostname, at.port)) as reader:
            reader.sendall(asked)
            time.sleep(moments.random() * 0.05)
    eventually(lambda: COUNTED.open == 0)
