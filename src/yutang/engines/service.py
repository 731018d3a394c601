"""The warehouse, as every app uses it: statements with bound parameters, rows out, lines in.

warehouse().rows(sql, {"workspace": 1}, lane="interactive")
warehouse().insert_lines("events", b'{"workspace":1,…}\\n…', token="spool:17")
"""

import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any

from clickhouse_connect.driver.exceptions import DatabaseError
from django.conf import settings

from yutang.engines._clients import ClientPool, Lane
from yutang.engines.binding import bound, listed
from yutang.engines.composing import ComposedOnce, ComposedTogether
from yutang.engines.sqlfiles import named_sql
from yutang.kit.errors import DomainError

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "ComposedOnce",
    "ComposedTogether",
    "EmbeddedEnginesBusy",
    "Superseded",
    "Warehouse",
    "WarehouseAnswer",
    "WarehouseTooBusy",
    "bound",
    "listed",
    "named_sql",
    "warehouse",
]

Parameters = Mapping[str, object]


class EmbeddedEnginesBusy(DomainError):
    """Another process has the embedded engines open."""

    status = 409
    zh = (
        "另一个 Yutang 进程正在使用 {folder} 里的内置引擎。请先停掉它，或用 YUTANG_HOME 换一个目录；"
        "要同时运行多个进程，请设置 YUTANG_DATABASE_URL 和 YUTANG_WAREHOUSE_URL 连接外部数据库。"
    )
    en = (
        "Another Yutang process is using the embedded engines in {folder}. Stop it first, or choose"
        " another folder with YUTANG_HOME; to run several processes, set YUTANG_DATABASE_URL and"
        " YUTANG_WAREHOUSE_URL to external databases."
    )


class WarehouseTooBusy(DomainError):
    """Every client of the lane is taken, or the statement ran out of time or memory."""

    status = 503
    zh = "现在查询的人太多，或这个条件涉及的数据太大。请稍等片刻，或把时间范围收窄。"
    en = "Too many queries are running, or this one touches too much. Wait a moment, or narrow the time range."


@dataclass(frozen=True)
class WarehouseAnswer:
    """Rows and the names of their columns."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]

    def dicts(self) -> list[dict[str, Any]]:
        """Return each row as a dictionary."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Superseded(DomainError):
    """Somebody cancelled the statement: usually the one who asked, by asking something newer."""

    zh = "这次查询已被取消。"
    en = "This query was cancelled."


# TIMEOUT_EXCEEDED, MEMORY_LIMIT_EXCEEDED
_TOO_MUCH = ("Code: 159.", "Code: 241.")
_CANCELLED = "Code: 394."


class Warehouse:
    """ClickHouse, embedded or remote. Safe to use from many threads."""

    def __init__(self, dsn: str) -> None:
        self._pool = ClientPool(dsn)

    def ask(
        self,
        sql: str,
        parameters: Parameters | None = None,
        *,
        lane: Lane = "interactive",
        mark: str = "",
    ) -> WarehouseAnswer:
        """Run a statement that answers. `cancel(mark)` ends it.

        :raises WarehouseTooBusy, Superseded:
        """
        with self._client(lane) as client:
            marked = {"log_comment": mark} if mark else None
            answer = client.query(sql, parameters=dict(parameters or {}), settings=marked)
            return WarehouseAnswer(answer.column_names, answer.result_rows)

    def cancel(self, mark: str) -> None:
        """End the statements that run under this mark, wherever they were begun."""
        with self._client("interactive") as client:
            client.query(
                "KILL QUERY WHERE Settings['log_comment'] = {mark:String} ASYNC",
                parameters={"mark": mark},
            )

    def rows(
        self, sql: str, parameters: Parameters | None = None, *, lane: Lane = "interactive"
    ) -> Sequence[Sequence[Any]]:
        """Run a statement and return its rows.

        :raises WarehouseTooBusy:
        """
        return self.ask(sql, parameters, lane=lane).rows

    def frame(
        self, sql: str, parameters: Parameters | None = None, *, lane: Lane = "interactive"
    ) -> "pl.DataFrame":
        """Run a statement and return its columns: for millions of rows that are computed with.

        :raises WarehouseTooBusy:
        """
        import polars as pl

        with self._client(lane) as client:
            found = pl.from_arrow(client.query_arrow(sql, parameters=dict(parameters or {})))
        assert isinstance(found, pl.DataFrame)
        return found

    def value(
        self, sql: str, parameters: Parameters | None = None, *, lane: Lane = "interactive"
    ) -> Any:
        """Run a statement that answers with one value.

        :raises WarehouseTooBusy:
        """
        return self.rows(sql, parameters, lane=lane)[0][0]

    def command(
        self,
        sql: str,
        parameters: Parameters | None = None,
        *,
        lane: Lane = "background",
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """Run a statement that changes something (DDL, INSERT … SELECT, ALTER).

        :raises WarehouseTooBusy:
        """
        with self._client(lane) as client:
            client.command(sql, parameters=dict(parameters or {}), settings=dict(settings or {}))

    def insert_lines(
        self, table: str, lines: bytes, *, token: str, lane: Lane = "background"
    ) -> None:
        """Insert newline-separated JSON objects. The same token never inserts twice.

        The rows are on disk, and in the views fed by the table, when this returns.

        :raises WarehouseTooBusy:
        """
        with self._client(lane) as client:
            client.raw_insert(
                table,
                insert_block=lines,
                fmt="JSONEachRow",
                settings={
                    "insert_deduplicate": 1,
                    "insert_deduplication_token": token,
                    "deduplicate_blocks_in_dependent_materialized_views": 1,
                    "date_time_input_format": "best_effort",
                },
            )

    def stream(
        self, sql: str, parameters: Parameters | None = None, *, lane: Lane = "background"
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """Run a statement and yield its rows block by block: memory stays bounded.

        :raises WarehouseTooBusy:
        """
        with (
            self._client(lane) as client,
            client.query_row_block_stream(sql, parameters=dict(parameters or {})) as blocks,
        ):
            yield from blocks

    def close(self) -> None:
        """Close the clients; the embedded engine lets go of its folder."""
        self._pool.close()

    def _client(self, lane: Lane) -> "_Borrowed":
        return _Borrowed(self._pool, lane)


class _Borrowed:
    """A borrowed client whose refusals are ours."""

    def __init__(self, pool: ClientPool, lane: Lane) -> None:
        self._lending = pool.borrowed(lane, wait=20.0 if lane == "interactive" else 600.0)

    def __enter__(self) -> Any:
        try:
            return self._lending.__enter__()
        except queue.Empty:
            raise WarehouseTooBusy from None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lending.__exit__(kind, error, trace)
        if isinstance(error, DatabaseError):
            said = str(error)
            if _CANCELLED in said:
                raise Superseded from error
            if any(code in said for code in _TOO_MUCH):
                raise WarehouseTooBusy from error


_opening = threading.Lock()
_open: dict[str, Warehouse] = {}


def warehouse() -> Warehouse:
    """Return this process's warehouse, opened when first asked for."""
    dsn = settings.YUTANG_WAREHOUSE_URL
    with _opening:
        if dsn not in _open:
            _open[dsn] = Warehouse(dsn)
        return _open[dsn]
