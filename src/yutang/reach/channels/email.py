"""Mail by SMTP: each message to one address, with a way out in its head (RFC 8058), told by reply codes."""

import re
import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from yutang.kit.clock import now as present
from yutang.kit.i18n import Text
from yutang.reach.channels._mail import mail_of
from yutang.reach.channels._network import NotReachable, addresses_of
from yutang.reach.channels.interface import (
    Account,
    Answer,
    Asked,
    Outcome,
    Outgoing,
    Receipt,
    ReceiptRefused,
    Setting,
)

__all__ = ["Email"]

_SECONDS = 10.0
_REST = timedelta(minutes=1)
_LONG_REST = timedelta(minutes=5)
_SHORT_REST = timedelta(seconds=5)
_GREY = timedelta(minutes=5)
_ADDRESS = re.compile(r"[^@\s<>(),;:\\\"\[\]]+@[A-Za-z0-9.-]+")
# The last part of 5.1.x that says nobody is there, and the plain codes that do.
_NOBODY = re.compile(r"\b5\.1\.(?:1|2|3|6|10)\b")


class Email:
    """Speaks SMTP to a server of the brand's own choice."""

    name = "email"
    label = Text("邮件（SMTP）", "E-mail (SMTP)")
    channel = "email"
    address_kind: str | None = "email"
    batch = 50
    patience = 40.0
    sure_after = 0.0
    parts = frozenset({"subject", "text", "image", "link", "file"})
    can_look_up = False
    acknowledgement: Mapping[str, object] = {"ok": True}
    settings: Sequence[Setting] = (
        Setting("host", Text("SMTP 服务器", "SMTP server")),
        Setting(
            "port",
            Text("端口", "Port"),
            required=False,
            hint=Text("默认 465、587 或 25，随加密方式", "465, 587 or 25 by default, as encrypted"),
        ),
        Setting(
            "security",
            Text("加密方式", "Encryption"),
            required=False,
            choices={
                "tls": Text("TLS", "TLS"),
                "starttls": Text("STARTTLS", "STARTTLS"),
                "none": Text("不加密", "None"),
            },
            hint=Text("默认 TLS", "TLS by default"),
        ),
        Setting("username", Text("用户名", "User name"), required=False),
        Setting("password", Text("密码", "Password"), secret=True, required=False),
        Setting("from_address", Text("发件地址", "From address")),
        Setting("from_name", Text("发件人名称", "From name"), required=False),
        Setting("reply_to", Text("回复地址", "Reply to"), required=False),
        Setting(
            "opens",
            Text("统计谁打开了邮件", "Note who opens a mail"),
            required=False,
            choices={"no": Text("不统计", "No"), "yes": Text("统计", "Yes")},
            hint=Text(
                "默认不统计。统计时邮件里会带一张看不见的图片，请先在隐私说明里写明",
                "Off by default. A mail then holds a picture nobody sees; say so in your privacy notice",
            ),
        ),
    )

    def check(self, settings: Mapping[str, str]) -> Mapping[str, Text]:
        wrong: dict[str, Text] = {}
        for name in ("from_address", "reply_to"):
            if settings.get(name) and not _ADDRESS.fullmatch(settings[name]):
                wrong[name] = Text("应为邮箱地址", "should be an e-mail address")
        port = settings.get("port", "")
        if port and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
            wrong["port"] = Text("应为 1 至 65535 的整数", "should be from 1 to 65535")
        if not re.fullmatch(r"[A-Za-z0-9.:-]{1,253}", settings.get("host", "")):
            wrong["host"] = Text("应为主机名", "should be the name of a host")
        if any(not each.isprintable() for each in settings.get("from_name", "")):
            wrong["from_name"] = Text("不能换行", "should be one line")
        if settings.get("password") and settings.get("security") == "none":
            wrong["security"] = Text("有密码时必须加密", "a password should not travel unencrypted")
        return wrong

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        until = present() + timedelta(seconds=self.patience - 2 * _SECONDS)
        try:
            server = _connected(account.settings)
        except _Refused as refused:
            return [refused.of(each.token) for each in batch]
        outcomes: list[Outcome] = []
        try:
            for each in batch:
                if present() > until or (outcomes and outcomes[-1].rest):
                    outcomes.append(_not_begun(each.token, outcomes[-1] if outcomes else None))
                else:
                    outcomes.append(_send(server, account.settings, each))
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()
        return outcomes

    def look_up(
        self, account: Account, asked: Sequence[Asked], *, now: datetime
    ) -> Mapping[UUID, Outcome]:
        return {}

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        raise ReceiptRefused("SMTP tells nothing by HTTP")


class _Refused(Exception):
    """The server cannot be used now; nothing was told it."""

    def __init__(self, reason: str, detail: str, rest: timedelta) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.rest = reason, detail, rest

    def of(self, token: UUID) -> Outcome:
        return Outcome(
            token,
            Answer.LATER,
            reason=self.reason,
            detail=self.detail,
            rest=self.rest,
            counts=False,
        )


