"""Text messages: signatures as the providers publish them, what their codes mean, what comes back."""

import hashlib
import json
from datetime import UTC, datetime
from urllib.parse import parse_qsl
from uuid import UUID

import pytest

from yutang.reach.channels import sms_aliyun, sms_tencent
from yutang.reach.channels._sms import is_opt_out, without_numbers
from yutang.reach.channels.interface import Answer, Asked, Receipt, ReceiptState, TemplateState
from yutang.reach.channels.registry import channels
from yutang.reach.tests.fakes import a_tencent, an_aliyun
from yutang.reach.tests.sending import opened_to_this_machine, outgoing

__all__ = ["opened_to_this_machine"]
pytestmark = pytest.mark.usefixtures("opened_to_this_machine")
AT = datetime(2026, 1, 1, 1, tzinfo=UTC)
ALIYUN, TENCENT = channels()["sms_aliyun"], channels()["sms_tencent"]
TOKEN, ATTEMPT = UUID(int=7), UUID(int=9)


def test_aliyuns_own_example_of_a_signature_is_matched() -> None:
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"
    key = ("YourAccessKeyId", "YourAccessKeySecret")

    signed = sms_aliyun.authorization(key, "POST", query, headers, b"")

    assert signed.endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_a_computed_example_of_aliyuns_text_messages_is_matched() -> None:
    headers = {
        "host": "dysmsapi.aliyuncs.com",
        "x-acs-action": "SendSms",
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": "2026-01-01T00:00:00Z",
        "x-acs-signature-nonce": "0123456789abcdef0123456789abcdef",
        "x-acs-version": "2017-05-25",
    }
    said = sms_aliyun._said
    query = "&".join(
        f"{name}={said(value)}"
        for name, value in (
            ("PhoneNumbers", "13800000000"),
            ("SignName", "测试签名"),
            ("TemplateCode", "SMS_000001"),
            ("TemplateParam", '{"code":"1234"}'),
        )
    )

    signed = sms_aliyun.authorization(("SBX_AK", "SBX_SK"), "POST", query, headers, b"")

    assert signed.endswith(
        "Signature=0c8d152ea74070b009d4b14a55da4686c7a016ceb58c8215e8deaca2d726ac1b"
    )


def test_tencents_own_example_of_a_signature_is_matched() -> None:
    body = (
        rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    )
    headers = {
        "content-type": "application/json; charset=utf-8",
        "host": "cvm.tencentcloudapi.com",
        "x-tc-action": "DescribeInstances",
    }
    key = ("AKID********************************", "********************************")

    signed = sms_tencent.authorization(key, "cvm", headers, body, at=1551113065)

    assert signed.endswith(
        "Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
    )


def test_a_computed_example_of_tencents_text_messages_is_matched() -> None:
    body = (
        '{"PhoneNumberSet":["+8613800000000"],"SmsSdkAppId":"1400000000","SignName":"测试签名",'
        '"TemplateId":"1000001","TemplateParamSet":["1234"]}'
    ).encode()
    headers = {
        "content-type": "application/json; charset=utf-8",
        "host": "sms.tencentcloudapi.com",
        "x-tc-action": "SendSms",
    }

    signed = sms_tencent.authorization(("SBX_ID", "SBX_KEY"), "sms", headers, body, at=1767225600)

    assert signed.endswith(
        "Signature=61a5392c8f3feea09abbd2975370a8290151e142142d0325c186af8b218467cb"
    )


@pytest.mark.parametrize(
    "word", ["TD", "td", "T", " t. ", "退订", "退订！", "ＴＤ", "回TD", "退订短信", "n"]
)
def test_these_words_say_that_she_wants_no_more(word: str) -> None:
    assert is_opt_out(word)


@pytest.mark.parametrize("word", ["", "T恤有货吗", "好的", "不要退订，我还想要", "TDX", "thanks"])
def test_these_words_do_not(word: str) -> None:
    assert not is_opt_out(word)


def test_numbers_in_what_a_provider_says_are_masked() -> None:
    said = without_numbers("isv.X: 13800000001 and +86 138-0000-0002 are over 1000")

    assert said == "isv.X: 138****0001 and 861****0002 are over 1000"


