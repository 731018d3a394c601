"""An independent client works against the sandbox as it is; only its way there is bent."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from wechatpy.enterprise import WeChatClient
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException, WeChatClientException

from yutang_sandbox.testing import KEY, TOKEN, Corp, Running

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Bend(HTTPAdapter):
    """Carries what is meant for the platform to the sandbox."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def send(self, request: PreparedRequest, **options) -> Response:
        there = urlsplit(request.url)
        request.url = f"{self.base}{there.path}?{there.query}"
        return super().send(request, **options)


@pytest.fixture
def client(sandbox: Running, corp: Corp) -> Iterator[WeChatClient]:
    made = WeChatClient(corp.id, corp.secret)
    made._http.trust_env = False
    made._http.mount("https://qyapi.weixin.qq.com/", Bend(sandbox.base))
    yield made
    made._http.close()


def test_it_reads_staff_and_customers(client: WeChatClient, sandbox: Running, corp: Corp) -> None:
    assert [one["id"] for one in client.department.get()] == [1, 2, 1000]
    assert client.user.get("lin.yue")["position"] == "店长"
    assert len(client.user.list(1000)) == 3
    followers = client.external_contact.get_follow_user_list()["follow_user"]
    customers = client.external_contact.list(followers[0])["external_userid"]
    seen = client.external_contact.get(customers[0])
    assert followers[0] in {one["userid"] for one in seen["follow_user"]}


def test_it_fetches_a_new_token_by_itself(
    client: WeChatClient, sandbox: Running, corp: Corp
) -> None:
    client.external_contact.get_follow_user_list()
    sandbox.revoke(corp, expired=True)

    assert len(client.external_contact.get_follow_user_list()["follow_user"]) == 3


def test_it_tags_codes_and_sends(client: WeChatClient, sandbox: Running, corp: Corp) -> None:
    contact = client.external_contact
    group = contact.add_corp_tag(None, "活动", 1, [{"name": "到店", "order": 1}])["tag_group"]
    someone = sandbox.person(corp)
    code = contact.add_contact_way(1, 2, user=["lin.yue"], state="w")
    sandbox.act(corp, "customer.scans", customer=someone, config_id=code["config_id"])
    contact.mark_tag("lin.yue", someone, add_tag=[group["tag"][0]["id"]])
    image = client.media.upload("image", ("a.png", PNG))
    message = {
        "external_userid": [someone],
        "sender": "lin.yue",
        "text": {"content": "周末活动"},
        "attachments": [{"msgtype": "image", "image": {"media_id": image["media_id"]}}],
    }
    sent = contact.add_msg_template(message)

    assert contact.get_contact_way(code["config_id"])["contact_way"]["state"] == "w"
    assert sent["fail_list"] == []
    assert client.get("media/get", params={"media_id": image["media_id"]}).content == PNG
    told = client.message.send_text(corp.agent, ["lin.yue", "Gone"], content="有一条群发待确认")
    assert told["invaliduser"] == "gone"
    with pytest.raises(WeChatClientException) as refused:
        contact.mark_tag("lin.yue", sandbox.person(corp), add_tag=["etX"])
    assert refused.value.errcode == 84061


def test_it_opens_what_the_sandbox_seals(sandbox: Running, corp: Corp) -> None:
    someone = sandbox.person(corp)
    sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue")
    [callback] = sandbox.take_callbacks(corp)
    query, crypto = callback["query"], WeChatCrypto(TOKEN, KEY, corp.id)
    envelope = (query["msg_signature"], query["timestamp"], query["nonce"])

    text = crypto.decrypt_message(callback["body"], *envelope)

    assert someone in text
    with pytest.raises(InvalidSignatureException):
        crypto.decrypt_message(callback["body"], "0" * 40, *envelope[1:])
