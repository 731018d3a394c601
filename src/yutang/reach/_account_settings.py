"""Settings of accounts: held against what their channel asks for, the secret ones sealed."""

import json
from collections.abc import Iterator, Mapping

from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.sealing import SealBroken, seal, unseal
from yutang.reach.channels.interface import Channel
from yutang.reach.channels.registry import channel_named, channels
from yutang.reach.messages import MESSAGE_CHANNELS
from yutang.reach.models import ChannelAccount

__all__ = [
    "AccountNotAsExpected",
    "NoSuchChannel",
    "SecretsUnreadable",
    "channel_of",
    "checked",
    "consent_channel",
    "keep",
    "merged",
    "opened",
    "purpose_of",
    "speaker_named",
]


class NoSuchChannel(DomainError):
    """Nothing installed speaks to it."""

    status = 422
    zh = "没有叫“{adapter}”的渠道类型。可用的有：{known}。"
    en = "There is no kind of channel called “{adapter}”. There are: {known}."


class AccountNotAsExpected(DomainError):
    """Settings that are missing or not as the channel wants them."""

    status = 422
    zh = "渠道设置有 {count} 处和要求不符，见 errors。"
    en = "{count} settings of the channel are not as expected; see errors."


class SecretsUnreadable(DomainError):
    """The key that sealed its secrets is not set any more."""

    zh = "“{name}”的密钥打不开：封存它的钥匙已不在 YUTANG_SECRETS_KEYS 里。请重新填写密钥。"
    en = "The secrets of “{name}” cannot be opened: their key is gone from YUTANG_SECRETS_KEYS. Enter them again."


_MOST_SETTING = 8_000
_NOT_KNOWN = Text("这类渠道没有这一项设置", "this kind of channel has no such setting")
_TOO_LONG = Text("太长，或含有空字符", "too long, or with a NUL in it")
_CHOOSE = Text("应为其中之一：", "should be one of: ")
_NEEDED = Text("需要填写", "is needed")


def channel_of(account: ChannelAccount) -> Channel:
    """Return what speaks to it.

    :raises NoSuchChannel: its package is not installed any more.
    """
    return speaker_named(account.adapter)


def speaker_named(adapter: str) -> Channel:
    found = channel_named(adapter)
    if found is None:
        raise NoSuchChannel(adapter=adapter[:40], known=", ".join(sorted(channels())))
    return found


def consent_channel(speaker: Channel, asked: str) -> str:
    if speaker.channel:
        return speaker.channel
    if asked in MESSAGE_CHANNELS:
        return asked
    wrong = FieldProblem(
        field="channel", message=_CHOOSE.said() + ", ".join(MESSAGE_CHANNELS), came=asked[:40]
    )
    raise AccountNotAsExpected(count=1, errors=[wrong])


def checked(speaker: Channel, given: Mapping[str, str]) -> dict[str, str]:
    """Return the settings without blanks.

    :raises AccountNotAsExpected:
    """
    kept = {name: value.strip() for name, value in given.items() if value.strip()}
    problems = list(_problems(speaker, kept))
    if problems:
        raise AccountNotAsExpected(count=len(problems), errors=problems)
    return kept


def _problems(speaker: Channel, given: Mapping[str, str]) -> Iterator[FieldProblem]:
    known = {each.name: each for each in speaker.settings}
    for name, value in given.items():
        if name not in known:
            yield FieldProblem(field=f"settings.{name}", message=_NOT_KNOWN.said())
        elif len(value) > _MOST_SETTING or "\0" in value:
            yield FieldProblem(field=f"settings.{name}", message=_TOO_LONG.said())
        elif (choices := known[name].choices) is not None and value not in choices:
            yield FieldProblem(
                field=f"settings.{name}", message=_CHOOSE.said() + ", ".join(filter(None, choices))
            )
    for setting in speaker.settings:
        if setting.required and setting.name not in given:
            yield FieldProblem(field=f"settings.{setting.name}", message=_NEEDED.said())
    for name, wrong in speaker.check(given).items():
        if name in given:
            yield FieldProblem(field=f"settings.{name}", message=wrong.said())


def merged(account: ChannelAccount, speaker: Channel, given: Mapping[str, str]) -> dict[str, str]:
    try:
        before = opened(account)
    except SecretsUnreadable:  # they are entered anew
        before = dict(account.settings)
    names = {each.name for each in speaker.settings}
    replaces = given.get("secret", "").strip() not in ("", before.get("secret"))
    if replaces and "previous_secret" in names - given.keys() and "secret" in before:
        before["previous_secret"] = before["secret"]
    return before | dict(given)


def keep(account: ChannelAccount, speaker: Channel, given: Mapping[str, str]) -> None:
    secret = {each.name for each in speaker.settings if each.secret}
    account.settings = {name: value for name, value in given.items() if name not in secret}
    sealed = {name: value for name, value in given.items() if name in secret}
    account.secrets = seal(json.dumps(sealed), purpose=purpose_of(account)) if sealed else ""


def purpose_of(account: ChannelAccount) -> str:
    return f"channel:{account.pk}"


def opened(account: ChannelAccount) -> dict[str, str]:
    """Return all settings, the secret ones too.

    :raises SecretsUnreadable:
    """
    opened: dict[str, str] = dict(account.settings)
    if account.secrets:
        try:
            opened |= json.loads(unseal(account.secrets, purpose=purpose_of(account)))
        except SealBroken:
            raise SecretsUnreadable(name=account.name) from None
    return opened
