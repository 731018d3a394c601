"""The page of settings says what the code reads."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[4]


def test_the_page_lists_every_setting_and_no_other() -> None:
    source = (ROOT / "src/yutang/config/settings.py").read_text("utf-8")
    page = (ROOT / "docs/settings.md").read_text("utf-8")

    read = set(re.findall(r'(?:text|integer|boolean|secret)\(\s*"(YUTANG_\w+)"', source))

    assert set(re.findall(r"^\| `(YUTANG_\w+)`", page, re.MULTILINE)) == read
