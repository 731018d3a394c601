"""How tests of tags are worded: “有任一标签A、B”."""

from typing import Any

from yutang.audiences.condition.nodes import (
    EVER,
    TagGroupTest,
    TagTest,
)
from yutang.audiences.condition.sentence.forms import Form, Found, Slot
from yutang.audiences.condition.sentence.slots import Listed, Names
from yutang.audiences.condition.sentence.windows import WINDOW
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text

__all__ = ["TAG_FORMS", "named"]


def named(table: str, what: Text) -> Listed:
    def names(words: Vocabulary, found: Found) -> dict[int, Text]:
        return {each: Text(name, name) for each, name in getattr(words, table).items()}

    return Listed(Names(names, what))


def _tag_names(words: Vocabulary, found: Found) -> dict[int, Text]:
    return {each: Text(tag.name, tag.name) for each, tag in words.tags.items()}


_TAGS = Listed(Names(_tag_names, Text("标签", "a tag")))


class _Grouped:
    """Tags, put together by their groups when they are read."""

    def say(self, value: Any, voice: Any, found: Found) -> str:
        return _TAGS.say([tag for group in value for tag in group], voice, found)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for tags, end in _TAGS.read(scanner, at, found):
            groups: dict[int, list[int]] = {}
            for tag in tags:
                groups.setdefault(scanner.words.tags[tag].group, []).append(tag)
            yield tuple(tuple(each) for each in groups.values()), end


def _tag_form(quantifier: str, zh: tuple[str, ...], en: tuple[str, ...], *, moving: bool) -> Form:
    by_group = quantifier == "by_group"

    def take(node: Any) -> Found | None:
        if not isinstance(node, TagTest) or node.quantifier != quantifier:
            return None
        if (node.tagged != EVER) != moving:
            return None
        return {"tags": node.groups if by_group else node.tags, "window": node.tagged}

    def build(found: Found) -> TagTest:
        groups = found["tags"] if by_group else (found["tags"],)
        return TagTest(quantifier, groups, found.get("window", EVER))  # type: ignore[arg-type]

    slots: dict[str, Slot] = {"tags": _Grouped() if by_group else _TAGS, "window": WINDOW}
    return Form(zh, en, slots, take, build)


class _TagGroups:
    """Tag groups, with the tags that stand in them."""

    named = named("tag_groups", Text("标签组", "a tag group"))

    def say(self, value: Any, voice: Any, found: Found) -> str:
        return self.named.say(value[0], voice, found)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for groups, end in self.named.read(scanner, at, found):
            tags = (tag for tag, each in scanner.words.tags.items() if each.group in groups)
            yield (groups, tuple(sorted(tags))), end


def _tag_group(has: bool, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh,
        en,
        {"groups": _TagGroups()},
        take=lambda node: (
            {"groups": (node.groups, node.tags)}
            if isinstance(node, TagGroupTest) and node.has == has
            else None
        ),
        build=lambda found: TagGroupTest(has, *found["groups"]),
    )


TAG_FORMS = (
    _tag_group(True, ("有标签组{groups}的标签",), ("has a tag of group {groups}",)),
    _tag_group(False, ("没有标签组{groups}的标签",), ("has no tag of group {groups}",)),
    _tag_form(
        "by_group", ("各组都有标签{tags}",), ("has in every group a tag of {tags}",), moving=False
    ),
    _tag_form(
        "by_group",
        ("{window}各组都打上标签{tags}",),
        ("was given {window} in every group a tag of {tags}",),
        moving=True,
    ),
    _tag_form(
        "all",
        ("有全部标签{tags}", "[同时有标签|有所有标签]{tags}"),
        ("has all tags {tags}",),
        moving=False,
    ),
    _tag_form(
        "none",
        ("没有标签{tags}", "[无标签|不带标签|没有任一标签]{tags}"),
        ("has no tag {tags}", "has none of the tags {tags}"),
        moving=False,
    ),
    _tag_form(
        "any",
        ("有任一标签{tags}", "[有|带|含|][标签][是|为|=|:|]{tags}"),
        ("has any tag {tags}", "has [the|] tag {tags}"),
        moving=False,
    ),
    _tag_form(
        "all", ("{window}打上全部标签{tags}",), ("was given {window} all tags {tags}",), moving=True
    ),
    _tag_form(
        "none", ("{window}没有打上标签{tags}",), ("was given {window} no tag {tags}",), moving=True
    ),
    _tag_form(
        "any",
        ("{window}打上任一标签{tags}", "{window}[打上|被打上|打了]标签{tags}"),
        ("was given {window} any tag {tags}",),
        moving=True,
    ),
)
