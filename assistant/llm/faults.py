"""litellm's exceptions as our one error. What is matched here was seen of the pinned version; the scripted provider's tests hold it to that."""

from __future__ import annotations

import math
import re
import time
from email.utils import parsedate_to_datetime
from typing import Any

from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.types import Model

_UNREACHABLE = re.compile(
    r"cannot connect|connection (?:error|refused|reset)|connect call failed|connecterror|name or service not known|nodename nor servname|"
    r"no address associated|temporary failure in name resolution|all connection attempts failed|network is unreachable|server disconnected",
    re.IGNORECASE,
)
_TLS = re.compile(
    r"certificate[_ ]verify[_ ]failed|self[- ]signed|sslerror|\[SSL[:\]]|wrong[_ ]version[_ ]number", re.IGNORECASE
)
_FILTERED = re.compile(
    r"content_policy_violation|content[_ ](?:filter|management policy)|ResponsibleAIPolicy", re.IGNORECASE
)
_TOO_LONG = re.compile(
    r"context[_ ](?:length|window)|maximum context|too many tokens|prompt is too long|input is too long", re.IGNORECASE
)
_NO_CREDIT = re.compile(
    r"insufficient_quota|exceeded your current quota|billing|credit balance|payment required", re.IGNORECASE
)
_NO_MODEL = re.compile(
    r"model.{0,80}(?:not found|does not exist|unknown)|unknown model|no such model|model_not_found|llm provider not provided",
    re.IGNORECASE | re.DOTALL,
)
_BAD_KEY = re.compile(r"api[_ ]?key|authentication|unauthorized|x-api-key", re.IGNORECASE)
_SECRET = re.compile(r"\b(?:sk|pk|key|gsk|xai|AIza)[-_A-Za-z0-9*.]{6,}|(?<=Bearer )\S+")
DETAIL_CHARACTERS = 300


def to_provider_error(error: BaseException, *, model: Model, litellm: Any, begun: bool) -> ProviderError:
    """`error`, raised by litellm while calling `model`, as ours. `begun`: some of the answer had come before."""
    code = ErrorCode.INTERRUPTED if begun else _code_of(error, litellm)
    return ProviderError(code, detail=_detail(error, model), retry_after=_retry_after(error), model=model.name)


def _by_its_words(error: BaseException, kinds: Any, text: str) -> ErrorCode | None:
    """What is told by the message as well as by the type: providers report it in several ways."""
    is_bad_request = isinstance(error, kinds.BadRequestError)
    if _NO_CREDIT.search(text) or isinstance(error, kinds.BudgetExceededError):
        return ErrorCode.BUDGET
    if isinstance(error, kinds.ContextWindowExceededError) or (is_bad_request and _TOO_LONG.search(text)):
        return ErrorCode.CONTEXT_TOO_LONG
    if isinstance(error, kinds.ContentPolicyViolationError) or (is_bad_request and _FILTERED.search(text)):
        return ErrorCode.FILTERED
    return None


def _code_of(error: BaseException, litellm: Any) -> ErrorCode:
    text = str(error)
    kinds = litellm.exceptions
    if (code := _by_its_words(error, kinds, text)) is not None:
        return code
    if _TLS.search(_chain(error)):
        return ErrorCode.TLS
    table: tuple[tuple[type[BaseException], ErrorCode], ...] = (
        (kinds.AuthenticationError, ErrorCode.REFUSED_KEY),
        (kinds.PermissionDeniedError, ErrorCode.REFUSED_KEY),
        (kinds.RateLimitError, ErrorCode.RATE_LIMITED),
        (kinds.Timeout, ErrorCode.TIMEOUT_FIRST_TOKEN),
        (kinds.NotFoundError, ErrorCode.UNKNOWN_MODEL),
    )
    for kind, code in table:
        if isinstance(error, kind):
            return code
    if isinstance(error, kinds.BadRequestError):
        return ErrorCode.UNKNOWN_MODEL if _NO_MODEL.search(text) else ErrorCode.BAD_REQUEST
    if _UNREACHABLE.search(_chain(error)):
        return ErrorCode.UNREACHABLE
    if isinstance(error, kinds.MidStreamFallbackError):
        return ErrorCode.BAD_ANSWER  # the stream began and held nothing that could be read
    if isinstance(error, kinds.APIConnectionError):
        return ErrorCode.UNREACHABLE
    if getattr(error, "status_code", None) in (401, 403) or (_BAD_KEY.search(text) and "missing" in text.casefold()):
        return ErrorCode.REFUSED_KEY
    if isinstance(
        error, kinds.APIError | kinds.InternalServerError | kinds.ServiceUnavailableError | kinds.BadGatewayError
    ):
        return ErrorCode.SERVER_ERROR
    return ErrorCode.BAD_ANSWER


def _chain(error: BaseException) -> str:
    """The texts of `error` and of what caused it: litellm reports a refused connection as an internal error of the server."""
    parts, seen = [], 0
    current: BaseException | None = error
    while current is not None and seen < 6:
        parts.append(f"{type(current).__name__}: {current}")
        current, seen = current.__cause__ or current.__context__, seen + 1
    return " | ".join(parts)


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    raw = headers.get("retry-after") if hasattr(headers, "get") else None
    return _seconds_until(str(raw)) if raw is not None else None


def _seconds_until(told: str) -> float | None:
    """Seconds, as they stand there or until the day and hour of an HTTP date (RFC 9110, 10.2.3); None for anything else."""
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _detail(error: BaseException, model: Model) -> str:
    text = " ".join(str(error).split())
    if model.api_key:
        text = text.replace(model.api_key, "…")
    return f"{type(error).__name__}: {_SECRET.sub('…', text)}"[:DETAIL_CHARACTERS]
