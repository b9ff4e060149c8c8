"""The cast, and how they talk to the API."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
import pytest
from django.utils import timezone

from profiles.access_tokens import issue_access_token
from profiles.accounts import open_profile
from profiles.models import AccessToken, User

PASSWORD = "correct horse battery"


def make_user(name: str, **fields) -> User:
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, name=name.title(), **fields)
    open_profile(user, language="en", time_zone="Europe/Oslo")
    return user


@pytest.fixture
def alice(db) -> User:
    """Owns what a test is about."""
    return make_user("alice", is_owner=True)


@pytest.fixture
def bob(db) -> User:
    """Another user, who must never see anything of alice's."""
    return make_user("bob")


@pytest.fixture
def olga(db) -> User:
    """Operates."""
    return make_user("olga", is_staff=True, is_superuser=True)


class Phone:
    """Somebody's app: the REST API over real HTTP with an access token."""

    def __init__(self, live: str, user: User, scopes: list[str] | None = None) -> None:
        issued = issue_access_token(
            user, name=uuid.uuid4().hex[:8], scopes=scopes or list(AccessToken.Scope.values), at=timezone.now()
        )
        self.client = httpx.Client(
            base_url=f"{live}/api/v1/", headers={"Authorization": f"Bearer {issued.secret}"}, timeout=30
        )

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.client.get(path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return self.client.post(path, json=body if body is not None else {}, **more)

    def known(self, predicate: str) -> list[str]:
        """The values that are shown for a predicate."""
        return [item["value"] for item in self.get("memories", params={"predicate": predicate}).json()["items"]]

    def new_chat(self, **fields: Any) -> str:
        return self.post("conversations", fields).json()["id"]

    def say(self, chat: str, text: str, **fields: Any) -> dict[str, Any]:
        """Post a message; the 202's body."""
        response = self.post(f"conversations/{chat}/messages", {"text": text, **fields})
        assert response.status_code == 202, response.text
        return response.json()

    def events(self, run: str, after: int = 0) -> list[tuple[int, str, dict[str, Any]]]:
        """All events of a run until `done`."""
        found = []
        with self.client.stream("GET", f"runs/{run}/events", params={"after": after}) as response:
            assert response.status_code == 200
            seq, name = 0, ""
            for line in response.iter_lines():
                if line.startswith("id: "):
                    seq = int(line[4:])
                elif line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    found.append((seq, name, json.loads(line[6:])))
        return found

    def answer(self, chat: str, text: str, **fields: Any) -> str:
        """Say something and wait for the whole answer."""
        posted = self.say(chat, text, **fields)
        self.events(posted["run"]["id"])
        messages = self.get(f"conversations/{chat}/messages").json()["items"]
        return next(item["text"] for item in messages if item["id"] == posted["run"]["message"])
