"""What comes to `/wecom/…` is the platform's, but for what lies behind it: people's way in."""

from collections.abc import Iterable
from typing import Any

import pytest

from yutang.wecom.api.door import callbacks_first


def the_framework(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return [b"the framework"]


@pytest.mark.parametrize(
    "path",
    ["/", "/wecom", "/api/v1/wecom/corps", "/wecom/oauth/7588efca", "/wecom/oauth/7588/back"],
)
def test_what_is_no_callback_is_left_to_the_framework(path: str) -> None:
    answer = callbacks_first(the_framework)({"PATH_INFO": path, "REQUEST_METHOD": "GET"}, None)

    assert list(answer) == [b"the framework"]


def test_a_callback_never_gets_to_the_framework() -> None:
    heard: list[str] = []
    environ = {"PATH_INFO": "/wecom/7588efca", "REQUEST_METHOD": "DELETE"}

    answer = callbacks_first(the_framework)(environ, lambda status, _: heard.append(status))

    assert list(answer) == [b""]
    assert heard == ["405 Method Not Allowed"]
