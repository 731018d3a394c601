"""The warehouse keeps what it is given, once, and answers with bound parameters."""

import threading

import pytest

from yutang.engines import Superseded, warehouse


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


def test_a_statement_is_cancelled_by_its_mark(open_warehouse) -> None:
    def cancel() -> None:
        while not ended.wait(0.1):
            open_warehouse.cancel("preview:1")

    ended = threading.Event()
    canceller = threading.Thread(target=cancel)
    canceller.start()

    with pytest.raises(Superseded):
        open_warehouse.ask(
            "SELECT count() FROM numbers(1000000000000) WHERE number % 7 = 3", mark="preview:1"
        )
    ended.set()
    canceller.join()


def test_closing_lets_go_of_every_client(tmp_path) -> None:
    from contextlib import ExitStack

    from yutang.engines._clients import ClientPool

    pool = ClientPool(f"chdb://{tmp_path}/warehouse")
    closed = []

    class Client:
        def close(self) -> None:
            closed.append(self)

    pool._open = lambda _lane: Client()
    with ExitStack() as lent:
        for _ in range(3):
            lent.enter_context(pool.borrowed("interactive", wait=1))

    pool.close()

    assert len(closed) == 3
