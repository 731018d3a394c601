"""Channel accounts: set up, changed and tried over HTTP; what is secret goes in and never comes back."""

import json
from typing import Any

import pytest

from yutang.kit.sealing import new_key
from yutang.reach import service as reach
from yutang.reach._accounts import as_seen_by_channel
from yutang.reach.models import ChannelAccount
from yutang.reach.tests.fakes import a_hook, an_aliyun
from yutang.reach.tests.sending import (
    NOON,
    SECRET,
    a_member,
    a_workspace,
    an_account,
    opened_to_this_machine,
)
from yutang.workspaces.models import AuditRecord, Role
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import Asker, as_member

__all__ = ["opened_to_this_machine"]
HOOK = {
    "adapter": "webhook",
    "name": "自家系统",
    "channel": "wecom",
    "settings": {"url": "https://tea.example/in", "secret": SECRET},
}


@pytest.fixture
def owner(db: None) -> Member:
    return a_member(a_workspace())


@pytest.fixture
def asker(owner: Member) -> Asker:
    return as_member(owner)


def test_secrets_never_come_back_nor_lie_open_nor_stand_in_the_log(
    owner: Member, asker: Asker
) -> None:
    made = asker.post("/channels", HOOK)
    path = f"/channels/{made.json()['id']}"
    changed = asker.patch(path, {"settings": {"secret": "whsec_" + "Z" * 32}})
    shown, listed = asker.get(path), asker.get("/channels")
    row = ChannelAccount.objects.get(pk=made.json()["id"])
    audit = list(
        AuditRecord.objects.filter(workspace=owner.workspace).values_list("detail", flat=True)
    )
    everything = json.dumps(
        [each.json() for each in (made, changed, shown, listed)] + audit
    ) + repr([row.settings, row.secrets, as_seen_by_channel(row)])

    assert "YYYY" not in everything
    assert "ZZZZ" not in everything
    assert shown.json()["secrets"] == ["previous_secret", "secret"]
    assert shown.json()["settings"] == {"url": "https://tea.example/in"}


def test_a_new_signing_secret_keeps_the_one_before_until_it_is_cleared(
    owner: Member, asker: Asker
) -> None:
    path = f"/channels/{asker.post('/channels', HOOK).json()['id']}"
    newer = "whsec_" + "Z" * 32

    asker.patch(path, {"settings": {"secret": newer}})
    both = as_seen_by_channel(ChannelAccount.objects.get()).settings
    asker.patch(path, {"settings": {"previous_secret": ""}})
    one = as_seen_by_channel(ChannelAccount.objects.get()).settings

    assert (both["secret"], both["previous_secret"]) == (newer, SECRET)
    assert (one["secret"], "previous_secret" in one) == (newer, False)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"settings": {}}, {"settings.url", "settings.secret"}),
        ({"settings": {**HOOK["settings"], "url": "http://10.0.0.1"}}, {"settings.url"}),
        ({"settings": {**HOOK["settings"], "colour": "red"}}, {"settings.colour"}),
        ({"channel": "pigeon"}, {"channel"}),
        ({"adapter": "paper", "settings": {"acts": "dances"}}, {"settings.acts"}),
    ],
)
def test_what_is_wrong_with_settings_is_said_beside_them(
    asker: Asker, body: dict[str, Any], fields: set[str]
) -> None:
    response = asker.post("/channels", HOOK | body)

    assert (response.status_code, response.json()["code"]) == (422, "reach.account_not_as_expected")
    assert {each["field"] for each in response.json()["errors"]} == fields


def test_names_differ_and_kinds_exist(asker: Asker) -> None:
    asker.post("/channels", HOOK)

    assert asker.post("/channels", HOOK).json()["code"] == "reach.account_name_taken"
    assert (
        asker.post("/channels", HOOK | {"adapter": "pigeon"}).json()["code"]
        == "reach.no_such_channel"
    )


def test_the_kinds_of_channels_say_what_they_need_in_the_readers_language(asker: Asker) -> None:
    kinds = {each["name"]: each for each in asker.get("/channels/kinds").json()}

    assert kinds.keys() >= {"paper", "webhook", "sms_aliyun", "sms_tencent", "email"}
    assert kinds["sms_aliyun"]["has_templates"]
    secret = next(each for each in kinds["email"]["settings"] if each["name"] == "password")
    assert (secret["secret"], secret["required"], secret["label"]) == (True, False, "密码")


def test_an_operator_sees_channels_and_only_their_keepers_open_them(owner: Member) -> None:
    account = an_account(owner)
    operator = as_member(a_member(owner.workspace, Role.OPERATOR))
    developer = as_member(a_member(owner.workspace, Role.DEVELOPER))

    assert operator.get("/channels").status_code == 200
    assert operator.get(f"/channels/{account.pk}").status_code == 403
    assert developer.get(f"/channels/{account.pk}").status_code == 200


@pytest.mark.usefixtures("opened_to_this_machine")
def test_a_channel_is_tried_with_one_message_and_says_what_it_answered(
    owner: Member, asker: Asker
) -> None:
    with a_hook() as end:
        account = an_account(owner, "webhook", **end.account.settings)
        good = asker.post(f"/channels/{account.pk}/try", {"address": "13800000001"})
        end.does = "locked"
        locked = asker.post(f"/channels/{account.pk}/try", {"address": "13800000001"})

    assert good.json()["answer"] == "sent"
    assert (locked.json()["answer"], locked.json()["detail"]) == ("later", "HTTP 401")
    tried = AuditRecord.objects.filter(workspace=owner.workspace, action="reach.channel_tried")
    assert tried.count() == 2
    assert "13800000001" not in json.dumps(list(tried.values_list("detail", flat=True)))


@pytest.mark.usefixtures("opened_to_this_machine")
def test_templates_are_asked_for_and_silence_is_told(owner: Member, asker: Asker) -> None:
    with an_aliyun() as end:
        account = an_account(owner, "sms_aliyun", **end.account.settings)
        end.acts = {"answers": lambda _: (200, {}, b'{"Code": "OK", "SmsTemplateList": []}')}
        listed = asker.get(f"/channels/{account.pk}/templates")
        end.acts = {"answers": lambda _: (200, {}, b'{"Code": "SignatureDoesNotMatch"}')}
        refused = asker.get(f"/channels/{account.pk}/templates")
    gone = asker.get(f"/channels/{account.pk}/templates")

    assert listed.json() == []
    assert (refused.status_code, refused.json()["code"]) == (502, "reach.channel_silent")
    assert gone.status_code == 502
    assert (
        asker.get(f"/channels/{an_account(owner).pk}/templates").json()["code"]
        == "reach.no_templates"
    )


def test_secrets_are_sealed_anew_and_what_no_key_opens_is_said(
    owner: Member, settings: Any
) -> None:
    account = an_account(owner, "webhook", url="https://a.example", secret=SECRET)
    settings.YUTANG_SECRETS_KEYS = new_key("2027")

    moved, again = reach.seal_anew(), reach.seal_anew()
    settings.YUTANG_SECRETS_KEYS = new_key("2028")

    assert (moved, again, reach.seal_anew()) == ((1, 0), (0, 0), (0, 1))
    account.refresh_from_db()
    with pytest.raises(reach.SecretsUnreadable):
        as_seen_by_channel(account)
    reach.change_account(owner, account.pk, settings={"secret": SECRET}, now=NOON)
