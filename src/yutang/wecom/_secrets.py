"""Secrets of a corp, sealed for the one place they stand in."""

from typing import Literal

from yutang.kit.errors import DomainError
from yutang.kit.sealing import SealBroken, is_sealed_as_now, seal, unseal
from yutang.wecom.models import Corp, Token

__all__ = [
    "CorpSecretsUnreadable",
    "SecretName",
    "keep",
    "opened",
    "seal_anew",
    "sealed_token",
    "token_opened",
]

SecretName = Literal["secret", "callback_token", "callback_key", "archive_secret"]
_NAMES: tuple[SecretName, ...] = ("secret", "callback_token", "callback_key", "archive_secret")


class CorpSecretsUnreadable(DomainError):
    """The key that sealed its secrets is not set any more."""

    zh = "企业“{name}”的密钥打不开：封存它的钥匙已不在 YUTANG_SECRETS_KEYS 里。请重新填写。"
    en = "The secrets of “{name}” cannot be opened: their key is gone from YUTANG_SECRETS_KEYS. Enter them again."


def keep(corp: Corp, name: SecretName, secret: str) -> None:
    """Seal a secret into its corp, which has a number already."""
    setattr(corp, name, seal(secret, purpose=_purpose(corp, name)) if secret else "")


def opened(corp: Corp, name: SecretName) -> str:
    """Return a secret of a corp; nothing where none was entered.

    :raises CorpSecretsUnreadable:
    """
    sealed: str = getattr(corp, name)
    try:
        return unseal(sealed, purpose=_purpose(corp, name)) if sealed else ""
    except SealBroken:
        raise CorpSecretsUnreadable(name=corp.name) from None


def sealed_token(corp_id: int, kind: str, token: str) -> str:
    """Return a token as it may be stored."""
    return seal(token, purpose=f"wecom:{corp_id}:{kind}")


def token_opened(token: Token) -> str | None:
    """Return a token; None where the key that sealed it is gone: a new one is fetched."""
    try:
        return unseal(token.sealed, purpose=f"wecom:{token.corp_id}:{token.kind}")
    except SealBroken:
        return None


def seal_anew() -> tuple[int, int]:
    """Seal with today's key what another one sealed; return how many, and how many cannot be opened."""
    moved = lost = 0
    for corp in Corp.objects.order_by("pk").iterator():
        old = [name for name in _NAMES if getattr(corp, name)]
        old = [name for name in old if not is_sealed_as_now(getattr(corp, name))]
        try:
            for name in old:
                keep(corp, name, opened(corp, name))
        except CorpSecretsUnreadable:
            lost += 1
            continue
        if old:
            corp.save(update_fields=old)
            moved += 1
    return moved, lost


def _purpose(corp: Corp, name: SecretName) -> str:
    return f"wecom:{corp.pk}:{name}"
