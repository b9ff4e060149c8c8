"""Everything taken along, and what others kept taken in: with progress, once, and waiting for review."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assistant.conversations import services
from assistant.conversations.selectors import thread
from assistant.exchange import transfers
from assistant.files.keep import content_of, files_under, keep_upload
from assistant.models import Conversation, File, Message, Transfer, TransferPiece
from memory import api as memory
from profiles.owned import as_user
from tests.assistant.exchange.files import CHATGPT, CLAUDE, OPEN_WEBUI, archive
from tests.assistant.files.making import png

PAGE = "/settings/data/"


@pytest.fixture
def hers(client, transactional_db, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def work(user) -> Transfer:
    """As a worker does, one step a transaction."""
    with as_user(user):
        row = Transfer.objects.of(user).unfinished().get()
    going = True
    while going:
        with as_user(user):
            going = transfers.advance(user.pk, row.id, at=timezone.now())
    with as_user(user):
        return transfers.get_transfer(user.pk, row.id)


def bring(client, user, data: bytes, name: str = "export.zip") -> Transfer:
    client.post(f"{PAGE}import/", {"file": SimpleUploadedFile(name, data)})
    return work(user)


def proposed(user) -> set[str]:
    with as_user(user):
        found = memory.facts_of(user.pk, memory.FactFilter(statuses=("proposed",)))
        return {fact.value for fact in found.facts}


def test_chats_come_in_once_in_their_order_and_what_is_learned_waits(hers, alice):
    done = bring(hers, alice, archive(conversations=CHATGPT))
    assert (done.state, done.source, done.kept) == ("done", "chatgpt", {"chats": 1, "messages": 3})
    with as_user(alice):
        chat = Conversation.objects.of(alice).get()
        assert [turn.message.text for turn in thread(alice.pk, chat).turns] == [
            "I live in Bergen and I'm packing.",
            "Begin with the **kitchen**.",
        ]
        assert thread(alice.pk, chat).turns[1].versions.__len__() == 2
        memory.ingest(alice.pk, at=timezone.now())
        assert memory.facts_of(alice.pk, memory.FactFilter(statuses=("active",))).facts == ()
    assert proposed(alice) == {"Bergen"}
    shown = hers.get(PAGE).content.decode()
    assert "Found: 1 chat, 3 messages. New here: 1 chat, 3 messages." in shown
    assert shown.count("1 thing learned from imports waits for your review") == 1
    again = bring(hers, alice, archive(conversations=CHATGPT))
    assert again.kept == {"known": 1, "messages": 0}
    with as_user(alice):
        assert Conversation.objects.of(alice).count() == 1
        services.post_message(alice.pk, chat.id, text="And then?", at=timezone.now())
        chat.refresh_from_db()
        assert thread(alice.pk, chat).turns[-1].message.parent.text == "And then?"


@pytest.mark.parametrize(("data", "value"), [(CLAUDE, "cello"), (OPEN_WEBUI, "Ana")], ids=["Claude", "Open WebUI"])
def test_the_others_too(hers, alice, data, value):
    assert bring(hers, alice, json.dumps(data).encode(), "chats.json").state == "done"
    with as_user(alice):
        memory.ingest(alice.pk, at=timezone.now())
    assert any(value.casefold() in found.casefold() for found in proposed(alice))


def test_a_file_that_is_no_export_says_so(hers, alice):
    assert bring(hers, alice, b"[1, 2]", "x.json").state == "failed"
    assert "no export of ChatGPT" in hers.get(PAGE).content.decode()


@pytest.fixture
def lived(alice):
    """A chat with an answer, and a fact learned from it."""
    with as_user(alice):
        services.note_first_words(alice.pk, text="I live in Bergen.", at=timezone.now(), client_id="w")
        services.start_conversation(alice.pk, at=timezone.now(), mode=Conversation.Mode.TEMPORARY)


def packed(client, user) -> zipfile.ZipFile:
    client.post(f"{PAGE}export/")
    done = work(user)
    answer = client.get(f"{PAGE}{done.id}/file/")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_everything_goes_along_as_json_markdown_and_pages(hers, alice, lived):
    found = packed(hers, alice)
    names = found.namelist()
    assert {"index.html", "style.css", "chats.json", "memory.json", "profile.json"} <= set(names)
    (markdown,) = [name for name in names if name.endswith(".md")]
    assert "I live in Bergen." in found.read(markdown).decode()
    index = found.read("index.html").decode()
    assert "Lives in Bergen" in index or "lives in Bergen" in index
    assert json.loads(found.read("chats.json"))["chats"][0]["messages"][0]["text"] == "I live in Bergen."
    assert not any("sessionid" in found.read(name).decode() for name in names)


def test_ones_own_export_brings_chats_back_where_memory_looks_for_them(hers, client, alice, bob, lived):
    data = packed(hers, alice).fp.getvalue()
    assert bring(hers, alice, data).kept == {"known": 1, "messages": 0}
    with as_user(alice):
        fact = memory.facts_of(alice.pk, memory.FactFilter(predicate="lives_in")).facts[0]
        Conversation.objects.of(alice).delete()
    assert bring(hers, alice, data).kept["chats"] == 1
    with as_user(alice):
        assert Conversation.objects.of(alice).get().id == fact.conversation_id
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert bring(client, bob, data).kept["chats"] == 1  # the ids are alice's: his chat has others
    with as_user(bob):
        assert Conversation.objects.of(bob).get().title == "I live in Bergen"


def test_files_come_back_under_their_messages(hers, alice):
    with as_user(alice):
        chat = services.start_conversation(alice.pk, at=timezone.now())
        for name, data, text in (("me.png", png(), ""), ("notes.txt", b"Rye and salt.", "Read this.")):
            file = keep_upload(alice.pk, [data], name=name, at=timezone.now())
            services.post_message(alice.pk, chat.id, text=text, at=timezone.now(), attachments=[file.id])
    data = packed(hers, alice).fp.getvalue()
    with as_user(alice):
        Conversation.objects.of(alice).delete()
        assert not File.objects.of(alice).exists()
    assert bring(hers, alice, data).kept == {"chats": 1, "messages": 2, "files": 2, "files_left_out": 0}
    assert "2 files came with them." in hers.get(PAGE).content.decode()
    with as_user(alice):
        told = {}
        for message in Message.objects.of(alice):
            (file,) = files_under(alice.pk, [message.id])[message.id]
            told[message.text] = (file.name, content_of(file), file.text)
        Conversation.objects.of(alice).delete()
    assert told == {"": ("me.png", png(), ""), "Read this.": ("notes.txt", b"Rye and salt.", "Rye and salt.")}
    kept = bring(hers, alice, without(data, ".png")).kept
    assert (kept["files"], kept["files_left_out"]) == (1, 1)
    assert "1 file was left out" in hers.get(PAGE).content.decode()


def without(data: bytes, ending: str) -> bytes:
    """The archive less the files of one kind."""
    left = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(left, "w") as new:
        for entry in old.infolist():
            if not entry.filename.endswith(ending):
                new.writestr(entry, old.read(entry))
    return left.getvalue()


def test_a_worker_that_died_is_followed_by_another_and_old_exports_go(hers, alice, lived):
    hers.post(f"{PAGE}export/")
    assert "Being packed" in hers.get(PAGE).content.decode()
    with as_user(alice):
        row = Transfer.objects.of(alice).get()
        transfers.advance(alice.pk, row.id, at=timezone.now())  # and then it dies
    assert transfers.sweep(at=timezone.now()) == []
    assert transfers.sweep(at=timezone.now() + timedelta(minutes=3)) == [(alice.pk, row.id)]
    assert work(alice).done == 1
    assert hers.get(f"{PAGE}{row.id}/").status_code == 204
    transfers.sweep(at=timezone.now() + timedelta(hours=25))
    with as_user(alice):
        assert not TransferPiece.objects.of(alice).exists()


def test_forgetting_reaches_what_was_packed(hers, alice, lived):
    packed(hers, alice)
    with as_user(alice):
        fact = memory.facts_of(alice.pk, memory.FactFilter(predicate="lives_in")).facts[0]
        receipt = memory.forget(alice.pk, memory.ForgetTarget(fact_id=fact.id), at=timezone.now())
        assert receipt.counts["exports_dropped"] == 1
        assert not Transfer.objects.of(alice).exists()


def test_nobody_fetches_the_export_of_another(hers, client, alice, bob, lived):
    packed(hers, alice)
    with as_user(alice):
        row = Transfer.objects.of(alice).get()
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{PAGE}{row.id}/file/").status_code == 404
    assert client.post(f"{PAGE}{row.id}/").status_code == 404
