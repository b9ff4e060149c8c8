"""The one error of a model call: a code, whether trying again can help, and words a person can act on."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistant.exceptions import AssistantError


class ErrorCode(StrEnum):
    REFUSED_KEY = "refused_key"
    RATE_LIMITED = "rate_limited"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    SERVER_ERROR = "server_error"
    TIMEOUT_FIRST_TOKEN = "timeout_first_token"  # noqa: S105 - a token of text
    TIMEOUT_BETWEEN_TOKENS = "timeout_between_tokens"
    TIMEOUT_OVERALL = "timeout_overall"
    CONTEXT_TOO_LONG = "context_too_long"
    UNKNOWN_MODEL = "unknown_model"
    BAD_REQUEST = "bad_request"
    FILTERED = "filtered"
    BAD_ANSWER = "bad_answer"
    INTERRUPTED = "interrupted"
    BUDGET = "budget"
    SPENT = "spent"
    SPENT_PROJECT = "spent_project"
    TOO_MANY_STEPS = "too_many_steps"


SENTENCES: dict[ErrorCode, Promise] = {
    ErrorCode.REFUSED_KEY: _("The provider refused this key. Check it under Settings → Models."),
    ErrorCode.RATE_LIMITED: _("The provider takes no more requests for the moment. Try again in a little while."),
    ErrorCode.UNREACHABLE: _("No answer from this address. Is the model's server running?"),
    ErrorCode.TLS: _(
        "No safe connection to this address: its certificate can't be verified, or it does not speak https. Check the address under Settings → Models."
    ),
    ErrorCode.SERVER_ERROR: _("The provider reported an error of its own. Try again in a moment."),
    ErrorCode.TIMEOUT_FIRST_TOKEN: _(
        "The model did not begin to answer in time. It may be loading: try again in a moment."
    ),
    ErrorCode.TIMEOUT_BETWEEN_TOKENS: _(
        "The model stopped in the middle of its answer. What it had said is kept; you can ask it to go on."
    ),
    ErrorCode.TIMEOUT_OVERALL: _("The answer took longer than allowed and was stopped. What it had said is kept."),
    ErrorCode.CONTEXT_TOO_LONG: _(
        "This conversation is too long for the model. Start a new one, or choose a model with a larger window."
    ),
    ErrorCode.UNKNOWN_MODEL: _("The provider knows no model of this name. Check the name under Settings → Models."),
    ErrorCode.BAD_REQUEST: _(
        "The provider did not accept the request. Check the model's settings under Settings → Models."
    ),
    ErrorCode.FILTERED: _(
        "The provider's content filter stopped this answer. Say it in other words, or choose another model."
    ),
    ErrorCode.BAD_ANSWER: _("The model's answer was empty or could not be read. Try again, or choose another model."),
    ErrorCode.INTERRUPTED: _(
        "The connection to the model broke off. What it had said is kept; you can ask it to go on."
    ),
    ErrorCode.BUDGET: _("The budget or the credit at the provider is used up."),
    ErrorCode.SPENT: _(
        "This month's budget is used up. It begins anew on the first; whoever runs this server can raise it."
    ),
    ErrorCode.SPENT_PROJECT: _(
        "This month's budget of this project is used up. It begins anew on the first; you can raise it on the project's page."
    ),
    ErrorCode.TOO_MANY_STEPS: _("The model kept calling tools without coming to an answer, and was stopped."),
}
# Where the same model may do better at a second try, a moment later.
RETRYABLE = frozenset(
    (ErrorCode.RATE_LIMITED, ErrorCode.UNREACHABLE, ErrorCode.SERVER_ERROR, ErrorCode.BAD_ANSWER, ErrorCode.INTERRUPTED)
)


class ProviderError(AssistantError):
    """A model could not answer, or not to the end.

    `retryable` says whether asking the same model again may help, `retry_after` after how many seconds where the provider said so.
    `detail` is technical, for logs and the administrator, without any key.
    """

    def __init__(self, code: ErrorCode, *, detail: str = "", retry_after: float | None = None, model: str = "") -> None:
        super().__init__(f"{code} {model}: {detail}".strip(": "))
        self.code = str(code)
        self.retryable = code in RETRYABLE
        self.retry_after = retry_after
        self.detail = detail
        self.model = model
        self.usage: object = None  # what the failed call took all the same, where the provider said so (types.Usage)

    @property
    def sentence(self) -> str:
        """What happened and what can be done, in the active language."""
        return str(SENTENCES[ErrorCode(self.code)])


def explain(code: str) -> str:
    """A stored error code in words for the person; "" for a code that says no more than that it failed."""
    return str(SENTENCES[ErrorCode(code)]) if code in set(ErrorCode) else ""
