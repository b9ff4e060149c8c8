"""Questions in SQL reach a copy of the person's own data, and nothing else whatever they try."""

from __future__ import annotations

import pytest
from django.utils import timezone

from assistant.conversations import services
from assistant.models import Project
from assistant.tools.sql.cell import SqlRefused, Table, ask
from memory import api as memory
from profiles.owned import as_user

TABLES = {"facts": Table({"id": "TEXT", "value": "TEXT"}, [("1", "Bergen"), ("2", "Oslo"), ("3", "Bergen")])}


def test_counting_and_grouping_work():
    statement = (
        "WITH t AS (SELECT value, count(*) AS n FROM facts GROUP BY value) SELECT value, n FROM t ORDER BY n DESC"
    )
    answer = ask(statement, TABLES, seconds=2)
    assert answer.columns == ("value", "n")
    assert answer.rows == (("Bergen", 2), ("Oslo", 1))
    assert answer.read == {"facts"}


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE '/etc/passwd' AS x",
        "PRAGMA database_list",
        "SELECT * FROM pragma_table_info('facts')",
        "SELECT * FROM sqlite_master",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('x', 'y')",
        "VACUUM INTO 'x'",
        "INSERT INTO facts VALUES ('4', 'Rome')",
        "UPDATE facts SET value = 'Rome'",
        "DELETE FROM facts",
        "DROP TABLE facts",
        "CREATE TABLE t (a)",
        "CREATE TEMP TRIGGER t AFTER INSERT ON facts BEGIN SELECT 1; END",
        "BEGIN",
        "SELECT 1; DROP TABLE facts",
        "SELECT randomblob(1000000000)",
        "SELECT zeroblob(1000000000)",
        "SELECT printf('%1000000000d', 1)",
        "SELECT set_config('app.user_id', 'x', true)",
        "WITH RECURSIVE n(s) AS (SELECT value FROM facts UNION ALL SELECT s || s FROM n) SELECT length(s) FROM n",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "SELECT * FROM memory_fact",
        "SELECT '\x00' FROM",
        "EXPLAIN nonsense",
        "",
    ],
)
def test_hostile_statements_get_nowhere(statement):
    with pytest.raises(SqlRefused):
        ask(statement, TABLES, seconds=0.5)


def test_rows_are_few():
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) SELECT i FROM n"
    answer = ask(endless, TABLES, seconds=2)
    assert (len(answer.rows), answer.is_cut) == (100, True)


def test_the_copy_holds_what_is_the_persons_and_of_this_place_alone(table, bob, told):
    with as_user(bob):
        memory.remember(bob.pk, predicate="lives_in", value="Tromsø", at=timezone.now())
    table.knows("lives_in", "Bergen")
    with as_user(table.alice):
        secret = Project.objects.create(
            user=table.alice, name="Quiet", memory=Project.Memory.ISOLATED, created_at=timezone.now()
        )
        apart = services.start_conversation(table.alice.pk, at=timezone.now())
        apart.project = secret
        apart.save()
        services.post_message(table.alice.pk, apart.id, text="The vault is under the stairs.", at=timezone.now())
        gone = services.start_conversation(table.alice.pk, at=timezone.now(), mode="temporary")
        services.post_message(table.alice.pk, gone.id, text="This is nobody's business.", at=timezone.now())
    every = "SELECT value FROM facts UNION ALL SELECT text FROM messages"
    calls = [("query_my_data", {"sql": every}), ("search_conversations", {"words": "vault"})]
    table.ask("What do you have?", calls, "This.")
    data, found = told(table.prompts()[-1])
    assert "Bergen" in data
    assert "What do you have?" in data
    assert not any(word in data + found for word in ("Tromsø", "stairs", "business"))
