"""Readers take files as people have them: encodings, delimiters, quotes, merged headers, broken lines."""

import gzip
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yutang.kit.i18n import Text
from yutang.tracking.imports.readers import (
    EmptyFile,
    FileFormat,
    FileUnreadable,
    open_source,
    sheets,
)
from yutang.tracking.imports.readers import text as reading
from yutang.tracking.imports.readers.text import TextSource
from yutang.tracking.imports.tests.builders import a_file, gzipped

NEW_YEAR = datetime(2026, 1, 1)  # noqa: DTZ001 - a file has no zones


def rows(path: Path, form: FileFormat | None = None, **options: int) -> list[tuple]:
    return [
        row for block in open_source(path, form).blocks(**options) for row in block.frame.rows()
    ]


def bad(path: Path, form: FileFormat | None = None) -> list[tuple[int, Text]]:
    blocks = open_source(path, form).blocks()
    return [(each.line, each.reason) for block in blocks for each in block.bad]


CHINESE = "姓名,城市\n张三,北京\n李四,上海\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_chinese_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    source = open_source(a_file(tmp_path, CHINESE.encode(encoding)))

    assert source.columns == ["姓名", "城市"]
    assert next(iter(source.blocks())).frame.rows() == [("张三", "北京"), ("李四", "上海")]


