"""Templates: what they say, what they refuse, and that none of them explodes."""

import pytest

from yutang.reach.messages._templates import TemplateMistake, Unfit, compiled
from yutang.reach.messages._values import Choice, Day, Fen, Moment

HER = {
    "customer": {
        "name": "林晓",
        "gender": Choice("female", "女"),
        "birthday": Day(1990, 3, 8),
        "spent": Fen(128_050),
        "joined_at": Moment(2025, 11, 1, 9, 30),
        "likes": ["龙井", "普洱"],
        "visits": 3,
    },
    "event": {"order_no": "A7", "amount": Fen(12_800)},
}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("没有变量", "没有变量"),
        ("{{ customer.name }}，你好", "林晓，你好"),
        ("{{ customer.nickname | default: '亲' }}，你好", "亲，你好"),
        ("订单 {{event.order_no}}，{{ event.amount }} 元", "订单 A7，128 元"),
        ("累计 {{ customer.spent }} 元", "累计 1280.50 元"),
        ("{{ customer.birthday | date: '%-m月%-d日' }}", "3月8日"),
        ("{{ customer.joined_at }}", "2025-11-01 09:30"),
        ("{{ customer.gender }}{% if customer.gender == 'female' %}士{% endif %}", "女士"),
        ("{% if customer.nickname %}{{ customer.nickname }}{% else %}朋友{% endif %}", "朋友"),
        ("{% for tea in customer.likes %}{{ tea }} {% endfor %}", "龙井 普洱 "),
        ("{{ customer.likes | join: '、' }}", "龙井、普洱"),
        ("{{ customer.visits | plus: 1 }}", "4"),
        ("还差 {{ 20000 | minus: event.amount | money }} 元", "还差 72 元"),
        ("{{ customer.likes.size }} 种", "2 种"),
    ],
)
def test_a_template_says_what_is_known(source: str, said: str) -> None:
    assert compiled(source).render(HER) == said


@pytest.mark.parametrize(
    "source",
    [
        "{{ customer.nickname }}，你好",
        "{{ customer.nickname | upcase }}",
        "{% assign who = customer.nickname %}{{ who }}",
        "{{ customer.nickname | date: '%Y' }}",
    ],
)
def test_what_is_not_known_is_never_a_blank(source: str) -> None:
    with pytest.raises(Unfit) as refused:
        compiled(source).render(HER)

    assert (refused.value.reason, refused.value.name) == ("missing", "customer.nickname")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ customer.name", "没有写完"),
        ("{{ customer.name | shout }}", "没有“shout”这个过滤器"),
        ("{% include 'passwords' %}", "不能用“include”"),
        ("{% render 'card' %}", "不能用“render”"),
        ("{{ customer[event.order_no] }}", "变量名要直接写出来"),
        ("{{ customer name }}", "第 1 行读不懂"),
        ("好\n{% if %}", "第 2 行读不懂"),
        ("字" * 20_001, "最多 20000 个字符"),
    ],
)
def test_a_mistake_is_told_in_words(source: str, said: str) -> None:
    with pytest.raises(TemplateMistake) as refused:
        compiled(source)

    assert said in refused.value.said.zh


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in (1..1000000000) %}x{% endfor %}",
        "{% for i in (1..150) %}{% for j in (1..150) %}x{% endfor %}{% endfor %}",
        "{{ 'aaaaaaaaaa' | replace: 'a', 'bbbbbbbbbb'"
        + " | replace: 'b', 'bbbbbbbbbbbbbbbbbbbb'" * 12
        + " }}",
        "{% assign a = 'aaaaaaaaaaaaaaaa' %}" + "{% assign a = a | append: a %}" * 60 + "{{ a }}",
        "{{ '" + "a," * 200 + "' | split: ',' | join: '" + "x" * 2_000 + "' }}",
        "{{ customer.visits | divided_by: 0 }}",
        "{% assign a = 9 %}" + "{% assign a = a | times: a %}" * 40 + "{{ a }}",
    ],
)
def test_a_template_that_explodes_is_contained(source: str) -> None:
    with pytest.raises(Unfit) as refused:
        compiled(source).render(HER)

    assert refused.value.reason == "template"


def test_a_pattern_of_a_date_cannot_ask_for_a_wide_field() -> None:
    said = compiled("{{ customer.birthday | date: '%Y %900000000d' }}").render(HER)

    assert said == "1990 %900000000d"


def test_a_short_text_is_filled_in_without_the_template_engine() -> None:
    plain = compiled("{{ customer.name | default: '亲' }}，订单 {{ event.order_no }}")
    branching = compiled("{% if customer.name %}好{% endif %}")

    assert plain.pieces is not None
    assert branching.pieces is None
    assert plain.fallbacks == {"customer.name": "亲"}
    assert plain.names == ("customer.name", "event.order_no")
