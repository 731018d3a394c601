"""Reading the identities somebody is named by: ten spellings of a telephone become one.

    read_claims({"phone": "138 0013 8000", "openid:wxapp1": "oX1"}, kinds)

An empty value is left out; anything else that is not as expected is a FieldProblem.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import phonenumbers

from yutang.customers._kinds import Kinds
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text

__all__ = ["Claim", "ClaimNotRead", "read_claim", "read_claims", "unread"]


class Claim(NamedTuple):
    """One identity in normal form. `order` sorts the strongest, then the highest priority, first."""

    order: int
    key: tuple[str, str]  # name and value
    strong: bool
    single: bool

    @property
    def name(self) -> str:
        return self.key[0]


class ClaimNotRead(ValueError):
    """A value is not of its kind; carries what was expected instead."""

    def __init__(self, expected: Text) -> None:
        super().__init__(expected.en)
        self.expected = expected


_KEPT: Final = 200_000  # claims remembered for each workspace: some 60 MB at the very most
_LONGEST: Final = 200
_MOST_NAMES: Final = 1000  # of kinds with their sources, remembered for each workspace
_WIDE: Final = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_CHINESE_MOBILE: Final = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_BETWEEN_DIGITS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212().·（）]+")
_EMAIL: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_SOURCE: Final = re.compile(r"[^\s:]{1,58}")

_NOT_A_PHONE = Text(
    "应为手机号或带区号的电话，如 138 0013 8000、+1 415 555 2671",
    "expected a phone number, such as 138 0013 8000 or +1 415 555 2671",
)
_NOT_AN_EMAIL = Text(
    "应为邮箱地址，如 an@example.com", "expected an address such as an@example.com"
)
_TOO_LONG = Text(f"最多 {_LONGEST} 个字符", f"expected at most {_LONGEST} characters")
_UNPRINTABLE = Text(
    "含有 NUL 等控制字符，请去掉", "contains a control character such as NUL; leave it out"
)
_NOT_TEXT = Text("应为文本", "expected text")
_NOBODY = Text(
    "没有任何身份，请至少给一个，如 phone、unionid",
    "no identity at all; give at least one, such as phone or unionid",
)
_NO_KIND = Text(
    "没有这种身份。可用：{known}；也可以先新增自定义身份类型",
    "no such kind of identity. Known: {known}; a kind of your own can be added first",
)
_BAD_SOURCE = Text(
    "冒号后应为来源，如 openid:wxapp1，不含空格和冒号",
    "expected a source after the colon, such as openid:wxapp1, without spaces or colons",
)


def read_claims(person: Mapping[str, object], kinds: Kinds) -> list[Claim] | FieldProblem:
    """Return who this is in normal form, strongest first; or the first thing that cannot be read."""
    known = kinds.claims
    claims: list[Claim] = []
    for name, raw in person.items():
        claim = known.get((name, raw)) if type(raw) is str else None
        if claim is None:
            if raw is None or raw == "":
                continue
            read = read_claim(name, raw, kinds)
            if isinstance(read, FieldProblem):
                return read
            claim = read
            if not claim.key[1]:
                continue
            if len(known) >= _KEPT:
                known.clear()
            if type(raw) is str:
                known[(name, raw)] = claim
        claims.append(claim)  # type: ignore[arg-type]
    if not claims:
        return FieldProblem(field="customer", message=_NOBODY.said(), came=None)
    if len(claims) > 1:
        claims.sort()
    return claims


def read_claim(name: str, raw: object, kinds: Kinds) -> Claim | FieldProblem:
    """Return one identity in normal form; its value is empty where nothing was given."""
    named = kinds.named.get(name)
    if named is None:
        named = _named(name, raw, kinds)
        if isinstance(named, FieldProblem):
            return named
        if len(kinds.named) < _MOST_NAMES:
            kinds.named[name] = named
    order, strong, single, spelling = named
    try:
        return Claim(order, (name, _normal(spelling, raw)), strong, single)
    except ClaimNotRead as problem:
        return unread(name, raw, problem.expected)


def _named(
    name: str, raw: object, kinds: Kinds
) -> "tuple[int, bool, bool, _Spelling | None] | FieldProblem":
    """Return what is the same of all claims by this name: order, strong, single, how a value is spelt."""
    kind = kinds.of(name)
    if kind is None:
        known = ", ".join(kinds.by_name)
        said = Text(_NO_KIND.zh.format(known=known), _NO_KIND.en.format(known=known))
        return unread(name, raw, said)
    _, colon, source = name.partition(":")
    if colon and not (_SOURCE.fullmatch(source) and source.isprintable()):
        return unread(name, raw, _BAD_SOURCE)
    order = (0 if kind.strong else 1_000_000) - kind.priority
    return order, kind.strong, kind.single, _BY_KIND.get(kind.name)


def unread(name: str, raw: object, expected: Text) -> FieldProblem:
    """Return what to tell whoever sent this: where, what came, what was expected."""
    came = str(raw)[:100].replace("\0", "\\0")
    return FieldProblem(field=f"customer.{name}", message=expected.said(), came=came)


def _normal(spelling: "_Spelling | None", raw: object) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        raise ClaimNotRead(_NOT_TEXT)
    text = (raw if raw.isascii() else raw.translate(_WIDE)).strip()
    if not text.isprintable():
        text = _without_invisible(text)
    if len(text) > _LONGEST:
        raise ClaimNotRead(_TOO_LONG)
    return spelling(text) if spelling and text else text


def _without_invisible(text: str) -> str:
    """Drop what spreadsheets leave behind unseen (zero-width and direction marks); refuse controls."""
    kept = "".join(each for each in text if unicodedata.category(each) != "Cf")
    if any(unicodedata.category(each) in {"Cc", "Cs"} for each in kept):
        raise ClaimNotRead(_UNPRINTABLE)
    return kept.strip()


def _phone(text: str) -> str:
    # A spreadsheet that took the number for an amount leaves a “.0” behind.
    digits = _BETWEEN_DIGITS.sub("", text.removesuffix(".0"))
    mobile = _CHINESE_MOBILE.fullmatch(digits)
    if mobile:
        return f"+86{mobile[1]}"
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        raise ClaimNotRead(_NOT_A_PHONE) from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise ClaimNotRead(_NOT_A_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ClaimNotRead(_NOT_AN_EMAIL)
    return text.lower()


_Spelling = Callable[[str], str]
_BY_KIND: Mapping[str, _Spelling] = {"phone": _phone, "email": _email}
