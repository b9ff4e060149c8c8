"""The only way to litellm: imported late, kept offline and silent, with the built-in model registered."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from typing import Any

_lock = threading.Lock()
_loaded: Any = None


def load_litellm() -> Any:
    """litellm, ready to use. The first call takes seconds: see `load_litellm_off_loop`."""
    global _loaded  # noqa: PLW0603 - imported once a process
    with _lock:
        if _loaded is None:
            os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it fetches a price list at import
            os.environ["HF_HUB_OFFLINE"] = "1"
            os.environ.setdefault("LITELLM_LOG", "ERROR")
            import litellm  # noqa: PLC0415

            from assistant.llm.builtin.provider import register  # noqa: PLC0415

            litellm.suppress_debug_info = True
            litellm.disable_hf_tokenizer_download = True  # else counting tokens of a llama tries the network for 23 s
            litellm.telemetry = False
            litellm.drop_params = True  # what a model does not take is left out rather than refused
            for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
                logging.getLogger(name).setLevel(logging.ERROR)  # it logs whole requests, keys masked or not
            register(litellm)
            _loaded = litellm
    return _loaded


async def load_litellm_off_loop() -> Any:
    """The same without holding up the event loop while it is imported."""
    return _loaded or await asyncio.to_thread(load_litellm)
