"""Projects, the archive, and how a person says who answers and how."""

from __future__ import annotations

import pytest
from django.utils import timezone

from assistant.conversations import projects, services
from assistant.files.keep import keep_upload
from assistant.models import Budget, Conversation, Project, Run
from assistant.web.projects import FILES
from profiles.owned import as_user


@pytest.fixture
def hers(client, transactional_db, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_project_is_begun_filled_and_put_away(hers, alice):
    page = hers.post("/projects/", {"name": "  Cello  ", "memory": "isolated"})["Location"]
    assert "What is learned here is used only here." in hers.get(page).content.decode()
    hers.post(page, {"name": "Cello", "memory": "off", "instructions": "Answer in musical terms."})
    with as_user(alice):
        project = Project.objects.of(alice).get()
        assert (project.name, project.memory, project.instructions) == ("Cello", "off", "Answer in musical terms.")
    assert "Nothing said here is remembered." in hers.get(f"/?project={project.id}").content.decode()
    hers.post("/", {"text": "How do I hold the bow?", "project": project.id, "client_id": "a1"})
    shown = hers.get(page).content.decode()
    assert "How do I hold the bow" in shown
    hers.post(page, {"do": "archive"})
    assert page not in hers.get("/").content.decode()
    assert "1 archived project" in hers.get("/projects/").content.decode()
    hers.post(page, {"do": "restore"})
    assert page in hers.get("/").content.decode()


def test_a_deleted_project_leaves_its_chats_unless_they_are_to_go(hers, alice):
    pages, chats = [], []
    with as_user(alice):
        for name in ("Cello", "Sailing"):
            project = projects.begin_project(alice.pk, name=name, at=timezone.now())
            pages.append(f"/projects/{project.id}/")
            chats.append(services.start_conversation(alice.pk, at=timezone.now(), project_id=project.id).id)
    assert "What counted only here" in hers.get(f"{pages[0]}delete/").content.decode()
    assert "Project deleted." in hers.post(f"{pages[0]}delete/", {"memories": "keep"}, follow=True).content.decode()
    hers.post(f"{pages[1]}delete/", {"memories": "forget"})
    assert [hers.get(page).status_code for page in pages] == [404, 404]
    assert [hers.get(f"/c/{chat}/").status_code for chat in chats] == [200, 404]


def test_a_chat_moves_between_projects_and_to_the_archive_and_back(hers, alice):
    with as_user(alice):
        chat = services.start_conversation(alice.pk, at=timezone.now())
        services.rename_conversation(alice.pk, chat.id, title="Bow hold")
        project = projects.begin_project(alice.pk, name="Cello", at=timezone.now())
    hers.post(f"/c/{chat.id}/move/", {"project": project.id})
    assert "Bow hold" in hers.get(f"/projects/{project.id}/").content.decode()
    hers.post(f"/c/{chat.id}/move/", {"project": ""})
    assert "No chats here yet" in hers.get(f"/projects/{project.id}/").content.decode()
    after = hers.post(f"/c/{chat.id}/archive/", follow=True).content.decode()
    assert "Archived." in after
    assert f'href="/c/{chat.id}/"' not in after
    assert "Bow hold" in hers.get("/archive/").content.decode()
    hers.post(f"/c/{chat.id}/archive/", {"archived": "no"})
    assert "Nothing is archived." in hers.get("/archive/").content.decode()
    assert f'href="/c/{chat.id}/"' in hers.get("/").content.decode()


def test_projects_of_others_are_not_there(hers, alice, bob):
    with as_user(bob):
        theirs = projects.begin_project(bob.pk, name="Secret", at=timezone.now())
    with as_user(alice):
        chat = services.start_conversation(alice.pk, at=timezone.now())
    assert hers.get(f"/projects/{theirs.id}/").status_code == 404
    assert hers.post(f"/c/{chat.id}/move/", {"project": theirs.id}).status_code == 404
    assert hers.post("/", {"text": "Hello", "project": theirs.id}).status_code == 404


def test_who_answers_and_how_goes_with_the_message_and_stays_chosen(hers, alice, settings):
    settings.CHAT_MODEL = "builtin/companion,openai/slow"
    where = hers.post(
        "/", {"text": "Think hard.", "model": "openai/slow", "thinking": "on", "personal": "less", "client_id": "a2"}
    )["Location"]
    with as_user(alice):
        run, chat = Run.objects.of(alice).get(), Conversation.objects.of(alice).get()
    assert (run.requested_model, run.thinking, chat.personal) == ("openai/slow", "on", "less")
    shown = hers.get(where.partition("#")[0]).content.decode()
    for name, value in (("thinking", "on"), ("personal", "less"), ("model", "openai/slow")):
        option = shown.split(f'name="{name}" value="{value}"')[1].split(">")[0]
        assert "checked" in option, name
    wrong = hers.post(where.partition("#")[0], {"text": "And now?", "model": "openai/gone"})
    assert "no longer connected" in wrong.content.decode()


def test_ideas_for_the_next_message_stand_under_the_last_answer(hers, alice):
    with as_user(alice):
        chat = services.start_conversation(alice.pk, at=timezone.now())
        posted = services.post_message(alice.pk, chat.id, text="Hello", at=timezone.now())
        Run.objects.of(alice).filter(id=posted.run.id).update(
            status="done", finished_at=timezone.now(), suggestions=["What about <lamb>?"]
        )
    shown = hers.get(f"/c/{chat.id}/").content.decode()
    assert 'data-put="What about &lt;lamb&gt;?"' in shown
    assert "What about &lt;lamb&gt;?" in hers.get(f"/c/{chat.id}/suggestions/").content.decode()


def test_the_same_over_rest(hers, alice):
    made = hers.post("/api/v1/projects", {"name": "Cello"}, content_type="application/json")
    assert made.status_code == 201
    project = made.json()["id"]
    body = {"project": project, "personal": "more"}
    chat = hers.post("/api/v1/conversations", body, content_type="application/json").json()
    assert (chat["project"], chat["personal"]) == (project, "more")
    assert [one["id"] for one in hers.get(f"/api/v1/conversations?project={project}").json()["items"]] == [chat["id"]]
    change = {"is_archived": True, "project": None, "personal": "less"}
    changed = hers.patch(f"/api/v1/conversations/{chat['id']}", change, content_type="application/json").json()
    assert (changed["is_archived"], changed["project"], changed["personal"]) == (True, None, "less")
    assert [one["id"] for one in hers.get("/api/v1/conversations?archived=true").json()["items"]] == [chat["id"]]
    hers.patch(f"/api/v1/projects/{project}", {"is_archived": True}, content_type="application/json")
    assert hers.get("/api/v1/projects").json()["items"] == []
    refused = hers.patch(f"/api/v1/projects/{project}", {"memory": "some"}, content_type="application/json")
    assert refused.status_code == 400
    assert hers.get("/api/v1/me/usage").json() == []


def test_a_projects_budget_is_set_on_its_page_stops_what_costs_there_and_says_so(hers, alice, table, provider):
    table.model("plain")
    page = hers.post("/projects/", {"name": "Cello"})["Location"]
    for typed in ({"dollars": "much"}, {"dollars": "-1"}, {"dollars": "NaN"}, {"tokens": "1e9"}):
        refused = hers.post(page, {"do": "budget", **typed})
        assert refused.status_code == 400
        assert "That can&#x27;t be a budget." in refused.content.decode()
    hers.post(page, {"do": "budget", "tokens": "20"})
    with as_user(alice):
        project = Project.objects.of(alice).get()
        table.chat = services.start_conversation(alice.pk, at=timezone.now(), project_id=project.id)
    assert table.ask("Hello there").model == "openai/plain"
    shown = hers.get(page).content.decode()
    assert "0.00 $ and 30 tokens" in shown
    assert "The budget of this project is used up" in shown

    asked = len(provider.requests)
    stopped = table.ask("What is 2 + 3?")
    assert (stopped.model, len(provider.requests)) == ("builtin/companion", asked)
    assert "this project’s budget for the month is used up" in table.text(stopped)
    table.chat = None
    assert table.ask("Hello elsewhere").model == "openai/plain"

    hers.post(page, {"do": "budget", "tokens": "", "dollars": ""})
    assert "used up:" not in hers.get(page).content.decode()
    with as_user(alice):
        table.chat = services.start_conversation(alice.pk, at=timezone.now(), project_id=project.id)
    assert table.ask("Hello again").model == "openai/plain"


def test_nobody_sets_the_budget_of_anothers_project(hers, bob):
    with as_user(bob):
        theirs = projects.begin_project(bob.pk, name="Secret", at=timezone.now())
    assert hers.post(f"/projects/{theirs.id}/", {"do": "budget", "tokens": "1"}).status_code == 404
    assert not Budget.objects.exists()


def test_the_files_of_its_chats_are_listed_in_a_project_latest_first(hers, alice, bob):
    with as_user(alice):
        project = projects.begin_project(alice.pk, name="Cello", at=timezone.now())
        chat = services.start_conversation(alice.pk, project_id=project.id, at=timezone.now())
        for number in range(FILES + 1):
            file = keep_upload(alice.pk, [b"bars and rests"], name=f"part-{number:02}.txt", at=timezone.now())
            services.post_message(alice.pk, chat.id, text="Read this", at=timezone.now(), attachments=[file.id])
    page = hers.get(f"/projects/{project.id}/").content.decode()
    assert page.index(f"part-{FILES:02}.txt") < page.index("part-01.txt")
    assert "part-00.txt" not in page
    more = page.split('data-more="[data-files]" href="')[1].split('"')[0]
    assert "part-00.txt" in hers.get(f"/projects/{project.id}/{more}").content.decode()
    with as_user(bob):
        assert projects.files_in(bob.pk, project.id, limit=9) == []
    with as_user(alice):
        services.delete_conversation(alice.pk, chat.id, at=timezone.now(), forget=False)
    assert "part-05.txt" not in hers.get(f"/projects/{project.id}/").content.decode()
