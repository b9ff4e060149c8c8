"""Every exchange of the table, through litellm and streamed, as any model is called."""

from __future__ import annotations

import re

import pytest

from assistant.llm.door import load_litellm
from tests.assistant.llm.exchanges import Exchange, read_aloud, read_exchanges

EXCHANGES = read_exchanges()


def test_the_table_is_wide_enough() -> None:
    assert len(EXCHANGES) >= 150
    assert all(sum(exchange.language == language for exchange in EXCHANGES) >= 35 for language in ("en", "de", "es"))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "exchange", EXCHANGES, ids=[f"{exchange.language}: {exchange.question}" for exchange in EXCHANGES]
)
async def test_exchange(exchange: Exchange) -> None:
    stream = await load_litellm().acompletion(model="builtin/companion", messages=exchange.messages(), stream=True)
    answer = "".join([chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices])
    answer = read_aloud(answer)
    for wanted in exchange.must:
        assert wanted.casefold() in answer.casefold(), answer
    for barred in exchange.must_not:
        assert barred.casefold() not in answer.casefold(), answer
    if exchange.whole:
        assert answer == exchange.whole
    assert answer.strip()
    assert not re.search(r"[⟦⟧{}]|!!|\bNone\b|\[[fts]:", answer), answer
