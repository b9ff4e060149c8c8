"""What passes between the gateway and those who call it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assistant.llm.errors import ErrorCode, ProviderError

__all__ = [
    "Completion",
    "Confidence",
    "Deadlines",
    "Delta",
    "ErrorCode",
    "Failed",
    "Finish",
    "Model",
    "ProviderError",
    "ReasoningDelta",
    "Switched",
    "TextDelta",
    "ToolCall",
    "ToolCallDelta",
    "Usage",
]

FinishReason = Literal["stop", "length", "tool_calls"]


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be called. `name` is litellm's ("openai/gpt-…"); `label` is what a person reads; the key never shows in a repr."""

    name: str
    label: str = ""
    api_key: str = field(default="", repr=False)
    api_base: str = ""
    found_by: str = "setting"  # setting, environment, ollama, builtin

    @property
    def is_builtin(self) -> bool:
        return self.name.startswith("builtin/")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """In seconds. `overall` covers tries, waits and fallbacks together."""

    first_token: float = 30
    between_tokens: float = 60
    overall: float = 600


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    text: str


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A piece of a tool call: those of one `index` belong together, `arguments` are to be joined. `id` and `name` come with the first piece."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call as the provider counted them (ours where it does not say), and its price in US dollars; 0 where no price is known."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost: Decimal = Decimal(0)
    model: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """One call of a provider that failed, and what it took all the same. Comes before a retry, before `Switched`, and before the error is raised."""

    model: Model
    error: ProviderError
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Switched:
    """Another model goes on, because `error` kept the one before from saying anything."""

    model: Model
    error: ProviderError


@dataclass(frozen=True, slots=True)
class Finish:
    """The last delta of every stream that did not fail. `model` is the one that answered."""

    reason: FinishReason
    model: Model


@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely the model held a piece of text that it gave just before: `probability` from 0 to 1. Only where a provider tells."""

    text: str
    probability: float


Delta = TextDelta | ReasoningDelta | ToolCallDelta | Confidence | Usage | Failed | Switched | Finish


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A whole tool call; `arguments` are JSON as the model wrote it, checked by whoever runs it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer in one piece."""

    text: str
    model: Model
    usage: Usage = field(default_factory=Usage)
    reason: FinishReason = "stop"
    tool_calls: tuple[ToolCall, ...] = ()
