"""The whole way with a true language model: tokens come as it finds them, and everything else is as with any other."""

from __future__ import annotations

import subprocess
import sys

import pytest
from asgiref.sync import async_to_sync

from assistant.models import Run, Usage
from assistant.runs.turn import run_turn
from profiles.owned import as_user
from tests.fakes.tiny_model import is_installed
from tests.people import Phone
from tests.stack import ROOT

pytestmark = [
    pytest.mark.local_llm,
    pytest.mark.skipif(not is_installed(), reason="requirements-local-llm.lock is not installed (make local-llm)"),
]


@pytest.fixture
def tiny(settings):
    """The model in use is the tiny one."""
    command = [sys.executable, "-m", "tests.fakes.tiny_model"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout and process.stdin
        address = next((line.strip() for line in process.stdout if line.startswith("http")), "")
        assert address, "the model's server ended at once"
        settings.CHAT_MODEL, settings.CHAT_API_BASE = "openai/smollm2", address
        settings.TOOLS_OFF, settings.MODEL_FIRST_TOKEN_SECONDS = ("all",), 120
        yield address
        process.stdin.close()
        process.terminate()


def test_a_message_is_answered_word_by_word_with_receipt_and_usage(live, alice, tiny):
    phone = Phone(live, alice)
    chat = phone.new_chat()
    posted = phone.say(chat, "I live in Bergen. Say hello to me in one short sentence.")
    done = async_to_sync(run_turn)(alice.pk, posted["run"]["id"])
    assert done is not None
    assert (done.status, done.model, done.error_code) in (
        (Run.Status.DONE, "openai/smollm2", ""),
        (Run.Status.TRUNCATED, "openai/smollm2", ""),
    )

    events = phone.events(str(done.id))
    said = [data["text"] for _, name, data in events if name == "message.delta"]
    assert len(said) > 1, "it came in pieces"
    assert events[-1][1] == "done"
    answer = phone.get(f"conversations/{chat}/messages").json()["items"][-1]
    assert answer["text"] == "".join(said)
    assert answer["text"].strip()

    receipt = phone.get(f"messages/{answer['id']}/context").json()
    assert {"instructions", "turn", "now"} <= {item["kind"] for item in receipt}
    with as_user(alice):
        usage = Usage.objects.of(alice).get(run_id=done.id)
    assert (usage.model, usage.error_code) == ("openai/smollm2", "")
    assert usage.input_tokens > 100
    assert usage.output_tokens >= len(said)
