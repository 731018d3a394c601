"""What a builder of conditions can offer, in the reader's words and of one workspace only."""

import pytest

from yutang.tags.tests.builders import a_tag
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def test_the_words_of_a_workspace_are_its_own_and_in_the_readers_language() -> None:
    member, rival = a_member(a_workspace()), a_member(a_workspace())
    tag = a_tag(member)

    words = as_member(member).get("/audiences/vocabulary").json()
    favourite = next(each for each in words["events"] if each["name"] == "favorite")

    assert favourite["label"] == "收藏"
    assert {"name": "amount", "label": "金额", "kind": "money", "choices": []} in [
        each for event in words["events"] for each in event["properties"]
    ]
    assert [each["id"] for group in words["tag_groups"] for each in group["tags"]] == [tag.pk]
    assert as_member(rival).get("/audiences/vocabulary").json()["tag_groups"] == []


def test_a_sentence_becomes_a_condition_and_is_said_in_both_languages() -> None:
    hua = as_member(a_member(a_workspace()))

    read = hua.post("/audiences/read", {"sentence": "近30天收藏≥1次 且 城市=北京"}).json()
    said = hua.post("/audiences/say", {"condition": read["condition"]}).json()

    assert [each["kind"] for each in read["condition"]["of"]] == ["event", "attribute"]
    assert said["sentence"] == said["zh"] == read["sentence"]
    assert (
        hua.post("/audiences/read", {"sentence": said["en"]}).json()["condition"]
        == read["condition"]
    )


def test_a_sentence_that_is_none_is_refused_with_its_place() -> None:
    refused = as_member(a_member(a_workspace())).post("/audiences/read", {"sentence": "近30天收蔵"})

    assert refused.status_code == 422
    assert refused.json()["code"] == "audiences.sentence_unreadable"
    params = refused.json()["params"]
    assert (params["at"], params["word"]) == (4, "收蔵")
    assert "收藏" in params["suggested"].split("\n")
    assert "第 5 个字“收蔵”" in refused.json()["detail"]


def test_a_field_of_the_brands_own_can_be_pointed_at_and_typed() -> None:
    member, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    hua = as_member(member)
    options = [{"value": "oily", "zh": "油性", "en": "Oily"}]
    field = {"name": "skin_type", "kind": "choice", "zh": "肤质", "en": "Skin type"}
    assert hua.post("/customers/fields", field | {"options": options}).status_code == 201

    words = hua.get("/audiences/vocabulary").json()
    read = hua.post("/audiences/read", {"sentence": "肤质=油性 且 近30天收藏≥1次"}).json()
    count = hua.post("/audiences/preview", {"condition": read["condition"]})

    assert words["attributes"][-1] == {
        "name": "skin_type",
        "label": "肤质",
        "kind": "choice",
        "choices": [{"value": "oily", "label": "油性"}],
    }
    assert read["condition"]["of"][0] == {
        "kind": "attribute",
        "attribute": "skin_type",
        "op": "eq",
        "value": "oily",
    }
    assert read["sentence"] == "肤质=油性 且 近30天收藏≥1次"
    assert (count.status_code, count.json()["count"]) == (200, 0)
    assert as_member(rival).post("/audiences/read", {"sentence": "肤质=油性"}).status_code == 422
