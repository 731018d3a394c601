"""Whatever is written into the audit log is told in words by the console, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = [
    "audiences",
    "customers",
    "events",
    "journeys",
    "reach",
    "tags",
    "tracking",
    "workspaces",
]
ACTION = re.compile(rf"({'|'.join(APPS)})\.[a-z_]*[a-z]")


def actions() -> Iterator[str]:
    """Yield every action that is named where something is written into the audit log."""
    for path in sorted((ROOT / "src" / "yutang").rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and "audit" in ast.unparse(node.func):
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and ACTION.fullmatch(str(part.value)):
                        yield str(part.value)


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_every_action_of_the_audit_log_has_words(language: str) -> None:
    table = (ROOT / "console" / "src" / "i18n" / language / "audit.ts").read_text("utf-8")
    told = {
        f"{app}.{name}"
        for app, inside in re.findall(
            r"^    (\w+): \{\n(.*?)^    \},", table, re.DOTALL | re.MULTILINE
        )
        for name in re.findall(r"^      (\w+): ", inside, re.MULTILINE)
    }
    found = set(actions())

    assert len(found) > 50
    assert found - told == set()
