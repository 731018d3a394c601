"""Phrases: everybody's or one's own, filled in for the person in front, never with a blank."""

import pytest

from yutang.guides import service as guides
from yutang.guides.tests.builders import a_guide, a_member, a_workspace, looked_after
from yutang.kit import clock
from yutang.reach import service as reach
from yutang.wecom.models import Corp, CorpState
from yutang.wecom.tests.builders import a_corp, a_platform
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member

pytestmark = pytest.mark.usefixtures("db", "open_warehouse")


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


def a_group(member: Member, *, is_shared: bool, name: str = "开场") -> int:
    body = {"name": name, "is_shared": is_shared}
    response = as_member(member).post("/guides/phrase-groups", body)
    assert response.status_code == 201, response.content
    return response.json()["id"]


def write(member: Member, group: int, text: str, title: str = "问好") -> object:
    body = {"group_id": group, "title": title, "text": text}
    return as_member(member).post("/guides/phrases", body)


def test_a_phrase_reads_as_it_will_for_this_customer(owner: Member) -> None:
    guide = a_guide(owner.workspace)
    group = a_group(owner, is_shared=True)
    write(owner, group, "{{ customer.name }}好，我是{{ staff.name }}")
    write(owner, group, "生日是 {{ customer.birthday }} 吧", title="生日")
    hers = looked_after(owner, guide, name="小明")

    items = as_member(guide).get(f"/guides/people/{hers}/phrases").json()["items"]

    assert [(each["title"], each["text"], each["missing"]) for each in items] == [
        ("生日", "", "没有生日，这条用不了"),
        ("问好", "小明好，我是小林", ""),
    ]


def test_the_library_finds_by_pinyin_kind_and_label_and_says_who_may_write(owner: Member) -> None:
    shared, other = (a_group(owner, is_shared=True, name=name) for name in ("开场", "上新"))
    asker, guide = as_member(owner), as_member(a_guide(owner.workspace))
    card = {"kind": "link", "url": "https://tea.example/new", "labels": ["夏季", "夏季", "新品"]}
    link = {"group_id": shared, "title": "新茶上市", "text": "新茶到了", **card}
    made = asker.post("/guides/phrases", link).json()
    write(owner, shared, "在吗", title="问好")

    def titles(**query: object) -> list[str]:
        return [each["title"] for each in asker.get("/guides/phrases", query).json()["items"]]

    assert titles(q="xcss") == titles(q="xincha") == titles(q="夏季") == ["新茶上市"]
    assert titles(kind=["text", "image"]) == ["问好"]
    assert titles(label="新品") == titles(kind="link") == ["新茶上市"]
    labels = [("夏季", 1), ("新品", 1)]
    counted = asker.get("/guides/phrase-labels").json()
    assert [(each["label"], each["count"]) for each in counted] == labels

    assert asker.post(f"/guides/phrases/{made['id']}/taken").status_code == 204
    body = {**link, "group_id": other}
    assert asker.put(f"/guides/phrases/{made['id']}", body).status_code == 200
    (seen,) = guide.get("/guides/phrases", {"group_id": other}).json()["items"]
    assert (seen["group_name"], seen["taken"], seen["may_write"]) == ("上新", 1, False)
    (own,) = asker.get("/guides/phrases", {"group_id": other}).json()["items"]
    assert own["may_write"]
    rival = as_member(a_member(a_workspace("Coffee House")))
    assert rival.post(f"/guides/phrases/{made['id']}/taken").status_code == 404


def test_what_is_used_most_comes_first_and_a_word_finds_it(owner: Member) -> None:
    group = a_group(owner, is_shared=True)
    first, _ = (
        write(owner, group, text, title=text).json()["id"] for text in ("龙井到了", "碧螺春")
    )
    asker = as_member(owner)

    assert asker.post(f"/guides/phrases/{first}/sent").status_code == 204

    titles = [each["title"] for each in asker.get("/guides/phrases").json()["items"]]
    assert titles == ["龙井到了", "碧螺春"]
    found = asker.get("/guides/phrases", {"q": "碧螺"}).json()["items"]
    assert [each["title"] for each in found] == ["碧螺春"]


def test_ones_own_phrases_are_nobody_elses(owner: Member) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    group = a_group(lin, is_shared=False)
    phrase = write(lin, group, "在吗").json()["id"]

    assert as_member(zhou).get("/guides/phrase-groups").json()["items"] == []
    assert as_member(zhou).get("/guides/phrases").json()["items"] == []
    assert as_member(zhou).delete(f"/guides/phrases/{phrase}").status_code == 404
    assert as_member(owner).delete(f"/guides/phrase-groups/{group}").status_code == 404
    assert as_member(lin).delete(f"/guides/phrases/{phrase}").status_code == 204


def test_a_guide_writes_no_phrase_for_everybody(owner: Member) -> None:
    guide = a_guide(owner.workspace)
    group = a_group(owner, is_shared=True)

    refused = as_member(guide).post("/guides/phrase-groups", {"name": "x", "is_shared": True})

    assert refused.status_code == 403
    assert write(guide, group, "在吗").status_code == 403


def test_a_variable_that_does_not_exist_is_refused_where_it_stands(owner: Member) -> None:
    refused = write(owner, a_group(owner, is_shared=True), "{{ customer.nome }}好").json()

    assert (refused["code"], refused["errors"][0]["field"]) == ("reach.message_not_sound", "text")


def test_a_blocked_word_is_in_no_phrase(owner: Member) -> None:
    group = a_group(owner, is_shared=True)
    asker = as_member(owner)
    assert asker.post("/guides/words", {"word": "最低价", "rule": "block"}).status_code == 201

    refused = write(owner, group, "全网最低价").json()

    assert refused["detail"] == "里面有不能说的词：最低价。请换个说法。"
    assert asker.get("/guides/phrases").json()["items"] == []


def test_a_file_is_handed_to_wecom_once_and_sent_by_its_id(owner: Member) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"tea" * 20 + b"IEND\xaeB`\x82"
    material = reach.add_material(owner, "封面.png", picture, kind="image", now=clock.now())
    group = guides.create_phrase_group(owner, name="素材", is_shared=True, now=clock.now())
    fields = {"kind": "image", "title": "封面", "text": "", "url": reach.material_url(material)}
    phrase = guides.create_phrase(owner, group.pk, fields, now=clock.now())
    with a_platform(media__upload={"errcode": 0, "media_id": "MEDIA1"}) as platform:
        corp = a_corp(owner, platform=platform)
        Corp.objects.filter(pk=corp.pk).update(state=CorpState.ACTIVE)

        ids = [guides.media_of_phrase(owner, phrase.pk, now=clock.now()) for _ in range(2)]

        assert (ids, platform.count("media/upload")) == (["MEDIA1", "MEDIA1"], 1)
    with pytest.raises(reach.MessageNotSound):
        guides.create_phrase(owner, group.pk, fields | {"url": ""}, now=clock.now())