def test_rare_hanzi_and_emoji_survive_gb18030(tmp_path: Path) -> None:
    text = "name,note\n𠮷野家,🍵\n䶮,ok\n"

    assert rows(a_file(tmp_path, text.encode("gb18030"))) == [("𠮷野家", "🍵"), ("䶮", "ok")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = f'a{delimiter}b\n1{delimiter}"x{delimiter}y"\n2{delimiter}z\n'

    assert rows(a_file(tmp_path, text)) == [("1", f"x{delimiter}y"), ("2", "z")]


def test_white_space_may_part_columns(tmp_path: Path) -> None:
    text = " id  date  paid\r\n 00001 19970101  1.50\r\n 00002 19970112  2.00\r\n"

    assert rows(a_file(tmp_path, text)) == [
        ("00001", "19970101", "1.50"),
        ("00002", "19970112", "2.00"),
    ]


def test_quoted_cells_may_hold_lines_and_the_numbers_stay_those_of_the_file(tmp_path: Path) -> None:
    path = a_file(tmp_path, 'a,b\n"two\nlines",1\n\nx,"say ""hi"""\n')

    block = next(iter(open_source(path).blocks()))

    assert block.frame.rows() == [("two\nlines", "1"), ("x", 'say "hi"')]
    assert block.lines.to_list() == [2, 5]


def test_a_gzipped_file_is_read_as_it_is(tmp_path: Path) -> None:
    assert rows(gzipped(tmp_path, CHINESE)) == [("张三", "北京"), ("李四", "上海")]


def test_a_cut_off_gzip_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    text = "a,b\n" + "".join(f"{n},{n * 7919 % 104729}\n" for n in range(200_000))
    packed = gzip.compress(text.encode())
    path = a_file(tmp_path, packed[: len(packed) // 2], "cut.csv.gz")

    assert len(rows(path)) > 50_000
    assert bad(path)[-1][1].zh == "压缩包在中途断了"


def test_a_line_of_another_width_is_bad_and_the_others_are_good(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a,b\n1,2\n3\n4,5,6\n7,8,\n")

    assert rows(path) == [("1", "2"), ("7", "8")]
    assert bad(path) == [
        (3, Text("这一行有 1 列，表头有 2 列", "The line has 1 columns, the header has 2")),
        (4, Text("这一行有 3 列，表头有 2 列", "The line has 3 columns, the header has 2")),
    ]


def test_a_quote_that_is_never_closed_costs_one_line_only(tmp_path: Path) -> None:
    path = a_file(tmp_path, 'a,b\n1,2\n3,"oops\n5,6\n7,"x"\n8,9\n')

    assert rows(path) == [("1", "2"), ("5", "6"), ("7", "x"), ("8", "9")]
    assert [line for line, _ in bad(path)] == [3]


def test_bytes_outside_the_encoding_cost_their_line_only(tmp_path: Path) -> None:
    path = a_file(
        tmp_path, "姓名,城市\n张三,北京\n".encode() + b"\xff\xfe,x\n" + "王五,广州\n".encode()
    )

    assert rows(path) == [("张三", "北京"), ("王五", "广州")]
    assert [line for line, _ in bad(path)] == [3]


def test_a_file_without_a_header_gets_numbered_columns(tmp_path: Path) -> None:
    source = open_source(a_file(tmp_path, "1,2018-01-01\n2,2018-01-02\n"))

    assert (source.columns, source.form.header_row) == (["column_1", "column_2"], 0)


def test_reading_goes_on_after_the_rows_already_dealt_with(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a,b\n1,1\nbad\n2,2\n3,3\n")

    assert rows(path, skip=2) == [("2", "2"), ("3", "3")]


def test_blocks_are_bounded(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a\n" + "\n".join(f"x{n}" for n in range(1050)))

    heights = [block.frame.height for block in open_source(path).blocks(rows=500)]

    assert heights == [500, 500, 50]


def test_json_lines_flatten_and_a_line_that_is_none_is_bad(tmp_path: Path) -> None:
    text = '{"id":1,"who":{"phone":"138"},"tags":["a","b"]}\n[1]\n{"id":13800138000,"x":true}\n'
    path = a_file(tmp_path, text, "rows.jsonl")

    assert open_source(path).columns == ["id", "who.phone", "tags", "x"]
    assert rows(path) == [("1", "138", '["a","b"]', ""), ("13800138000", "", "", "true")]
    assert [line for line, _ in bad(path)] == [2]


def test_parquet_keeps_types_and_resumes_within_a_row_group(tmp_path: Path) -> None:
    frame = pl.DataFrame({"n": range(10), "at": [NEW_YEAR] * 10, "who": [{"a": 1}] * 10})
    path = tmp_path / "rows.parquet"
    frame.write_parquet(path, row_group_size=4)

    found = rows(path, skip=6)

    assert [row[0] for row in found] == [6, 7, 8, 9]
    assert found[0][1:] == (NEW_YEAR, '{"a":1}')
    assert next(iter(open_source(path).blocks(skip=6))).lines.to_list() == [7, 8, 9, 10]


def a_workbook(folder: Path, *, merged: bool) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "客户"
    if merged:
        sheet.append(["会员资料", None, None])
        sheet.merge_cells("A1:C1")
    sheet.append(["手机", "入会日期", "消费"])
    sheet.append([13800138000, date(2026, 1, 2), 12.5])
    sheet.append([None, None, None])
    sheet.append(["13800138001", NEW_YEAR + timedelta(days=2, hours=4, minutes=5), 3])
    book.create_sheet("别的").append(["x"])
    path = folder / "book.xlsx"
    book.save(path)
    return path


@pytest.fixture(params=["at once", "streamed"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read workbooks both as small and as large ones are read."""
    if request.param == "streamed":
        monkeypatch.setattr(sheets, "_READ_AT_ONCE", 0)


@pytest.mark.usefixtures("either_way")
def test_excel_cells_are_what_the_eye_sees(tmp_path: Path) -> None:
    source = open_source(a_workbook(tmp_path, merged=False))

    assert (source.columns, source.sheets) == (["手机", "入会日期", "消费"], ["客户", "别的"])
    block = next(iter(source.blocks()))
    assert block.frame.rows() == [
        ("13800138000", "2026-01-02", "12.5"),
        ("13800138001", "2026-01-03 04:05:00", "3"),
    ]
    assert block.lines.to_list() == [2, 4]


@pytest.mark.usefixtures("either_way")
def test_a_merged_header_is_noticed_and_the_right_row_offered(tmp_path: Path) -> None:
    source = open_source(a_workbook(tmp_path, merged=True))

    assert source.columns == ["手机", "入会日期", "消费"]
    (doubt,) = source.doubts
    assert doubt.header_row == 2
    assert doubt.reason == Text(
        "第 1 行不像表头（A1:C1 是合并单元格），表头应是第 2 行",
        "Row 1 does not look like a header (A1:C1 is merged); row 2 does",
    )


@pytest.mark.usefixtures("either_way")
def test_another_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, merged=False)

    assert open_source(path, FileFormat(sheet="别的")).columns == ["x"]
    with pytest.raises(FileUnreadable, match="没有叫“没有”的工作表，有：客户、别的"):
        open_source(path, FileFormat(sheet="没有"))


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 3)),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
        lambda at: at.replace(microsecond=0)
    ),
    st.sampled_from(["#N/A", "茶", " x ", "🍵𠮷", "1", "=1+1", ""]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_a_workbook_says_the_same_read_at_once_and_streamed(cells: list[list[object]]) -> None:
    from openpyxl import Workbook

    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as changed:
        book = Workbook()
        book.active.append(["a", "b", "c", "d", "e"])
        for row in cells:
            book.active.append(row)
        path = Path(folder) / "as uploads lie"
        book.save(path)

        def read() -> list[tuple[list[str], list[int], list[tuple]]]:
            source = open_source(path, FileFormat(header_row=1))
            return [
                (source.columns, each.lines.to_list(), each.frame.rows())
                for each in source.blocks(rows=3)
            ]

        at_once = read()
        changed.setattr(sheets, "_READ_AT_ONCE", 0)

        assert read() == at_once


def test_a_large_sheet_is_read_block_by_block_and_not_held_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import Workbook
    from openpyxl.worksheet._reader import WorkSheetParser

    book = Workbook(write_only=True)
    sheet = book.create_sheet("客户")
    sheet.append(["手机", "序号"])
    for number in range(3000):
        sheet.append([f"1380000{number:04d}", number])
    book.save(tmp_path / "long.xlsx")
    monkeypatch.setattr(sheets, "_READ_AT_ONCE", 0)
    parsed: list[int] = []
    parse = WorkSheetParser.parse_row
    monkeypatch.setattr(
        WorkSheetParser, "parse_row", lambda self, row: parsed.append(1) or parse(self, row)
    )

    source = open_source(tmp_path / "long.xlsx")
    parsed.clear()
    blocks = source.blocks(skip=500, rows=1000)

    assert next(blocks).frame.row(0) == ("13800000500", "500")
    assert len(parsed) < 1600
    assert [each.frame.height for each in blocks] == [1000, 500]


def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_workbook(tmp_path, merged=False)
    monkeypatch.setattr(sheets, "_READ_AT_ONCE", 0)
    monkeypatch.setattr(sheets, "_MOST_UNPACKED", 1 << 20)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + b" " * (2 << 20) + b"</sst>")

    with pytest.raises(FileUnreadable, match="解开后超过 1 MB，请另存为 CSV"):
        open_source(path)


@pytest.mark.usefixtures("either_way")
def test_a_sheet_cut_off_in_the_middle_says_so(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, merged=False)
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.index(b'<row r="4"') + 20]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    with pytest.raises(FileUnreadable, match="不是完整的 Excel 文件"):
        list(open_source(path, FileFormat(header_row=1)).blocks())


@pytest.mark.parametrize("content", [b"", b"\n\n  \n"])
def test_an_empty_file_says_so(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EmptyFile):
        open_source(a_file(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "它不是文本，也不是表格"),
        (b"PK\x03\x04 no workbook", "它不是完整的 Excel 文件，或者加了密码"),
        (b"PAR1 no parquet", "它不是完整的 Parquet 文件"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(FileUnreadable, match=reason):
        open_source(a_file(tmp_path, content))


LINES = ["1,2", "3,4", '"two', 'lines",d', '"a,b",c', "5", "6,7,", "", 'y"z,"q']


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12), st.integers(1, 7), st.integers(0, 9))
def test_thousands_at_once_are_what_one_at_a_time_would_be(
    tmp_path_factory, lines: list[str], rows_at_once: int, skip: int
) -> None:
    path = a_file(tmp_path_factory.mktemp("any"), "\n".join(["a,b", "0,0", *lines]) + "\n")
    source = open_source(path, FileFormat(kind="csv", delimiter=",", header_row=1))

    def read(**options: int) -> tuple[list, list, int]:
        blocks = list(source.blocks(**options))
        good = [
            row for block in blocks for row in zip(block.lines, block.frame.rows(), strict=True)
        ]
        bad = sorted((each.line, each.content) for block in blocks for each in block.bad)
        return good, bad, blocks[-1].rows_read if blocks else 0

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TextSource, "_plain", lambda *_: None)
        good, bad, count = read()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "_MOST_ODD", 1.0)
        at_once = read(rows=rows_at_once, skip=skip)

    numbers = sorted([line for line, _ in good] + [line for line, _ in bad])
    rest = set(numbers[skip:])
    assert at_once[0] == [each for each in good if each[0] in rest]
    assert at_once[1] == [each for each in bad if each[0] in rest]
    assert at_once[2] == (count if skip < count else 0)
