"""A turn's vector is of its own words, and what stood before it is added where vectors are read: turns are written without a look at their neighbours."""

from importlib import import_module

from django.db import migrations

from memory.embedding import word_llama

_BATCH = 500

# As in 0008, but that messages which stand already are left out here, before the turns are numbered, and that the vector is a sum: in whole steps, of
# which `fine` make one.
RECORD = """
    CREATE FUNCTION memory_record_turns(of_user uuid, at timestamptz, model text, dimensions int, fine int, rows json, jobs json)
        RETURNS TABLE (episode uuid, number bigint) LANGUAGE plpgsql
        SET plan_cache_mode = force_generic_plan AS $$
    #variable_conflict use_column
    DECLARE
        now_version bigint;
        last bigint;
        many bigint;
        size bigint;
        step vector := array_fill((1.0 / fine)::real, ARRAY[dimensions])::vector;
    BEGIN
        -- A scalar subquery, since the planner can't know how many rows a JSON holds and would read all of the user's turns to join them.
        SELECT count(*), coalesce(sum(length(g.text)), 0) INTO many, size
            FROM json_to_recordset(rows) AS g (message_id uuid, text text)
            WHERE (SELECT e.id FROM memory_episode e WHERE e.user_id = of_user AND e.message_id = g.message_id LIMIT 1) IS NULL;
        IF many = 0 THEN
            RETURN;
        END IF;
        INSERT INTO memory_memorystate AS state (user_id, version, erased_version, turns, total_length)
            VALUES (of_user, 1, 0, many, size)
            ON CONFLICT (user_id) DO UPDATE SET version = state.version + 1, turns = state.turns + many,
                total_length = state.total_length + size
            RETURNING version, turns INTO now_version, last;
        INSERT INTO memory_memoryjob (id, user_id, kind, state, attempts, error, created_at, due_at)
            SELECT due.id, of_user, due.kind, 'due', 0, '', at, at
            FROM json_to_recordset(jobs) AS due (id uuid, kind text)
            ON CONFLICT DO NOTHING;
        RETURN QUERY
        WITH given AS MATERIALIZED (
            SELECT g.*, last - many + row_number() OVER (ORDER BY g.place) AS seq
            FROM json_to_recordset(rows) AS g (
                place int, id uuid, scope_kind text, scope_id uuid, conversation_id uuid, message_id uuid, role text, speaker text,
                source text, text text, pasted int[], said_at timestamptz, terms bytea, vector text, vector_id uuid,
                is_read boolean, imported_in_id uuid)
            -- Again, now that other writers wait for the row of the state: what they wrote until then is seen.
            WHERE (SELECT e.id FROM memory_episode e WHERE e.user_id = of_user AND e.message_id = g.message_id LIMIT 1) IS NULL
        ), stored AS (
            INSERT INTO memory_episode (id, user_id, scope_kind, scope_id, seq, conversation_id, message_id, role, speaker, source, text,
                pasted, said_at, recorded_at, terms, changed_version, rules_read_at, model_read_at, imported_in_id)
            SELECT g.id, of_user, g.scope_kind, g.scope_id, g.seq, g.conversation_id, g.message_id, g.role, g.speaker,
                g.source, g.text, g.pasted, g.said_at, at, g.terms, now_version, CASE WHEN g.is_read THEN at END,
                CASE WHEN g.is_read THEN at END, g.imported_in_id
            FROM given g
            RETURNING id, seq
        ), vectors AS (
            INSERT INTO memory_vector (id, user_id, episode_id, model, dimensions, halfvec)
            SELECT g.vector_id, of_user, g.id, model, dimensions, (g.vector::vector * step)::halfvec
            FROM given g JOIN stored s ON s.id = g.id WHERE g.vector IS NOT NULL
        )
        SELECT s.id, s.seq FROM stored s;
    END $$;
"""
_ARGUMENTS = "uuid, timestamptz, text, int, {}, json, json"
_BEFORE = import_module("memory.migrations.0008_quick_writes")

# Both together again, as unit vectors.
TOGETHER = """
    WITH together AS (
        SELECT v.id, v.halfvec + coalesce(lag(v.halfvec) OVER turns, array_fill(0, ARRAY[v.dimensions])::halfvec) AS halfvec
        FROM memory_vector v JOIN memory_episode e ON e.id = v.episode_id
        WHERE v.model = %s AND e.withdrawn_at IS NULL
        WINDOW turns AS (PARTITION BY e.user_id, e.conversation_id ORDER BY e.said_at, e.seq)
    )
    UPDATE memory_vector v SET halfvec = l2_normalize(together.halfvec) FROM together WHERE together.id = v.id
"""


def take_apart(apps, schema_editor):
    """For all users: the policies let a migration through when it says why."""
    embedder = word_llama()
    last = "00000000-0000-0000-0000-000000000000"
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.reason', 'vectors of own words', true)")
        while True:
            cursor.execute(
                "SELECT v.id, e.text FROM memory_vector v JOIN memory_episode e ON e.id = v.episode_id"
                " WHERE v.model = %s AND v.id > %s ORDER BY v.id LIMIT %s",
                [embedder.name, last, _BATCH],
            )
            rows = cursor.fetchall()
            if not rows:
                break
            sums = embedder.sums([text for _, text in rows])
            cursor.execute(
                "UPDATE memory_vector v SET halfvec = new.vector::halfvec"
                " FROM unnest(%s::uuid[], %s::text[]) AS new(id, vector) WHERE v.id = new.id",
                [[key for key, _ in rows], [str(row.tolist()) for row in sums]],
            )
            last = rows[-1][0]
        _say_changed(cursor)


def put_together(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.reason', 'vectors with the turn before', true)")
        cursor.execute(TOGETHER, [word_llama().name])
        _say_changed(cursor)


def _say_changed(cursor):
    """Arrays that processes hold are read anew."""
    cursor.execute("UPDATE memory_memorystate SET version = version + 1, erased_version = version + 1")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SELECT set_config('app.reason', '', true)")


class Migration(migrations.Migration):
    dependencies = [("memory", "0008_quick_writes")]
    operations = [
        migrations.RunPython(take_apart, put_together),
        migrations.RunSQL(
            "DROP FUNCTION memory_look_before(uuid, json, int)",
            _BEFORE.LOOK.replace("CREATE OR REPLACE", "CREATE"),
        ),
        migrations.RunSQL(
            f"DROP FUNCTION memory_record_turns({_ARGUMENTS.format('bigint')})",
            _BEFORE.RECORD.replace("CREATE OR REPLACE", "CREATE"),
        ),
        migrations.RunSQL(RECORD, f"DROP FUNCTION memory_record_turns({_ARGUMENTS.format('int')})"),
    ]
