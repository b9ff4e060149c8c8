from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.llm.types import Model
from tests.fakes.provider import Running, running_provider


@pytest.fixture(scope="module")
def provider() -> Iterator[Running]:
    with running_provider() as running:
        yield running


@pytest.fixture
def scripted(provider: Running) -> Callable[[str], Model]:
    """A model of the scripted provider, with a clean log."""
    provider.requests.clear()
    return lambda script: Model(f"openai/{script}", script, api_key="sk-test-1234567890", api_base=provider.url)
