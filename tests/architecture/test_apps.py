"""What import graphs cannot see: rows, keys, names and sizes keep to the same floors."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.apps import apps
from ninja import Schema

from yutang.kit.errors import DomainError

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "yutang"
CONFIG = ConfigParser()
CONFIG.read(ROOT / ".importlinter")
RANK = {
    app: rank
    for rank, layer in enumerate(CONFIG["importlinter:contract:down"]["layers"].splitlines())
    for app in re.findall(r"\w+", layer)
}
BANNED = {
    "utils.py",
    "helpers.py",
    "common.py",
    "managers.py",
    "signals.py",
    "serializers.py",
    "constants.py",
}
CODE = [
    path
    for folder in (SOURCE, ROOT / "src" / "yutang_sandbox", ROOT / "tests")
    for path in folder.rglob("*.py")
    if "migrations" not in path.parts
]


def test_foreign_keys_point_down_and_leave_no_reverse() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model
        for ours, theirs in [(model._meta.app_label, field.related_model._meta.app_label)]
        if ours != theirs and {ours, theirs} <= RANK.keys()
        if RANK[ours] >= RANK[theirs] or not field.remote_field.hidden
    ]

    assert wrong == []


def test_an_app_touches_only_its_own_rows() -> None:
    assert list(foreign_rows()) == []


def foreign_rows() -> Iterator[str]:
    """Yield every `Model.objects` used outside the app that owns Model."""
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE.parent).parts
        text = path.read_text("utf-8")
        if "tests" in parts or ".objects" not in text or ".models import" not in text:
            continue
        tree = ast.parse(text)
        borrowed = {
            name.asname or name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".models")
            if (node.module or "").split(".")[1] != parts[1]
            for name in node.names
        }
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr="objects") if name in borrowed:
                    yield f"{'/'.join(parts)}:{node.lineno} {name}.objects"


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_named_for_what_it_holds(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
    assert path.name not in BANNED


def test_names_on_the_wire_are_unique() -> None:
    """The API document keeps one schema per name: a second would silently replace the first."""
    import yutang.config.api  # noqa: F401  every router is imported by it

    named = Counter(
        kind.__name__
        for kind in all_subclasses(Schema)
        if kind.__module__.startswith("yutang.")
        and not kind.__name__.startswith("Refusal_")
        and "[" not in kind.__name__
        and ".tests." not in kind.__module__
    )

    assert [name for name, times in named.items() if times > 1] == []


def test_every_warehouse_statement_begins_with_its_workspace() -> None:
    """Named statements that read or change customers' rows bind the workspace.

    One that touches nothing but a temporary table of its own connection has none to name.
    """
    from yutang.engines.sqlfiles import blocks

    missing = []
    for path in SOURCE.rglob("sql/*.sql"):
        statements = blocks(path.read_text("utf-8"))
        ours = set(re.findall(r"TEMPORARY TABLE IF NOT EXISTS (\w+)", "".join(statements.values())))
        for name, sql in statements.items():
            touched = set(re.findall(r"\b(?:FROM|JOIN|UPDATE|INTO|EXISTS) (\w+)", sql))
            if "workspace" not in sql and not (touched and touched <= ours):
                missing.append(f"{path.relative_to(ROOT)}: {name}")

    assert missing == []


def all_subclasses(kind: type) -> Iterator[type]:
    for below in kind.__subclasses__():
        yield below
        yield from all_subclasses(below)


def refusals() -> list[type[DomainError]]:
    import yutang.config.api  # noqa: F401

    return sorted(
        (kind for kind in all_subclasses(DomainError) if ".tests." not in kind.__module__),
        key=lambda kind: kind.code(),
    )


def test_every_refusal_speaks_both_languages_with_the_same_blanks() -> None:
    blank = re.compile(r"\{(\w+)")
    wrong = [
        kind.code()
        for kind in refusals()
        if not re.search(r"[\u4e00-\u9fff]", kind.zh)
        or re.search(r"[\u4e00-\u9fff]", re.sub(r"“[^”]*”", "", kind.en))
        or set(blank.findall(kind.zh)) != set(blank.findall(kind.en))
    ]

    assert wrong == []


def test_every_refusal_has_a_code_of_its_own_and_says_what_to_do_without_shouting() -> None:
    shouting = re.compile(
        r"[!！]|您|成功|失败|无效|非法|请稍后再试|\b(invalid|illegal|failed|successfully)\b",
        re.IGNORECASE,
    )
    codes = Counter(kind.code() for kind in refusals())

    assert [code for code, times in codes.items() if times > 1] == []
    assert [kind.code() for kind in refusals() if shouting.search(kind.zh + kind.en)] == []
