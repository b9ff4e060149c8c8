"""How turns get in: two functions, so that the database plans them once a connection. Row-level security holds inside them as outside."""

from django.db import migrations

# For each given turn: the episode of its message, if there is one, and speaker and text of the turn before it, by time in its conversation.
# The row comparison keeps to the index of conversations, whatever the planner believes of a user whose other conversations are long.
LOOK = migrations.RunSQL(
    """
    CREATE FUNCTION memory_look_before(of_user uuid, rows json, most int)
        RETURNS TABLE (known uuid, speaker text, said text) LANGUAGE plpgsql STABLE AS $$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
        SELECT stands.id, before.speaker::text, before.text
        FROM json_to_recordset(rows) AS given (place int, conversation_id uuid, message_id uuid, said_at timestamptz)
        LEFT JOIN memory_episode stands ON stands.user_id = of_user AND stands.message_id = given.message_id
        LEFT JOIN LATERAL (
            SELECT e.speaker, left(e.text, most) AS text FROM memory_episode e
            WHERE e.user_id = of_user AND e.withdrawn_at IS NULL
                AND (e.conversation_id, e.said_at) <= (given.conversation_id, given.said_at)
                AND e.conversation_id >= given.conversation_id
            ORDER BY e.conversation_id DESC, e.said_at DESC, e.seq DESC LIMIT 1
        ) before ON true
        ORDER BY given.place;
    END $$;
    """,
    "DROP FUNCTION memory_look_before(uuid, json, int);",
)

# Number the turns, store them with their vectors, and make the jobs due. The row of the state is locked to the end of the transaction, so that
# numbers have no gap that a later turn could fill. A message that another connection stored meanwhile is left out of the answer.
RECORD = migrations.RunSQL(
    """
    CREATE FUNCTION memory_record_turns(of_user uuid, at timestamptz, model text, dimensions int, size bigint, rows json, jobs json)
        RETURNS TABLE (episode uuid, number bigint) LANGUAGE plpgsql AS $$
    #variable_conflict use_column
    DECLARE
        now_version bigint;
        last bigint;
        many int := json_array_length(rows);
    BEGIN
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
            SELECT * FROM json_to_recordset(rows) AS given (
                place int, id uuid, scope_kind text, scope_id uuid, conversation_id uuid, message_id uuid, role text, speaker text,
                source text, text text, pasted int[], said_at timestamptz, terms bytea, vector text, is_read boolean,
                imported_in_id uuid)
        ), stored AS (
            INSERT INTO memory_episode (id, user_id, scope_kind, scope_id, seq, conversation_id, message_id, role, speaker, source, text,
                pasted, said_at, recorded_at, terms, changed_version, rules_read_at, model_read_at, imported_in_id)
            SELECT g.id, of_user, g.scope_kind, g.scope_id, last - many + g.place, g.conversation_id, g.message_id, g.role, g.speaker,
                g.source, g.text, g.pasted, g.said_at, at, g.terms, now_version, CASE WHEN g.is_read THEN at END,
                CASE WHEN g.is_read THEN at END, g.imported_in_id
            FROM given g
            ON CONFLICT (user_id, message_id) WHERE message_id IS NOT NULL DO NOTHING
            RETURNING id, seq
        ), vectors AS (
            INSERT INTO memory_vector (id, user_id, episode_id, model, dimensions, halfvec)
            SELECT gen_random_uuid(), of_user, g.id, model, dimensions, l2_normalize(g.vector::vector)::halfvec
            FROM given g JOIN stored s ON s.id = g.id WHERE g.vector IS NOT NULL
        )
        SELECT s.id, s.seq FROM stored s;
    END $$;
    """,
    "DROP FUNCTION memory_record_turns(uuid, timestamptz, text, int, bigint, json, json);",
)


class Migration(migrations.Migration):
    dependencies = [("memory", "0005_imports")]
    operations = [LOOK, RECORD]
