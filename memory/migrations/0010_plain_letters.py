"""Terms of words with stroked or joined letters are made anew: Tromsø is found by "Tromso", Łódź by "Lodz"."""

from django.db import migrations

from memory.terms import index

_BATCH = 500
_FOLDED_NOW = "[øæœłđðþħŧıØÆŒŁĐÐÞĦŦ]"
# What search sees of each.
_SEEN = {
    "memory_episode": "concat_ws(': ', nullif(speaker, ''), text)",
    "memory_fact": "concat_ws(' ', nullif(nullif(subject, 'user'), ''), replace(predicate, '_', ' '), nullif(value, ''), nullif(text, ''))",
}


def make_anew(apps, schema_editor):
    """For all users: the policies let a migration through when it says why."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.reason', 'terms of plain letters', true)")
        for table, seen in _SEEN.items():
            last = "00000000-0000-0000-0000-000000000000"
            while rows := _next(cursor, table, seen, last):
                cursor.execute(
                    f"UPDATE {table} t SET terms = new.terms FROM unnest(%s::uuid[], %s::bytea[]) AS new(id, terms) WHERE t.id = new.id",
                    [[key for key, _, _ in rows], [index(user, text) for _, user, text in rows]],
                )
                last = rows[-1][0]
        # Arrays that processes hold are read anew.
        cursor.execute("UPDATE memory_memorystate SET version = version + 1, erased_version = version + 1")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.reason', '', true)")


def _next(cursor, table, seen, last):
    cursor.execute(
        f"SELECT id, user_id, {seen} FROM {table} WHERE {seen} ~ %s AND octet_length(terms) > 0 AND id > %s ORDER BY id LIMIT %s",
        [_FOLDED_NOW, last, _BATCH],
    )
    return cursor.fetchall()


class Migration(migrations.Migration):
    dependencies = [("memory", "0009_own_words")]
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
