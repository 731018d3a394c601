"""Whatever is written into the audit log is told in words by the console, in both languages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = [
    "acquisition",
    "audiences",
    "customers",
    "events",
    "guides",
    "journeys",
    "reach",
    "tags",
    "tracking",
    "wecom",
    "wecom",
    "workspaces",
]
ACTION = re.compile(rf"({'|'.join(APPS)})\.[a-z_]*[a-z]")


@cache
def actions() -> frozenset[str]:
    """Every action that is named where something is written into the audit log."""
    return frozenset(found())


def found() -> Iterator[str]:
    for path in sorted((ROOT / "src" / "yutang").rglob("*.py")):
        if "tests" in path.parts:
            continue
        code = path.read_text("utf-8")
        if "audit" not in code:
            continue
        for node in ast.walk(ast.parse(code)):
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
    assert len(actions()) > 50
    assert actions() - told == set()