def test_aliyun_carries_a_hundred_with_values_of_their_own_and_a_number_once_a_call() -> None:
    batch = [
        each
        for n in range(120)
        for each in outgoing(
            1,
            address=f"+86138{n % 110:08d}x"[:-1] + "0",
            attempt=ATTEMPT,
            template="SMS_1",
            values={"name": str(n)},
        )
    ]
    with an_aliyun() as end:
        bodies: list[dict[str, str]] = []
        keys = end.keys
        end.keys = lambda heard: bodies.append(dict(parse_qsl(heard.body.decode()))) or keys(heard)
        outcomes = ALIYUN.send(end.account, batch)

    calls = [json.loads(each["PhoneNumberJson"]) for each in bodies]
    assert [len(each) for each in calls] == [100, 20]
    assert all(len(set(each)) == len(each) for each in calls)
    assert {each.answer for each in outcomes} == {Answer.SENT}
    assert len({each.provider_ref for each in outcomes}) == 110
    assert json.loads(bodies[0]["TemplateParamJson"])[5] == {"name": "5"}


def test_one_bad_number_among_many_is_found_and_the_others_leave() -> None:
    batch = outgoing(8, address="+8613800000000", attempt=ATTEMPT, template="SMS_1")
    bad = "13800000005"

    with an_aliyun() as end:
        end.acts = end.acts | {
            "answers": lambda heard: end.acts["refuses" if bad.encode() in heard.body else "takes"](
                heard
            ),
            "takes": end.acts["answers"],
        }
        batch = [
            each
            for n in range(8)
            for each in outgoing(
                1,
                address=f"+8613800000{n}05"[:12] + "00"[:2] if n != 5 else f"+86{bad}",
                attempt=ATTEMPT,
                template="SMS_1",
            )
        ]
        outcomes = {each.token: each.answer for each in ALIYUN.send(end.account, batch)}

    assert [outcomes[each.token] for each in batch].count(Answer.FAILED) == 1
    assert outcomes[batch[5].token] == Answer.FAILED


def test_who_gets_the_same_text_of_tencent_gets_it_by_the_same_call() -> None:
    with a_tencent() as end:
        same = [
            each
            for n in range(3)
            for each in outgoing(1, address=f"+861380000000{n}", template="1", values={"1": "A"})
        ]
        other = outgoing(
            1, address="+8613800000009", template="1", values={"2": "y", "10": "z", "1": "x"}
        )
        outcomes = TENCENT.send(end.account, [*same, *other])

    assert len(end.reached) == 2
    assert [each.provider_ref for each in outcomes] == [
        "5000:0000",
        "5000:0001",
        "5000:0002",
        "5000:0009",
    ]
    assert sms_tencent._values(other[0]) == ["x", "y", "z"]


def test_aliyun_is_asked_by_number_and_day_and_found_by_our_own_reference() -> None:
    lines = [{"PhoneNum": "13800000000", "SendStatus": 3, "OutId": str(ATTEMPT)}]
    details = {"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": lines}, "TotalCount": 1}
    asked = Asked(TOKEN, ATTEMPT, "+8613800000000", datetime(2026, 1, 1, 17, tzinfo=UTC))
    with an_aliyun() as end:
        bodies: list[dict[str, str]] = []
        end.keys = lambda heard: bodies.append(dict(parse_qsl(heard.body.decode()))) or []
        end.acts = {"answers": lambda _: (200, {}, json.dumps(details).encode())}
        found = ALIYUN.look_up(end.account, [asked], now=AT)
        lines[0]["OutId"] = "another"
        never = ALIYUN.look_up(end.account, [asked], now=AT)
        end.acts = {"answers": lambda _: (500, {}, b"")}
        silence = ALIYUN.look_up(end.account, [asked], now=AT)

    # By the clock of Beijing, where it is one in the morning: it may have left the day before.
    assert [each["SendDate"] for each in bodies[:2]] == ["20260101", "20260102"]
    assert (found[TOKEN].answer, never[TOKEN].answer, silence) == (Answer.SENT, Answer.LATER, {})


