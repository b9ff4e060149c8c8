"""Typed settings of this app, with their defaults. All in seconds unless the name says otherwise."""

from __future__ import annotations

from django.conf import settings


def run_lease_seconds() -> float:
    """How long a worker may be silent before its run is taken over."""
    return float(getattr(settings, "RUN_LEASE_SECONDS", 20))


def run_renew_seconds() -> float:
    """How often a worker renews its lease."""
    return float(getattr(settings, "RUN_RENEW_SECONDS", 5))


def checkpoint_seconds() -> float:
    """How often the text so far goes to Postgres."""
    return float(getattr(settings, "CHECKPOINT_SECONDS", 1))


def queued_grace_seconds() -> float:
    """How long a queued run may wait before its wake-up counts as lost."""
    return float(getattr(settings, "SWEEP_RUNS_SECONDS", 10))


def most_attempts() -> int:
    """How often a run is tried before it is set aside."""
    return int(getattr(settings, "RUN_MOST_ATTEMPTS", 5))


def delta_seconds() -> float:
    """For how long pieces of text are joined before they become one event."""
    return 0.02


def cancel_poll_seconds() -> float:
    """How often a worker looks whether it was told to stop."""
    return 0.25


def message_limit_characters() -> int:
    """The longest message a person may send."""
    return int(getattr(settings, "MESSAGE_LIMIT_CHARACTERS", 100_000))


def context_window_tokens() -> int:
    """What we fill of a model's window with earlier turns; 0: by the model."""
    return int(getattr(settings, "RECENT_TURNS_TOKENS", 0))


def recall_budget_tokens() -> int | None:
    """How much recalled memory goes into one prompt; None: by the model."""
    fixed = getattr(settings, "RECALL_BUDGET_TOKENS", None)
    return None if fixed is None else int(fixed)


def recall_most_items() -> int | None:
    """How many recalled memories go into one prompt at the most; None: by the model."""
    fixed = getattr(settings, "RECALL_MOST_ITEMS", None)
    return None if fixed is None else int(fixed)


def temporary_hours() -> int:
    """When a temporary chat is deleted at the latest."""
    return 24


def companion_seconds_a_word() -> float:
    """The pause of the built-in model between two words."""
    return float(getattr(settings, "COMPANION_SECONDS_A_WORD", 0.04))


def first_token_seconds() -> float:
    """How long a model may take to its first token."""
    return float(getattr(settings, "MODEL_FIRST_TOKEN_SECONDS", 30))


def thinking_seconds() -> float:
    """How long a model that was told to think may take to its first token; it never gets less than any other."""
    return float(getattr(settings, "MODEL_THINKING_SECONDS", 180))


def between_tokens_seconds() -> float:
    """How long a model may be silent once it has begun."""
    return float(getattr(settings, "MODEL_BETWEEN_TOKENS_SECONDS", 60))


def answer_seconds() -> float:
    """How long one answer may take in all, tries and fallbacks included."""
    return float(getattr(settings, "MODEL_ANSWER_SECONDS", 600))


def model_tries() -> int:
    """How often a model is asked before the next one is, as long as it has said nothing."""
    return int(getattr(settings, "MODEL_TRIES", 2))


def longest_retry_wait_seconds() -> float:
    """A provider that asks us to wait longer than this is passed over for the next one."""
    return float(getattr(settings, "MODEL_LONGEST_RETRY_WAIT_SECONDS", 20))


def chat_model() -> str:
    """The model that the operator names, as litellm writes it; empty for what is found by itself."""
    return str(getattr(settings, "CHAT_MODEL", ""))


def chat_api_key() -> str:
    """The key for `chat_model`."""
    return str(getattr(settings, "CHAT_API_KEY", ""))


def chat_api_base() -> str:
    """The address of `chat_model`, for one that is not at its provider's own."""
    return str(getattr(settings, "CHAT_API_BASE", ""))


def embedding_model() -> str:
    """The embedding model on another machine that the operator named; empty for the one that comes along."""
    return str(getattr(settings, "EMBEDDING_MODEL", ""))


def embedding_api_key() -> str:
    """The key for `embedding_model`."""
    return str(getattr(settings, "EMBEDDING_API_KEY", ""))


def embedding_api_base() -> str:
    """The address of `embedding_model`, for one that is not at its provider's own."""
    return str(getattr(settings, "EMBEDDING_API_BASE", ""))


def ollama_address() -> str:
    """Where Ollama is looked for; empty looks nowhere."""
    return str(getattr(settings, "OLLAMA_ADDRESS", "http://127.0.0.1:11434"))


def fetch_allowed() -> tuple[str, ...]:
    """ "host:port" inside the operator's network that pages may be fetched from all the same."""
    return tuple(getattr(settings, "FETCH_ALLOWED", ()))


def searxng_address() -> str:
    """Where web searches go; empty: the web is not searched."""
    return str(getattr(settings, "SEARXNG_URL", ""))


def may_start_tool_servers() -> bool:
    """Whether tool servers may be commands on this machine."""
    return bool(getattr(settings, "MCP_COMMANDS", False))


def tools_off() -> tuple[str, ...]:
    """Names of tools that models are not offered; "all" for none at all."""
    return tuple(getattr(settings, "TOOLS_OFF", ()))


def tool_steps() -> int:
    """How often a model may be asked for one answer; the last time without tools."""
    return int(getattr(settings, "TOOL_STEPS", 6))


def tool_calls_a_step() -> int:
    """How many tools a model may call at once."""
    return 4


def tool_seconds() -> float:
    """How long the tools of one answer may take in all."""
    return float(getattr(settings, "TOOL_SECONDS", 120))


def tool_result_characters() -> int:
    """The longest result of one call that a model gets."""
    return int(getattr(settings, "TOOL_RESULT_CHARACTERS", 8000))


def tool_characters() -> int:
    """How much text the tools of one answer may give in all."""
    return int(getattr(settings, "TOOL_CHARACTERS", 40_000))


def tool_tokens() -> int:
    """How many tokens of prompts and answers the steps of one answer may take together before tools are withdrawn."""
    return int(getattr(settings, "TOOL_TOKENS", 150_000))


def file_limit_bytes() -> int:
    """The largest file that can be attached."""
    return int(getattr(settings, "FILE_LIMIT_MB", 10)) * 1024 * 1024


def files_total_bytes() -> int:
    """What all files of one user may take up together."""
    return int(getattr(settings, "FILES_TOTAL_MB", 1000)) * 1024 * 1024


def files_a_message() -> int:
    """How many files one message may have."""
    return int(getattr(settings, "FILES_A_MESSAGE", 5))


def file_text_characters() -> int:
    """How much of the words of one file is kept to answer from."""
    return int(getattr(settings, "FILE_TEXT_CHARACTERS", 400_000))


def file_pages() -> int:
    """How many pages of a PDF are read."""
    return int(getattr(settings, "FILE_PAGES", 300))


def file_seconds() -> int:
    """How long reading one PDF may take; what was read by then is kept."""
    return int(getattr(settings, "FILE_SECONDS", 15))


def file_tokens() -> int:
    """How many tokens of attached files go into one prompt; 0: by the model."""
    return int(getattr(settings, "FILE_TOKENS", 0))
