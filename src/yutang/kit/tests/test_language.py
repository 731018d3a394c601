"""The reader's language is the first of ours that her browser asks for."""

import pytest

from yutang.kit.i18n import Text, language, preferred, speaking


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9", "en"),
        ("fr-FR, en;q=0.3", "en"),
        ("en;q=0.4, zh-CN", "zh"),
        ("", "zh"),
        ("*", "zh"),
        ("en;q=nonsense, zh;q=0.1", "zh"),
    ],
)
def test_the_header_decides_and_chinese_is_first(header: str, expected: str) -> None:
    assert preferred(header) == expected


def test_a_text_is_said_in_the_language_of_the_moment() -> None:
    favourite = Text("收藏", "Favourite")

    with speaking("en"):
        assert favourite.said() == "Favourite"
    assert (language(), favourite.said()) == ("zh", "收藏")
