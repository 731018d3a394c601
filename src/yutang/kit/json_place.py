"""Where a text stops being JSON, said to whoever sent it.

    broken_at(b'{"a": }')       # line 1, character 7

The fast readers say it in English and by the byte; this reads once more, only what was refused.
"""

import json
from typing import NoReturn

from yutang.kit.i18n import Text

__all__ = ["broken_at"]

_THERE = Text(
    "第 {line} 行第 {column} 个字符处读不下去",
    "it makes no sense in line {line} at character {column}",
)
_NOT_UTF8 = Text("第 {place} 个字节不是 UTF-8", "byte {place} is not UTF-8")
_TOO_DEEP = Text("嵌套太深", "it is nested too deeply")
_CONSTANT = Text("JSON 里没有 {came} 这个值", "JSON has no value {came}")
_OTHERWISE = Text("有 JSON 不允许的内容", "it holds what JSON does not allow")


class _NoSuchValue(ValueError):
    pass


def broken_at(body: bytes) -> Text:
    """Return what is wrong with a body that was not read as JSON."""
    try:
        json.loads(body.decode(), parse_constant=_refuse)
    except UnicodeDecodeError as reason:
        return _filled(_NOT_UTF8, place=reason.start + 1)
    except json.JSONDecodeError as reason:
        return _filled(_THERE, line=reason.lineno, column=reason.colno)
    except _NoSuchValue as reason:
        return _filled(_CONSTANT, came=reason)
    except RecursionError:
        return _TOO_DEEP
    except ValueError:
        return _OTHERWISE
    return _OTHERWISE


def _refuse(constant: str) -> NoReturn:
    raise _NoSuchValue(constant)


def _filled(said: Text, **blanks: object) -> Text:
    return Text(said.zh.format_map(blanks), said.en.format_map(blanks))
