"""Providers keep the start of a prompt that they have seen: it must not move without need."""

from __future__ import annotations

from itertools import pairwise

from asgiref.sync import async_to_sync
from django.utils import timezone

from assistant.conversations import services
from assistant.llm.counting import count_tokens
from assistant.llm.types import Model
from assistant.runs.turn import run_turn
from memory.tasks import ingest_due
from profiles.owned import as_user

SAID = (
    "I live in Bergen.",
    "I work at Studio Nord.",
    "My sister Ana lives in Voss.",
    "What would you cook tonight?",
    "I like sailing.",
    "Where do I live?",
)
ANSWER = "That sounds like a good evening to me, with rain on the roof. " * 6


def common(one: str, other: str) -> str:
    """The start in which two prompts are alike."""
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:place]


def test_nine_tenths_of_thirty_prompts_stood_in_the_one_before(
    transactional_db, inline_tasks, settings, provider, alice
):
    """While facts are learned and recalled on the way."""
    settings.CHAT_MODEL, settings.CHAT_API_BASE = "openai/talker", provider.url
    settings.MEMORY_LANGUAGE_MODEL, settings.RECENT_TURNS_TOKENS = "", 0
    provider.provider.state.answers["talker"] = ANSWER

    def talk(chat, text):
        with as_user(alice):
            posted = services.post_message(alice.pk, chat, text=text, at=timezone.now())
        async_to_sync(run_turn)(alice.pk, posted.run.id)
        ingest_due(str(alice.pk))

    with as_user(alice):
        before, chat = (services.start_conversation(alice.pk, at=timezone.now()).id for _ in range(2))
    talk(before, "I'm Mia, I have a cat called Luna and I was born in Tromsø.")
    for turn in range(30):
        talk(chat, f"{SAID[turn % len(SAID)]} That is number {turn}.")
    prompts = [
        "\0".join(f"{message['role']}: {message['content']}" for message in request["body"]["messages"])
        for request in provider.requests[1:]
    ]
    assert len(prompts) == 30
    pairs = list(pairwise(prompts))
    model = Model("openai/talker", api_base=provider.url)
    kept = sum(count_tokens(common(*pair), model) for pair in pairs)
    assert kept / sum(count_tokens(after, model) for _, after in pairs) >= 0.9
