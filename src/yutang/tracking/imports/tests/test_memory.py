"""A file larger than the memory it may have is read all the same: what is held does not grow with it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from yutang.tracking.imports.readers import open_source
from yutang.tracking.imports.readers.source import BLOCK_CHARACTERS

SOURCE = str(Path(__file__).parents[4])
NOTE = "tea " * 5_000
ROWS = 2_500  # of some 20,000 characters: more than one block, though far fewer than 50,000 rows


def wide(folder: Path, kind: str) -> Path:
    path = folder / f"rows.{kind}"
    if kind == "parquet":
        pl.DataFrame({"id": [str(n) for n in range(ROWS)], "note": [NOTE] * ROWS}).write_parquet(
            path, row_group_size=1_000, use_pyarrow=True, pyarrow_options={"use_dictionary": False}
        )
        return path
    with path.open("w", encoding="utf-8") as file:
        if kind == "csv":
            file.write("id,note\n")
        for n in range(ROWS):
            row = {"id": str(n), "note": NOTE}
            file.write(f"{n},{NOTE}\n" if kind == "csv" else f"{json.dumps(row)}\n")
    return path


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_long_rows_make_short_blocks(tmp_path: Path, kind: str) -> None:
    source = open_source(wide(tmp_path, kind))

    blocks = [(block.frame["id"].to_list(), block.rows_read) for block in source.blocks()]

    assert [each for ids, _ in blocks for each in ids] == [str(n) for n in range(ROWS)]
    assert max(len(ids) for ids, _ in blocks) * len(NOTE) < 1.4 * BLOCK_CHARACTERS
    assert blocks[-1][1] == ROWS


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_short_blocks_go_on_where_reading_stopped(tmp_path: Path, kind: str) -> None:
    source = open_source(wide(tmp_path, kind))
    first = next(iter(source.blocks()))

    rest = [each for block in source.blocks(skip=first.rows_read) for each in block.frame["id"]]

    assert first.frame["id"].to_list() + rest == [str(n) for n in range(ROWS)]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_the_first_blocks_are_small_so_that_progress_shows_soon(tmp_path: Path, kind: str) -> None:
    path, rows = tmp_path / f"rows.{kind}", pl.DataFrame({"id": [str(n) for n in range(9_000)]})
    {"csv": rows.write_csv, "jsonl": rows.write_ndjson, "parquet": rows.write_parquet}[kind](path)
    source = open_source(path)

    blocks = list(source.blocks())
    later = next(iter(source.blocks(skip=8_000)))

    assert [block.rows_read for block in blocks] == [2_500, 7_500, 9_000]
    assert [each for block in blocks for each in block.frame["id"]] == rows["id"].to_list()
    assert (later.frame["id"][0], later.lines[0] - blocks[0].lines[0]) == ("8000", 8_000)


def test_a_line_without_an_end_is_bad_rows_and_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("id,note\n1,a\n" + "x" * (9 << 20) + "\n2,b\n")

    blocks = list(open_source(path).blocks())

    assert [row for block in blocks for row in block.frame.rows()] == [("1", "a"), ("2", "b")]
    assert [len(each.content) for block in blocks for each in block.bad] == [500, 500, 500]


_READ = """
import sys
import django
django.setup()
from pathlib import Path
from yutang.kit import clock
from yutang.tracking.imports.readers import open_source
from yutang.tracking.imports.taking import prepare
from yutang.tracking.service import imports
mapping = imports.recipe("taobao").mapping
rows = sum(
    len(prepare(block, mapping, now=clock.now()).rows.types)
    for block in open_source(Path(sys.argv[1]), mapping.format).blocks()
)
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(rows, peak)
"""


def read(path: Path) -> tuple[int, int]:
    """Return how many rows a process of its own found in the file, and its peak in MB."""
    answer = subprocess.run(
        [sys.executable, "-c", _READ, str(path)],
        env={**os.environ, "PYTHONPATH": SOURCE, "YUTANG_HOME": str(path.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    rows, peak = answer.stdout.split()
    return int(rows), int(peak) // 1024


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_the_peak_does_not_grow_with_the_file(tmp_path: Path) -> None:
    header = "user_id,item_id,category_id,behavior_type,timestamp,note\n"
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    for path, count in ((small, 150_000), (large, 500_000)):
        with path.open("w") as file:
            file.write(header)
            file.writelines(
                f"{n % 900},{n % 70},{n % 9},pv,{1_511_500_000 + n},{'.' * 400}\n"
                for n in range(count)
            )

    (few, low), (many, high) = read(small), read(large)

    assert (few, many) == (150_000, 500_000)
    assert large.stat().st_size > 200 << 20
    assert high - low < 100  # MB; the file is 140 longer
