"""Each part of a prompt has room by the model's window; what does not fit is told in the receipt, and never silently lost."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest

from assistant.context.fitting import fit_profile, fit_recalled, fit_summary
from assistant.llm import room
from assistant.llm.choice import BUILTIN
from assistant.llm.counting import count_messages, count_tokens
from assistant.llm.types import Model
from assistant.tools.registry import TOOLS, Toolbox, within
from memory.api import LineKind, MemoryLine, RecalledItem, ScoreBreakdown

ASK = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "How is Bergen?"}]


def words(text: str) -> int:
    return len(text.split())


def line(text: str) -> MemoryLine:
    return MemoryLine(LineKind.FACT, "0b5c9d11", date(2026, 3, 2), text, predicate="likes", value=text)


def item(number: int, text: str) -> RecalledItem:
    return RecalledItem(
        UUID(int=number), "fact", line(text), 1, ScoreBreakdown({"words": 1.0}, 1.0), "words", "user_said"
    )


def test_a_larger_window_never_has_less_room_and_a_small_one_is_not_filled():
    rooms = [room.room_of_window(tokens) for tokens in (2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 1_000_000)]
    for smaller, larger in pairwise(rooms):
        assert all(getattr(smaller, part) <= getattr(larger, part) for part in smaller.__slots__)
    small = rooms[1]
    assert sum(getattr(small, part) for part in small.__slots__) < 4096 * 0.6
    assert all(one.profile <= 400 and one.most_recalled <= 12 for one in rooms)
    assert rooms[-1] == rooms[-2], "there is a bound"


def test_the_room_is_that_of_the_model_unless_the_operator_set_it(settings):
    settings.RECENT_TURNS_TOKENS = 0
    assert room.room_in(Model("openai/gpt-4o")).turns == 24_000
    assert room.room_in(Model("openai/gpt-3.5-turbo")).turns == 3000
    assert room.room_in(Model("ollama_chat/llama3.2")) == room.room_of_window(8192)
    assert room.room_in(Model("openai/who-knows")) == room.UNKNOWN
    assert room.room_in(BUILTIN).files == 0
    settings.RECENT_TURNS_TOKENS, settings.RECALL_BUDGET_TOKENS = 700, 50
    fixed = room.room_in(Model("openai/gpt-4o"))
    assert (fixed.turns, fixed.recalled) == (700, 50)


def test_tools_that_do_not_fit_are_not_offered_and_all_of_ours_fit_a_usual_window():
    def count(text: str) -> int:
        return count_tokens(text, Model("openai/gpt-4o"))

    ours = Toolbox(TOOLS)
    assert within(ours, tokens=room.room_of_window(16_384).tools, count=count) == ours
    few = within(ours, tokens=room.room_of_window(4096).tools, count=count)
    assert 0 < len(few.tools) < len(TOOLS)
    assert few.tools == TOOLS[: len(few.tools)]
    assert count(few.written) <= 400


def test_the_profile_keeps_to_its_room_most_important_first_in_a_stable_order():
    lines = [line("calls herself Mia"), line("wants answers " + "very " * 30 + "short"), line("is a nurse")]
    kept, left = fit_profile(lines, tokens=40, count=words)
    assert [one.text for one in kept] == ["calls herself Mia", "is a nurse"]
    assert left == (lines[1],)
    assert sum(words(one.text) for one in kept) <= 40
    assert fit_profile(lines, tokens=40, count=words) == (kept, left)


def test_what_was_recalled_and_does_not_fit_is_told_apart():
    items = [item(number, f"thing number {number}") for number in range(20)]
    kept, passed = fit_recalled(items, tokens=1000, most=4, count=words)
    assert [one.id.int for one in kept] == [0, 1, 2, 3]
    assert [one.id.int for one in passed] == list(range(4, 16)), "a dozen at most, best first"
    assert fit_recalled(items, tokens=0, most=4, count=words)[0] == ()


def test_of_a_long_summary_the_end_is_kept():
    assert fit_summary("one two\nthree four\nfive", tokens=3, count=words) == "three four\nfive"
    assert fit_summary("one two", tokens=9, count=words) == "one two"


@pytest.mark.parametrize("name", ["openai/gpt-4o", "anthropic/claude-sonnet-4-6", "openai/who-knows", BUILTIN.name])
def test_messages_counted_one_by_one_are_as_many_tokens_as_counted_together(name):
    model = Model(name)
    called = {"id": "call_1", "type": "function", "function": {"name": "calculate", "arguments": '{"text": "1+1"}'}}
    step = [
        {"role": "assistant", "content": None, "tool_calls": [called]},
        {"role": "tool", "tool_call_id": "call_1", "name": "calculate", "content": "2"},
    ]
    together = count_tokens([*ASK, *step], model)
    assert count_messages(ASK, model) + count_messages(step, model, is_whole=False) == together
