"""Whole columns say what single events would: the same ids, the same JSON."""

import json
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from yutang.events import service as events
from yutang.tracking.imports.tests.builders import a_file


def test_a_derived_id_is_the_one_the_kit_would_make_wherever_the_row_stands(tmp_path: Path) -> None:
    from hashlib import blake2b

    from yutang.kit.ids import time_ordered_id_from
    from yutang.tracking.imports.ids import Derived
    from yutang.tracking.imports.readers import open_source

    block = next(iter(open_source(a_file(tmp_path, "a,b\nx,\ny,2\nx,\n")).blocks()))
    instants = pl.Series([1_760_000_000_123, 1, 1_760_000_000_123])

    derived = Derived(block, instants, "shop", read=7 << 32 | 9, are_distinct=True)

    x, y = (
        blake2b(said.encode(), digest_size=10, key=b"shop").digest() for said in ("x\x1f", "y\x1f2")
    )
    numbered = [blake2b(n.to_bytes(8), digest_size=10, key=x).digest() for n in (1, 2)]
    expected = [(1_760_000_000_123, x), (1, y), (1_760_000_000_123, numbered[0])]
    assert derived.ids.to_list() == [str(time_ordered_id_from(*each)) for each in expected]
    assert derived.digest(3) == 7 << 32 | 3
    assert derived.further(pl.Series([0])).to_list() == [
        str(time_ordered_id_from(1_760_000_000_123, numbered[1]))
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
            st.none() | st.floats(-1e12, 1e12, allow_nan=False),
            st.lists(
                st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5),
                max_size=3,
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_columns_are_written_as_json_reads_them(rows: list[tuple]) -> None:
    texts = pl.Series([text or None for text, _, _ in rows], dtype=pl.String)
    numbers = pl.Series([number for _, number, _ in rows], dtype=pl.Float64)
    lists = pl.Series([items for _, _, items in rows], dtype=pl.List(pl.String))

    column = events.properties_column(len(rows), {"t": texts}, {"n": numbers}, {"l": lists})

    assert [json.loads(f"{{{each[1:]}}}") for each in column] == [
        {
            "texts": {"t": text} if text else {},
            "numbers": {} if number is None else {"n": number},
            "lists": {"l": items} if items else {},
        }
        for text, number, items in rows
    ]
