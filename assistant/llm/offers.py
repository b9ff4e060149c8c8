"""What a provider offers: the names of its models, where it can be asked for them."""

from __future__ import annotations

import json
from typing import Any

import httpx

from assistant.llm.errors import ErrorCode, ProviderError
from assistant.models import Provider

SECONDS = 6.0
MOST_BYTES = 4_000_000
MOST_NAMES = 500
_ADDRESSES = {
    Provider.Kind.OPENAI: "https://api.openai.com/v1",
    Provider.Kind.ANTHROPIC: "https://api.anthropic.com/v1",
    Provider.Kind.GEMINI: "https://generativelanguage.googleapis.com/v1beta",
    Provider.Kind.MISTRAL: "https://api.mistral.ai/v1",
    Provider.Kind.GROQ: "https://api.groq.com/openai/v1",
    Provider.Kind.OPENROUTER: "https://openrouter.ai/api/v1",
}
_NOT_OURS = ("whisper", "tts", "dall-e", "moderation", "rerank", "image", "audio", "realtime", "transcribe")


def offered_models(*, kind: str, api_base: str, key: str) -> list[str]:
    """The names that a provider gives when it is asked, those for sound and pictures left out. Raises ProviderError.

    Only the operator names the address, and redirects are not followed.
    """
    base = (api_base or _ADDRESSES.get(Provider.Kind(kind), "")).rstrip("/")
    address, headers = f"{base}/models", {"Authorization": f"Bearer {key}"} if key else {}
    if kind == Provider.Kind.OLLAMA:
        address = f"{base}/api/tags"
    elif kind == Provider.Kind.ANTHROPIC:
        headers = {"x-api-key": key, "anthropic-version": "2023-06-01"}
        address += "?limit=200"
    elif kind == Provider.Kind.GEMINI:
        headers = {"x-goog-api-key": key}
        address += "?pageSize=200"
    names = _names(_ask(address, headers))
    return sorted(dict.fromkeys(name for name in names if not any(word in name for word in _NOT_OURS)))[:MOST_NAMES]


def _ask(address: str, headers: dict[str, str]) -> Any:
    try:
        with httpx.Client(timeout=SECONDS) as client, client.stream("GET", address, headers=headers) as answer:
            if answer.status_code in (401, 403):
                raise ProviderError(ErrorCode.REFUSED_KEY)
            if answer.status_code != 200:
                raise ProviderError(ErrorCode.BAD_ANSWER, detail=f"status {answer.status_code}")
            body = b""
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise ProviderError(ErrorCode.BAD_ANSWER, detail="too long")
        return json.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise ProviderError(ErrorCode.UNREACHABLE, detail=type(error).__name__) from error
    except ValueError as error:
        raise ProviderError(ErrorCode.BAD_ANSWER, detail="not JSON") from error


def _names(answer: Any) -> list[str]:
    rows = answer.get("data", answer.get("models")) if isinstance(answer, dict) else answer
    found = [row.get("id") or row.get("name") for row in rows or () if isinstance(row, dict)]
    return [name.removeprefix("models/")[:120] for name in found if isinstance(name, str) and name]
