"""What a model can't declare: row-level security, spans that can't leave their turn, facts that can't lose their evidence, rows that never change."""

from django.db import migrations

from profiles.owned import protect

TABLES = (
    "memory_batch",
    "memory_entity",
    "memory_entityalias",
    "memory_episode",
    "memory_evidence",
    "memory_fact",
    "memory_factlink",
    "memory_forgetreceipt",
    "memory_memoryevent",
    "memory_memoryjob",
    "memory_memorystate",
    "memory_question",
    "memory_rejection",
    "memory_summary",
    "memory_tombstone",
    "memory_vector",
)

# Deferred: a cut in a turn changes its length and moves the spans in two statements of one transaction.
SPANS = migrations.RunSQL(
    """
    ALTER TABLE memory_evidence ADD CONSTRAINT evidence_span_of_episode
        FOREIGN KEY (episode_id, user_id, episode_length) REFERENCES memory_episode (id, user_id, length)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE memory_evidence ADD CONSTRAINT evidence_of_own_fact
        FOREIGN KEY (fact_id, user_id) REFERENCES memory_fact (id, user_id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
    """,
    """
    ALTER TABLE memory_evidence DROP CONSTRAINT evidence_of_own_fact;
    ALTER TABLE memory_evidence DROP CONSTRAINT evidence_span_of_episode;
    """,
)

# The check runs at commit, when nobody's rows may be in reach any more: it looks past the policies by its own setting.
EVIDENCE = migrations.RunSQL(
    """
    CREATE FUNCTION memory_fact_keeps_evidence() RETURNS trigger LANGUAGE plpgsql
        SET app.reason = 'check that what was said has evidence' AS $$
    DECLARE fact uuid;
    BEGIN
        IF TG_TABLE_NAME = 'memory_fact' THEN fact := NEW.id; ELSE fact := OLD.fact_id; END IF;
        IF EXISTS (SELECT 1 FROM memory_fact WHERE id = fact AND origin = 'user_said')
           AND NOT EXISTS (SELECT 1 FROM memory_evidence WHERE fact_id = fact) THEN
            RAISE EXCEPTION 'a fact that was said has no evidence' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER fact_keeps_evidence AFTER INSERT OR UPDATE OF origin ON memory_fact
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.origin = 'user_said')
        EXECUTE FUNCTION memory_fact_keeps_evidence();
    CREATE CONSTRAINT TRIGGER evidence_keeps_fact AFTER DELETE OR UPDATE OF fact_id ON memory_evidence
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION memory_fact_keeps_evidence();
    """,
    """
    DROP TRIGGER evidence_keeps_fact ON memory_evidence;
    DROP TRIGGER fact_keeps_evidence ON memory_fact;
    DROP FUNCTION memory_fact_keeps_evidence();
    """,
)

ORIGINS = migrations.RunSQL(
    """
    CREATE FUNCTION memory_origin_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.origin IS DISTINCT FROM OLD.origin THEN
            RAISE EXCEPTION 'origin never changes' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER origin_stays BEFORE UPDATE OF origin ON memory_fact FOR EACH ROW EXECUTE FUNCTION memory_origin_stays();
    CREATE TRIGGER origin_stays BEFORE UPDATE OF origin ON memory_summary FOR EACH ROW EXECUTE FUNCTION memory_origin_stays();
    """,
    """
    DROP TRIGGER origin_stays ON memory_summary;
    DROP TRIGGER origin_stays ON memory_fact;
    DROP FUNCTION memory_origin_stays();
    """,
)

# Appended to only. A forget may blank before and after; the rows of a user go when all of their memory goes (`app.erasing`).
AUDIT = migrations.RunSQL(
    """
    CREATE FUNCTION memory_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF coalesce(current_setting('app.erasing', true), '') = '' THEN
                RAISE EXCEPTION 'the audit is only appended to' USING ERRCODE = 'check_violation';
            END IF;
            RETURN OLD;
        END IF;
        IF (NEW.id, NEW.user_id, NEW.batch_id, NEW."order", NEW.at, NEW.actor, NEW.action, NEW."table", NEW.row_id, NEW.reason)
           IS DISTINCT FROM
           (OLD.id, OLD.user_id, OLD.batch_id, OLD."order", OLD.at, OLD.actor, OLD.action, OLD."table", OLD.row_id, OLD.reason)
           OR (NEW.before IS NOT NULL AND NEW.before IS DISTINCT FROM OLD.before)
           OR (NEW.after IS NOT NULL AND NEW.after IS DISTINCT FROM OLD.after) THEN
            RAISE EXCEPTION 'the audit is only appended to' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER event_is_kept BEFORE UPDATE OR DELETE ON memory_memoryevent
        FOR EACH ROW EXECUTE FUNCTION memory_event_is_kept();
    """,
    """
    DROP TRIGGER event_is_kept ON memory_memoryevent;
    DROP FUNCTION memory_event_is_kept();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("memory", "0001_initial")]
    operations = [*protect(*TABLES), SPANS, EVIDENCE, ORIGINS, AUDIT]
