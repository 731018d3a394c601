"""A sentence as a condition.

And binds tighter than or; brackets of either width group. A sentence that cannot be read is refused
at the furthest place reached, with what was expected there and the nearest known words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from yutang.audiences.condition.from_json import DEEPEST, MOST_NODES
from yutang.audiences.condition.nodes import All, Any, Condition, Not, walk
from yutang.audiences.condition.sentence.saying import LEAVES
from yutang.audiences.condition.sentence.scanning import Scanner
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Language, Text

__all__ = ["LONGEST", "SentenceUnreadable", "read"]

LONGEST = 4_000
_ALL = {"zh": ("且", "并且", "而且", "同时", "&&", "and", "+"), "en": ("and", "&&")}
_ANY = {"zh": ("或者", "或是", "或", "||", "or"), "en": ("or", "||")}
_NOT = {"zh": ("非", "并非", "不是", "不满足", "not", "!"), "en": ("not", "!")}
_EVERYONE = {
    "zh": ("所有客户", "全部客户", "所有人", "全体客户"),
    "en": ("everyone", "all customers"),
}


class SentenceUnreadable(DomainError):
    """A sentence that is no condition; `at` is the place, counted in characters from 0, `word` what
    stands there, `suggested` the words it may have meant, one to a line.
    """

    status = 422
    zh = "{stopped}，这里应该是{expected}{near}。"
    en = "{stopped}: expected {expected}{near}."


def read(text: str, vocabulary: Vocabulary) -> Condition:
    """Return the condition a sentence states, in Chinese or in English.

    :raises SentenceUnreadable: naming the place, what was expected there, and near words
    """
    if len(text) > LONGEST:
        scanner = Scanner(text, "zh", vocabulary)
        scanner.wants(
            LONGEST,
            Text(f"结尾：一句最多 {LONGEST} 个字", f"its end: {LONGEST} characters at most"),
        )
        raise _refusal(text, scanner)
    scanners = []
    for language in _order(text):
        scanner = Scanner(text, language, vocabulary)
        for condition, end in _whole(scanner):
            if scanner.ends(end):
                return condition
            scanner.wants(end, Text("且、或", "and, or"))
        scanners.append(scanner)
    raise _refusal(text, max(scanners, key=lambda each: each.furthest))


def _order(text: str) -> tuple[Language, Language]:
    return ("zh", "en") if re.search(r"[\u3400-\u9fff]", text) else ("en", "zh")


def _whole(scanner: Scanner) -> Iterator[tuple[Condition, int]]:
    for condition, end in _any(scanner, 0, 1):
        if sum(1 for _ in walk(condition)) <= MOST_NODES:
            yield condition, end


def _any(scanner: Scanner, at: int, depth: int) -> list[tuple[Condition, int]]:
    return _remembered("any", _Chain(_ANY[scanner.language], _all), Any, scanner, at, depth)


def _all(scanner: Scanner, at: int, depth: int) -> list[tuple[Condition, int]]:
    return _remembered("all", _Chain(_ALL[scanner.language], _one), All, scanner, at, depth)


def _remembered(  # noqa: PLR0917
    name: str,
    chain: "_Chain",
    group: type[All | Any],
    scanner: Scanner,
    at: int,
    depth: int,
) -> list[tuple[Condition, int]]:
    """Return the readings from a place, one for each end; a place is read once."""
    key = (name, scanner.skip(at))
    if key not in scanner.memory:
        scanner.memory[key] = [
            (children[0] if len(children) == 1 else group(children), end)
            for children, end in chain.read(scanner, at, depth)
        ]
    found: list[tuple[Condition, int]] = scanner.memory[key]
    return found


_Inner = Callable[[Scanner, int, int], Iterable[tuple[Condition, int]]]


@dataclass(frozen=True)
class _Chain:
    """Conditions of one kind of joint, one after the other; the readings that take in most come first."""

    joints: tuple[str, ...]
    inner: _Inner

    def read(
        self, scanner: Scanner, at: int, depth: int
    ) -> list[tuple[tuple[Condition, ...], int]]:
        by_end: dict[int, tuple[Condition, ...]] = {}
        waiting: list[tuple[int, tuple[Condition, ...]]] = [
            (end, (first,)) for first, end in self.inner(scanner, at, depth)
        ]
        while waiting:
            end, so_far = min(waiting, key=lambda each: each[0])
            waiting = [each for each in waiting if each[0] != end]
            by_end[end] = so_far
            for after in {scanner.literal(end, joint) for joint in self.joints} - {None}:
                waiting += [
                    (further, (*so_far, each))
                    for each, further in self.inner(scanner, after, depth)  # type: ignore[arg-type]
                ]
        return [(by_end[end], end) for end in sorted(by_end, reverse=True)]


def _one(scanner: Scanner, at: int, depth: int) -> Iterator[tuple[Condition, int]]:
    if depth > DEEPEST:
        scanner.wants(at, Text(f"最多 {DEEPEST} 层", f"at most {DEEPEST} levels"))
        return
    yield from _bracketed(scanner, at, depth)
    for word in _EVERYONE[scanner.language]:
        if (end := scanner.literal(at, word)) is not None:
            yield All(), end
    yield from _leaves(scanner, scanner.skip(at))
    for word in _NOT[scanner.language]:
        after = scanner.literal(at, word)
        if after is not None:
            for inner, end in _one(scanner, after, depth + 1):
                yield Not(inner), end


def _leaves(scanner: Scanner, at: int) -> list[tuple[Condition, int]]:
    """Return every leaf that can be read here; remembered, as readings are tried over and over."""
    key = ("leaves", at)
    if key not in scanner.memory:
        scanner.memory[key] = list(LEAVES.read(scanner, at, {}))
    found: list[tuple[Condition, int]] = scanner.memory[key]
    return found


def _bracketed(scanner: Scanner, at: int, depth: int) -> Iterator[tuple[Condition, int]]:
    opened = scanner.literal(at, "(")
    if opened is None:
        return
    for condition, end in _any(scanner, opened, depth + 1):
        closed = scanner.literal(end, ")")
        if closed is not None:
            yield condition, closed
        else:
            scanner.wants(end, Text("）", ")"))


def _refusal(text: str, scanner: Scanner) -> SentenceUnreadable:
    place = max(scanner.furthest, 0)
    rest = text[place : place + 12]
    # What has a name (an event, a number) says more than the signs that would also fit.
    wanted = sorted(scanner.expected, key=lambda each: each.zh == each.en)[:8]
    expected = Text(
        "、".join(dict.fromkeys(each.zh for each in wanted)),
        ", ".join(dict.fromkeys(each.en for each in wanted)),
    )
    word = re.match(r"[^\s()（）且或，,；;≥≤=<>]{1,20}", text[place:])
    near = _near(word[0], list(scanner.candidates)) if word else []
    return SentenceUnreadable(
        stopped=_stopped(place + 1, rest),
        place=place + 1,
        at=place,
        rest=rest,
        word=word[0] if word else "",
        suggested="\n".join(near),
        expected=expected,
        near=Text(
            f"，是不是 {'、'.join(near)}" if near else "",
            f" — perhaps {', '.join(near)}" if near else "",
        ),
        errors=[FieldProblem(field="text", message=expected.said(), came=rest)],
    )


def _stopped(place: int, rest: str) -> Text:
    if not rest.strip(" .。"):
        return Text("话没有说完", "The sentence ends too soon")
    return Text(
        f"读到第 {place} 个字“{rest}”时看不懂", f"Character {place}, “{rest}”, cannot be read"
    )


def _near(word: str, candidates: list[str]) -> list[str]:
    """Return known words like the one written, or like its beginning."""
    found = dict.fromkeys(get_close_matches(word, candidates, n=3, cutoff=0.5))
    for length in range(len(word), 0, -1):
        found.update(dict.fromkeys(each for each in candidates if each.startswith(word[:length])))
        if found:
            break
    return list(found)[:3]
