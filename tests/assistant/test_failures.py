"""Each way in which a provider can fail: another answers, or the person is told what happened and what they can do; their message stays, and one row
stands for each call."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import pytest
import redis
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone, translation

from assistant.conversations import services
from assistant.llm.errors import ErrorCode, explain
from assistant.models import Message, Run, Usage
from assistant.runs import lifecycle
from assistant.runs.lifecycle import lost_runs
from assistant.runs.stream import Entries, client, run_key
from assistant.runs.turn import run_turn
from profiles.owned import as_system, as_user
from tests.stack import forget_cached


@pytest.fixture
def quick(table, settings):
    """The table, with a model that has little time."""
    settings.MODEL_FIRST_TOKEN_SECONDS = settings.MODEL_BETWEEN_TOKENS_SECONDS = 0.5
    forget_cached()
    yield table
    forget_cached()


@dataclass(frozen=True)
class Told:
    """What viewers were told of a run."""

    names: list[str]
    data: dict[str, dict]

    @property
    def error(self) -> str:
        return self.data.get("error", {}).get("code", "")

    @property
    def because(self) -> str:
        return self.data.get("model.switched", {}).get("because", "")


def told_of(run: Run) -> Told:
    entries = cast("Entries", client().xrange(run_key(run.id)))
    events = [(fields["e"], json.loads(fields["d"])) for _, fields in entries]
    return Told([name for name, _ in events], dict(events))


def calls_of(table, run: Run) -> list[tuple[str, str]]:
    """Model and failure of each call that was noted for the answer."""
    with as_user(table.alice):
        rows = Usage.objects.of(table.alice).filter(run_id=run.id, role="chat").order_by("id")
        return list(rows.values_list("model", "error_code"))


def nothing_is_left_waiting(table) -> bool:
    with as_user(table.alice):
        return not Run.objects.of(table.alice).unfinished().exists()


# script, code of the failure, how often the model is asked
SILENT = [
    ("401", ErrorCode.REFUSED_KEY, 1),
    ("403", ErrorCode.REFUSED_KEY, 1),
    ("429", ErrorCode.RATE_LIMITED, 2),
    ("429-long", ErrorCode.RATE_LIMITED, 1),
    ("no-credit", ErrorCode.BUDGET, 1),
    ("500", ErrorCode.SERVER_ERROR, 2),
    ("502", ErrorCode.SERVER_ERROR, 2),
    ("hang", ErrorCode.TIMEOUT_FIRST_TOKEN, 1),
    ("mute", ErrorCode.TIMEOUT_FIRST_TOKEN, 1),
    ("not-json", ErrorCode.BAD_ANSWER, 2),
    ("empty-choices", ErrorCode.BAD_ANSWER, 2),
    ("null-content", ErrorCode.BAD_ANSWER, 2),
    ("too-long", ErrorCode.CONTEXT_TOO_LONG, 1),
    ("filtered", ErrorCode.FILTERED, 1),
    ("filtered-at-once", ErrorCode.FILTERED, 1),
    ("unknown", ErrorCode.UNKNOWN_MODEL, 1),
]
SOME = ("401", "500", "hang", "not-json", "too-long", "filtered", "unknown")


@pytest.mark.parametrize(("script", "code", "asked"), SILENT)
def test_a_model_that_says_nothing_is_stood_in_for_and_the_person_is_told_why(quick, script, code, asked):
    quick.model(script)
    run = quick.ask("What is 2 + 3?")
    assert (run.status, run.model, run.error_code) == ("done", "builtin/companion", "")
    assert "5" in quick.text(run)
    assert "can't be reached right now" in quick.text(run)
    assert len(quick.prompts()) == asked
    assert calls_of(quick, run) == [(f"openai/{script}", code)] * asked + [("builtin/companion", "")]
    told = told_of(run)
    assert (told.because, told.error, told.names[-1]) == (code, "", "done")
    assert nothing_is_left_waiting(quick)


@pytest.mark.parametrize(("script", "code", "asked"), [row for row in SILENT if row[0] in SOME])
def test_where_nobody_else_can_answer_the_error_is_told_and_it_can_be_tried_again(
    quick, provider, monkeypatch, script, code, asked
):
    monkeypatch.setattr("assistant.llm.choice.choose_models", only_the_first)
    quick.model(script)
    run = quick.ask("What is 2 + 3?")
    assert (run.status, run.error_code, quick.text(run)) == ("failed", code, "")
    assert calls_of(quick, run) == [(f"openai/{script}", code)] * asked
    told = told_of(run)
    assert (told.error, told.names[-1]) == (code, "done")
    with translation.override("de"):
        assert explain(code) not in ("", str(code)), "words a person can act on"
    assert nothing_is_left_waiting(quick)
    provider.provider.state.scripts[script] = "plain"
    forget_cached()
    assert again(quick, run).status == "done"


def only_the_first(wanted, environment, probe):
    """An operator who took the built-in model out of the list."""
    from assistant.llm.choice import Model

    return [Model(wanted.model, api_base=wanted.api_base)]


def again(table, run: Run) -> Run:
    """What “Try again” does."""
    with as_user(table.alice):
        question = Message.objects.of(table.alice).get(id=run.question_id)
        assert question.text == "What is 2 + 3?", "the message was kept"
        posted = services.regenerate(table.alice.pk, run.answer_id, at=timezone.now())
    return table.work(posted.run)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("stall", ErrorCode.TIMEOUT_BETWEEN_TOKENS),
        ("cut", ErrorCode.INTERRUPTED),
        ("early-end", ErrorCode.INTERRUPTED),
        ("broken-json", ErrorCode.INTERRUPTED),
        ("error-in-stream", ErrorCode.INTERRUPTED),
        ("filtered-midway", ErrorCode.FILTERED),
    ],
)
def test_an_answer_that_breaks_off_is_kept_as_far_as_it_came_and_said_to_be_broken_off(quick, provider, script, code):
    quick.model(script)
    run = quick.ask("What is 2 + 3?")
    assert (run.status, run.error_code) == ("interrupted", code)
    assert "Bergen is".startswith(quick.text(run).strip())
    assert quick.text(run)
    assert len(quick.prompts()) == 1, "nothing is said twice"
    assert calls_of(quick, run) == [(f"openai/{script}", code)]
    told = told_of(run)
    assert (told.error, told.names[-1]) == (code, "done")
    assert nothing_is_left_waiting(quick)
    provider.provider.state.scripts[script] = "plain"
    assert again(quick, run).status == "done"


def test_a_rate_limit_is_waited_for_when_it_is_short(quick):
    quick.model("429-once")
    run = quick.ask("What is 2 + 3?")
    assert (run.status, run.model) == ("done", "openai/429-once")
    assert calls_of(quick, run) == [("openai/429-once", ErrorCode.RATE_LIMITED), ("openai/429-once", "")]


def test_an_answer_without_end_is_stopped(quick, settings):
    settings.MODEL_ANSWER_SECONDS = 1.5
    quick.model("trickle")
    run = quick.ask("What is 2 + 3?")
    assert (run.status, run.error_code) == ("interrupted", ErrorCode.TIMEOUT_OVERALL)
    assert quick.text(run).startswith("rain")
    assert len(calls_of(quick, run)) == 1


def test_an_answer_cut_at_its_limit_says_so(quick):
    quick.model("cut-short")
    run = quick.ask("What is 2 + 3?")
    assert (run.status, run.error_code) == ("truncated", "")
    assert calls_of(quick, run) == [("openai/cut-short", "")]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1:9/v1", ErrorCode.UNREACHABLE),
        ("http://no-such-host.invalid/v1", ErrorCode.UNREACHABLE),
        ("https://127.0.0.1:{plain}/v1", ErrorCode.TLS),
    ],
)
def test_an_address_that_cannot_be_talked_to_is_told_apart(quick, settings, provider, address, code):
    plain = provider.url.rsplit(":", 1)[1].removesuffix("/v1")
    quick.model("plain")
    settings.CHAT_API_BASE = address.format(plain=plain)
    run = quick.ask("What is 2 + 3?")
    assert (run.status, run.model) == ("done", "builtin/companion")
    assert {failure for _, failure in calls_of(quick, run)} == {code, ""}
    assert told_of(run).because == code


def test_a_certificate_that_nobody_vouches_for_is_refused(quick, settings, own_certificate):
    quick.model("plain")
    settings.CHAT_API_BASE = own_certificate
    run = quick.ask("What is 2 + 3?")
    assert told_of(run).because == ErrorCode.TLS
    assert Counter(calls_of(quick, run))[("openai/plain", ErrorCode.TLS)] == 1


@pytest.fixture
def own_certificate(tmp_path):
    """The https address of somebody whose certificate is their own word."""
    import datetime
    import ipaddress
    import ssl

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "own.pem"
    plain = serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            while True:
                try:
                    caller, _ = listener.accept()
                except OSError:
                    return
                try:
                    context.wrap_socket(caller, server_side=True).close()
                except OSError:
                    caller.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/v1"


def test_valkey_gone_in_the_middle_costs_viewers_their_stream_and_nobody_the_answer(quick, settings, monkeypatch):
    quick.model("plain")
    run = quick.post("What is 2 + 3?")
    real = lifecycle.store_receipt

    def then_gone(*arguments, **named):
        settings.STREAMS_URL = "redis://127.0.0.1:9/1"
        monkeypatch.setattr("assistant.llm.breaker.cache", Gone())
        return real(*arguments, **named)

    monkeypatch.setattr(lifecycle, "store_receipt", then_gone)
    done = quick.work(run)
    assert (done.status, done.model) == ("done", "openai/plain")
    assert quick.text(done)
    assert calls_of(quick, done) == [("openai/plain", "")]


class Gone:
    """A cache that nobody answers for."""

    def __getattr__(self, name):
        def refuse(*_):
            raise redis.ConnectionError("connection refused")

        return refuse


def test_postgres_gone_in_the_middle_leaves_a_run_that_is_taken_up_again(quick, provider, settings):
    """The worker's transaction fails; the lease runs out, and the sweep finds the run."""
    quick.model("plain")
    run = quick.post("What is 2 + 3?")
    provider.provider.state.answers["plain"] = "It is 5."
    with pytest.MonkeyPatch.context() as patch:
        real = lifecycle.finish

        def cut_off(*arguments, **named):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            return real(*arguments, **named)

        patch.setattr(lifecycle, "finish", cut_off)
        with pytest.raises(Exception, match=r"terminat|clos"):
            async_to_sync(run_turn)(quick.alice.pk, run.id)
    later = timezone.now() + timedelta(minutes=1)
    with as_system("look for lost runs"):
        assert (quick.alice.pk, run.id) in lost_runs("look for lost runs", at=later)
    with as_user(quick.alice):
        Run.objects.of(quick.alice).filter(id=run.id).update(lease_until=timezone.now())
    done = quick.work(run)
    assert (done.status, quick.text(done)) == ("done", "It is 5.")
    assert calls_of(quick, done)[-1] == ("openai/plain", "")