def test_tencent_says_of_what_it_does_not_find_that_it_cannot_know() -> None:
    asked = Asked(TOKEN, ATTEMPT, "+8613800000000", AT)
    said = {"Response": {"PullSmsSendStatusSet": [{"SerialNo": "1", "SessionContext": str(TOKEN)}]}}
    with a_tencent() as end:
        end.keys = lambda _: []
        end.acts = {"answers": lambda _: (200, {}, json.dumps(said).encode())}
        found = TENCENT.look_up(end.account, [asked], now=AT)
        said["Response"]["PullSmsSendStatusSet"] = []
        unknown = TENCENT.look_up(end.account, [asked], now=AT)

    assert (found[TOKEN].answer, unknown[TOKEN].answer) == (Answer.SENT, Answer.UNKNOWN)


def only(receipts: object) -> Receipt:
    (receipt,) = receipts  # type: ignore[misc]
    return receipt


def test_aliyuns_receipts_find_the_message_by_its_reference_which_names_nobody() -> None:
    report = {
        "phone_number": "13800000000",
        "report_time": "2026-01-01 08:00:03",
        "success": True,
        "err_code": "DELIVERED",
        "biz_id": "900619^0",
        "out_id": str(TOKEN),
    }
    (message,) = outgoing(1, address="+8613800000000", template="SMS_1")
    with an_aliyun() as end:
        (sent,) = ALIYUN.send(end.account, [message])
        receipt = only(ALIYUN.receipts(end.account, {}, json.dumps([report]).encode(), now=AT))
        failed = only(
            ALIYUN.receipts(
                end.account, {}, json.dumps([report | {"success": False}]).encode(), now=AT
            )
        )

    assert receipt.provider_ref == sent.provider_ref
    assert "1380000" not in sent.provider_ref
    assert (receipt.state, receipt.token) == (ReceiptState.DELIVERED, TOKEN)
    assert receipt.at == datetime(2026, 1, 1, 0, 0, 3, tzinfo=UTC)
    assert failed.state == ReceiptState.FAILED


@pytest.mark.parametrize(
    ("text", "state"), [("TD", ReceiptState.OPTED_OUT), ("还有吗", ReceiptState.REPLIED)]
)
def test_replies_are_read_and_who_wants_no_more_is_heard(text: str, state: ReceiptState) -> None:
    up = [{"phone_number": "13800000000", "send_time": "2026-01-01 08:00:00", "content": text}]
    reply = {"mobile": "13800000000", "nationcode": "86", "text": text, "time": 1767225600}
    with an_aliyun() as aliyun, a_tencent() as tencent:
        of_aliyun = only(ALIYUN.receipts(aliyun.account, {}, json.dumps(up).encode(), now=AT))
        of_tencent = only(TENCENT.receipts(tencent.account, {}, json.dumps(reply).encode(), now=AT))

    assert of_aliyun.state == of_tencent.state == state
    assert (of_aliyun.at, of_tencent.at) == (datetime(2026, 1, 1, tzinfo=UTC),) * 2
    assert of_tencent.address == "+8613800000000"


def test_templates_come_with_what_the_provider_said_of_them() -> None:
    listed = {
        "Code": "OK",
        "SmsTemplateList": [
            {"TemplateCode": "SMS_1", "TemplateName": "新茶", "AuditStatus": "AUDIT_STATE_PASS"},
            {
                "TemplateCode": "SMS_2",
                "AuditStatus": "AUDIT_STATE_NOT_PASS",
                "Reason": {"RejectInfo": "no proof"},
            },
        ],
    }
    described = {
        "Response": {
            "DescribeTemplateStatusSet": [{"TemplateId": 1, "StatusCode": -1, "ReviewReply": "x"}]
        }
    }
    with an_aliyun() as aliyun, a_tencent() as tencent:
        aliyun.acts = {"answers": lambda _: (200, {}, json.dumps(listed).encode())}
        tencent.acts = {"answers": lambda _: (200, {}, json.dumps(described).encode())}
        aliyun.keys = tencent.keys = lambda _: []
        one, two = ALIYUN.templates(aliyun.account)  # type: ignore[attr-defined]
        (three,) = TENCENT.templates(tencent.account)  # type: ignore[attr-defined]

    assert (one.code, one.state) == ("SMS_1", TemplateState.APPROVED)
    assert (two.state, two.reason) == (TemplateState.REFUSED, "no proof")
    assert (three.code, three.state) == ("1", TemplateState.REFUSED)
