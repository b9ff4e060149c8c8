"""What comes with optional packages: tools of connected servers, and Python."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading

import pytest
import uvicorn
from django.utils import timezone

from assistant.llm.keys import decrypt
from assistant.models import ToolServer
from assistant.runs.approvals import decide
from assistant.server_admin import ToolServerForm
from profiles.owned import as_user
from tests.stack import eventually

SCRIPT = "tests/assistant/tools/small_server.py"


@contextlib.contextmanager
def serving():
    """The small server over HTTP; its address."""
    from tests.assistant.tools.small_server import make

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(make().streamable_http_app(), log_level="critical", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
    server.should_exit = server.force_exit = True
    thread.join(5)


@pytest.fixture
def connect(table, settings):
    """Connect the small server by one of its two ways."""
    pytest.importorskip("mcp")
    settings.MCP_COMMANDS = True

    def add(**fields) -> ToolServer:
        return ToolServer.objects.create(name="small", **fields)

    with contextlib.ExitStack() as stack:
        yield (
            lambda way, **more: (
                add(transport="http", address=stack.enter_context(serving()), **more)
                if way == "http"
                else add(transport="command", command=f"{sys.executable} {SCRIPT}", **more)
            )
        )


@pytest.mark.parametrize("way", ["http", "command"])
def test_the_tools_of_a_connected_server_join(table, connect, told, way):
    connect(way)
    run = table.ask("Double it", [("small_double", {"number": 21})], "It is 42.")
    assert (run.status, table.states(run)) == ("done", [("small_double", "done")])
    assert "twice 21 is 42" in told(table.prompts()[-1])[0]
    run = table.ask("I like sailing", [("remember", {"quote": "I like sailing"})], "Kept.")
    assert run.status == "waiting", "what a server gave may have asked for it"


def test_a_servers_failure_is_as_foreign_as_its_results(table, connect):
    connect("http")
    run = table.ask("I like sailing", [("small_fail", {})], [("remember", {"quote": "I like sailing"})], "No.")
    assert table.states(run) == [("small_fail", "failed"), ("remember", "waiting")]


def test_a_server_that_is_not_there_costs_its_tools_and_nothing_else(table, settings):
    pytest.importorskip("mcp")
    ToolServer.objects.create(name="away", transport="http", address="http://127.0.0.1:9/mcp")
    ToolServer.objects.create(name="barred", transport="command", command=f"{sys.executable} {SCRIPT}")
    table.model("plain")
    assert table.ask("Hello").status == "done"
    names = [tool["function"]["name"] for tool in table.prompts()[-1]["tools"]]
    assert not [name for name in names if name.startswith(("away", "barred"))]
    assert "MCP_COMMANDS" in ToolServer.objects.get(name="barred").problem


def test_a_server_whose_tools_change_things_is_asked_about_once_and_only_then_called(table, connect, told):
    connect("http", permission="changes")
    text = "Double it. Dear friend."
    run = table.ask(text, [("small_double", {"number": 4})], "Eight.", pasted=[(11, len(text))])
    call = table.calls(run)[0]
    assert (run.status, call.state) == ("waiting", "waiting")
    assert '"number": 4' in call.preview
    with as_user(table.alice):
        decide(table.alice.pk, call.id, is_allowed=True, digest=call.digest, at=timezone.now())
    assert table.work(run).status == "done"
    assert "twice 4 is 8" in told(table.prompts()[-1])[0]


def test_python_works_things_out_and_reaches_nothing(table, told):
    pytest.importorskip("pydantic_monty")
    run = table.ask(
        "Primes?",
        [
            ("run_python", {"code": "print('primes')\n[n for n in range(2, 20) if all(n % d for d in range(2, n))]"}),
            ("run_python", {"code": "open('/etc/passwd').read()"}),
            ("run_python", {"code": "import socket\nsocket.socket()"}),
            ("run_python", {"code": "x = []\nwhile True:\n    x.append('a' * 100000)"}),
        ],
        "Those.",
    )
    assert [state for _, state in table.states(run)] == ["done", "failed", "failed", "failed"]
    results = told(table.prompts()[-1])
    assert "primes" in results[0]
    assert "[2, 3, 5, 7, 11, 13, 17, 19]" in results[0]
    assert "root:" not in results[1]


def test_a_command_is_connected_only_where_commands_are_allowed_and_keys_are_not_stored_as_they_are(db, settings):
    fields = {"name": "files", "transport": "command", "command": "files --here", "permission": "reads", "seconds": 5}
    form = ToolServerForm({**fields, "key": "tk-secret-1", "is_enabled": True})
    assert not form.is_valid()
    settings.MCP_COMMANDS = True
    form = ToolServerForm({**fields, "key": "tk-secret-1", "is_enabled": True})
    assert form.is_valid()
    server = form.save()
    assert b"tk-secret-1" not in bytes(server.key_cipher)
    assert decrypt(bytes(server.key_cipher)) == "tk-secret-1"
    assert not ToolServerForm({**fields, "name": "No Such", "is_enabled": True}).is_valid()
