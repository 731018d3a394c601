"""The warehouse keeps what it is given, once, and answers with bound parameters."""

from yutang.engines import warehouse


def test_lines_under_the_same_token_are_kept_once_in_every_view(open_warehouse) -> None:
    line = (
        b'{"workspace":900001,"type":"favorite","ts":"2026-01-01T00:00:00.000Z","customer":1,"origin":1,'
        b'"id":"019a0000-0000-7000-8000-000000000001","received_at":"2026-01-01T00:00:00Z",'
        b'"texts":{"sku":"A1"},"numbers":{"price":12.5},"lists":{"colours":["red"]}}\n'
    )

    for _ in range(2):
        open_warehouse.insert_lines("events", line, token="test:once")

    for table in ("events", "timeline"):
        sql = f"SELECT count(), any(texts['sku']), any(numbers['price']) FROM {table} WHERE workspace = {{workspace:UInt32}}"
        assert warehouse().rows(sql, {"workspace": 900001}) == [(1, "A1", 12.5)]


def test_the_database_is_real(db) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 180000