class _Pinned(smtplib.SMTP):
    """SMTP to the address that was looked at, in the name that was asked for."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__(timeout=_SECONDS, local_hostname="yutang")
        self._host = host
        code, said = self.connect(host, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        problem: OSError = TimeoutError()
        for address in addresses_of(host, port):
            try:
                sock = socket.create_connection((address, port), timeout)
            except OSError as reason:
                problem = reason
                continue
            return self._context.wrap_socket(sock, server_hostname=host) if self._context else sock
        raise problem


def _connected(settings: Mapping[str, str]) -> smtplib.SMTP:
    """Return a server that is ready to take mail.

    :raises _Refused:
    """
    security = settings.get("security") or "tls"
    port = int(settings.get("port") or {"tls": 465, "starttls": 587, "none": 25}[security])
    context = ssl.create_default_context()
    try:
        server = _Pinned(settings["host"], port, context if security == "tls" else None)
    except (OSError, smtplib.SMTPException, NotReachable) as reason:
        raise _Refused("not_reachable", _kind(reason), _REST) from None
    try:
        if security == "starttls":
            server.starttls(context=context)
        if settings.get("password"):
            server.login(settings.get("username", ""), settings["password"])
        server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException, ValueError) as reason:
        server.close()
        is_ours = isinstance(reason, smtplib.SMTPAuthenticationError)
        raise _Refused(
            "account" if is_ours else "not_reachable", _kind(reason), _LONG_REST
        ) from None
    return server


def _kind(reason: Exception) -> str:
    """Return what went wrong without what the server said: that may hold names and addresses."""
    if isinstance(reason, smtplib.SMTPResponseException):
        return f"SMTP {reason.smtp_code}"
    if isinstance(reason, NotReachable):
        return str(reason)
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, ssl.SSLError):
        return f"TLS: {reason.reason or 'refused'}"
    return "no connection"


def _send(server: smtplib.SMTP, settings: Mapping[str, str], each: Outgoing) -> Outcome:
    """Hand over one mail: up to its content nothing has happened; after that, silence is silence."""
    try:
        content = mail_of(settings, each, message_id=_message_id(settings, each.token))
    except (ValueError, UnicodeError, LookupError):
        return Outcome(each.token, Answer.FAILED, reason="bad_address")
    try:
        refused = _addressed(server, settings["from_address"], each)
    except (OSError, smtplib.SMTPException, UnicodeError):
        return _Refused("not_reachable", "the connection was closed", _REST).of(each.token)
    if refused:
        return refused
    said: bytes | str
    try:
        code, said = server.data(content)
    except smtplib.SMTPDataError as turned_down:
        code, said = turned_down.smtp_code, turned_down.smtp_error
    except (OSError, smtplib.SMTPException):
        server.close()
        return Outcome(each.token, Answer.UNKNOWN, reason="no_answer", rest=_SHORT_REST)
    if code == 250:
        return Outcome(each.token, Answer.SENT, provider_ref=_message_id(settings, each.token))
    return _turned_down(each.token, code, said)


def _addressed(server: smtplib.SMTP, sender: str, each: Outgoing) -> Outcome | None:
    """Say from whom and to whom; return what speaks against it."""
    server.rset()
    code, said = server.mail(sender)
    if code != 250:
        return _turned_down(each.token, code, said, of_account=True)
    code, said = server.rcpt(each.address)
    return None if code in (250, 251) else _turned_down(each.token, code, said)


def _turned_down(token: UUID, code: int, said: bytes | str, *, of_account: bool = False) -> Outcome:
    detail = f"SMTP {code}"
    text = said.decode("latin-1") if isinstance(said, bytes) else said
    if found := re.search(r"\b[245]\.\d{1,3}\.\d{1,3}\b", text):
        detail += f" {found[0]}"
    if code == 421:
        return _Refused("limited", detail, _REST).of(token)
    if of_account:
        return _Refused("account", detail, _LONG_REST).of(token)
    if 400 <= code < 500:  # grey-listed, full, busy
        return Outcome(token, Answer.LATER, reason="their_fault", detail=detail, after=_GREY)
    if 500 <= code < 600:
        nobody = bool(_NOBODY.search(detail)) or (code in (550, 551, 553) and " " not in detail)
        return Outcome(
            token, Answer.FAILED, reason="bounced", detail=detail, address_is_dead=nobody
        )
    return Outcome(token, Answer.UNKNOWN, reason="not_understood", detail=detail)


def _not_begun(token: UUID, last: Outcome | None) -> Outcome:
    return Outcome(
        token, Answer.LATER, reason="not_begun", rest=last.rest if last else None, counts=False
    )


def _message_id(settings: Mapping[str, str], token: UUID) -> str:
    return f"<{token}@{settings['from_address'].rpartition('@')[2]}>"
