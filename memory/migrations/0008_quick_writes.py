"""A turn is written while somebody waits: fewer indexes to keep, and none that is written all over.

An index on the user alone was in the way besides: before the first ANALYZE of a new table it looked as good to the planner as the one that leads to a
conversation, and a plan lives as long as its connection. The function of 0006 takes the key of the vector along; random ones touch every page.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As in 0006, but that each message is looked up by itself: the planner, who can't know how many rows a JSON holds, read all of the user's turns for it.
LOOK = """
    CREATE OR REPLACE FUNCTION memory_look_before(of_user uuid, rows json, most int)
        RETURNS TABLE (known uuid, speaker text, said text) LANGUAGE plpgsql STABLE
        SET plan_cache_mode = force_generic_plan AS $$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
        SELECT stands.id, before.speaker::text, before.text
        FROM json_to_recordset(rows) AS given (place int, conversation_id uuid, message_id uuid, said_at timestamptz)
        LEFT JOIN LATERAL (
            SELECT e.id FROM memory_episode e WHERE e.user_id = of_user AND e.message_id = given.message_id LIMIT 1
        ) stands ON true
        LEFT JOIN LATERAL (
            SELECT e.speaker, left(e.text, most) AS text FROM memory_episode e
            WHERE e.user_id = of_user AND e.withdrawn_at IS NULL
                AND (e.conversation_id, e.said_at) <= (given.conversation_id, given.said_at)
                AND e.conversation_id >= given.conversation_id
            ORDER BY e.conversation_id DESC, e.said_at DESC, e.seq DESC LIMIT 1
        ) before ON true
        ORDER BY given.place;
    END $$;
"""
LOOK_BEFORE = """
    CREATE OR REPLACE FUNCTION memory_look_before(of_user uuid, rows json, most int)
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
"""

# As in 0006, but for `vector_id`.
RECORD = """
    CREATE OR REPLACE FUNCTION memory_record_turns(of_user uuid, at timestamptz, model text, dimensions int, size bigint, rows json, jobs json)
        RETURNS TABLE (episode uuid, number bigint) LANGUAGE plpgsql
        SET plan_cache_mode = force_generic_plan AS $$
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
                source text, text text, pasted int[], said_at timestamptz, terms bytea, vector text, vector_id uuid,
                is_read boolean, imported_in_id uuid)
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
            SELECT g.vector_id, of_user, g.id, model, dimensions, l2_normalize(g.vector::vector)::halfvec
            FROM given g JOIN stored s ON s.id = g.id WHERE g.vector IS NOT NULL
        )
        SELECT s.id, s.seq FROM stored s;
    END $$;
"""
RECORD_BEFORE = """
    CREATE OR REPLACE FUNCTION memory_record_turns(of_user uuid, at timestamptz, model text, dimensions int, size bigint, rows json, jobs json)
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("memory", "0007_remote_embedder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RemoveConstraint(
            model_name='vector',
            name='vector_once_an_episode_and_model',
        ),
        migrations.RemoveConstraint(
            model_name='vector',
            name='vector_once_a_fact_and_model',
        ),
        migrations.AlterField(
            model_name='episode',
            name='imported_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='turns', to='memory.import'),
        ),
        migrations.AlterField(
            model_name='episode',
            name='user',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='vector',
            name='episode',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='vectors', to='memory.episode'),
        ),
        migrations.AlterField(
            model_name='vector',
            name='fact',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='vectors', to='memory.fact'),
        ),
        migrations.RemoveIndex(model_name="episode", name="episode_conversation"),
        migrations.AddIndex(
            model_name="episode",
            index=models.Index(
                models.F("user"),
                models.F("conversation_id"),
                models.F("said_at"),
                models.F("seq"),
                name="episode_conversation",
            ),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(models.F('user'), models.F('seq'), condition=models.Q(('imported_in', None), ('model_read_at__isnull', True), ('role', 'user'), ('withdrawn_at__isnull', True)), name='episode_unread_by_model'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(models.F('imported_in'), condition=models.Q(('imported_in__isnull', False)), name='episode_imported'),
        ),
        migrations.AddConstraint(
            model_name='vector',
            constraint=models.UniqueConstraint(condition=models.Q(('episode__isnull', False)), fields=('episode', 'model'), name='vector_once_an_episode_and_model'),
        ),
        migrations.AddConstraint(
            model_name='vector',
            constraint=models.UniqueConstraint(condition=models.Q(('fact__isnull', False)), fields=('fact', 'model'), name='vector_once_a_fact_and_model'),
        ),
        migrations.RunSQL(LOOK, LOOK_BEFORE),
        migrations.RunSQL(RECORD, RECORD_BEFORE),
    ]
