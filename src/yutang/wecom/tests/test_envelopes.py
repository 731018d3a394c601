"""The envelope of callbacks is the platform's, byte for byte, and other implementations agree."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yutang.wecom.callbacks.envelope import (
    AesKeyNotUsable,
    CallbackForAnother,
    CallbackForged,
    CallbackUnreadable,
    Envelope,
)
from yutang.wecom.callbacks.reading import _parsed, _read_flat, read
from yutang.wecom.tests.builders import AES_KEY, CORP_ID, TOKEN

ENVELOPE = Envelope(TOKEN, AES_KEY, CORP_ID)
# The platform's own sample: what its address check sends.
OFFICIAL = Envelope(
    "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
    "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
    "ww1436e0e65a779aee",
)
ECHO = "fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA=="
EVENT = (
    "<xml><ToUserName><![CDATA[ww0a1b2c3d4e5f6071]]></ToUserName><FromUserName><![CDATA[sys]]>"
    "</FromUserName><CreateTime>1767225601</CreateTime><MsgType><![CDATA[event]]></MsgType><Event>"
    "<![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]>"
    "</ChangeType><UserID><![CDATA[lin.yue]]></UserID><ExternalUserID>"
    "<![CDATA[wmSandbox0000000000000000000001]]></ExternalUserID><State><![CDATA[store_017]]></State>"
    "<WelcomeCode><![CDATA[WC_5f0c9a]]></WelcomeCode></xml>"
)


def test_the_official_sample_opens() -> None:
    said = OFFICIAL.open("012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb", "1476416373", "47744683", ECHO)

    assert said == "1288432023552776189"
    assert OFFICIAL.seal(said, random=b"8908d0ff052afda0") == ECHO


def test_an_event_of_a_length_that_pads_beyond_sixteen_opens_and_seals_to_the_same() -> None:
    sealed = ENVELOPE.seal(EVENT, random=b"klhHRg1WvuuVaamJ")

    assert len(EVENT.encode()) == 484
    assert ENVELOPE.signature("1767225602", "8801237465", sealed) == (
        "2fe318a68321ca73d9cd67e2b6401c5d32af79aa"
    )
    assert (
        ENVELOPE.open(
            "2fe318a68321ca73d9cd67e2b6401c5d32af79aa", "1767225602", "8801237465", sealed
        )
        == EVENT
    )
    assert read(EVENT)["WelcomeCode"] == "WC_5f0c9a"


@settings(deadline=None)  # the first case imports the other implementation
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=300))
def test_what_is_sealed_opens_here_and_in_another_implementation(text: str) -> None:
    crypto = pytest.importorskip("wechatpy.enterprise.crypto").WeChatCrypto(TOKEN, AES_KEY, CORP_ID)
    sealed = ENVELOPE.seal(text)
    signature = ENVELOPE.signature("1767225602", "n", sealed)

    assert ENVELOPE.open(signature, "1767225602", "n", sealed) == text
    assert crypto.check_signature(signature, "1767225602", "n", sealed) == text


def test_what_another_implementation_seals_opens_here() -> None:
    crypto = pytest.importorskip("wechatpy.enterprise.crypto").WeChatCrypto(TOKEN, AES_KEY, CORP_ID)

    outer = read(crypto.encrypt_message(EVENT, "nonce", "1767225602"))

    assert (
        ENVELOPE.open(outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"], outer["Encrypt"])
        == EVENT
    )


def test_a_forged_signature_is_refused_before_anything_is_decrypted() -> None:
    with pytest.raises(CallbackForged):
        ENVELOPE.open("0" * 40, "1767225602", "8801237465", "not even base64")


def test_what_was_made_for_another_corp_is_refused() -> None:
    sealed = Envelope(TOKEN, AES_KEY, "ww00000000000000ff").seal(EVENT)

    with pytest.raises(CallbackForAnother):
        ENVELOPE.open(ENVELOPE.signature("1", "n", sealed), "1", "n", sealed)


@pytest.mark.parametrize(
    "sealed",
    [
        "",
        "AAAA",
        "%%%",
        base64.b64encode(b"x" * 64).decode(),
        ENVELOPE.seal(EVENT)[:-44],
        Envelope(TOKEN, AES_KEY[::-1], CORP_ID).seal(EVENT),
    ],
    ids=["nothing", "short", "not base64", "not ours", "cut off", "another key"],
)
def test_what_cannot_be_decrypted_is_refused(sealed: str) -> None:
    with pytest.raises((CallbackUnreadable, CallbackForAnother)):
        ENVELOPE.open(ENVELOPE.signature("1", "n", sealed), "1", "n", sealed)


@pytest.mark.parametrize("key", ["", AES_KEY[:-1], AES_KEY + "A", AES_KEY[:-1] + " "])
def test_a_key_of_another_length_or_with_spaces_is_refused(key: str) -> None:
    with pytest.raises(AesKeyNotUsable):
        Envelope(TOKEN, key, CORP_ID)


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<xml><Encrypt>&b;</Encrypt></xml>"
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>',
        "<xml>" + "<a>" * 50 + "</a>" * 50 + "</xml>",
        "<xml>" + "<a/>" * 30_000 + "</xml>",
        "<xml><Encrypt>cut off",
        "<other/>",
        "hello",
        "",
        "[1]",
        '{"encrypt":',
        "<xml>\0</xml>",
        "<xml><a>" + "x" * (1 << 20) + "</a></xml>",
    ],
    ids=[
        "bomb",
        "file",
        "deep",
        "wide",
        "truncated",
        "other",
        "text",
        "nothing",
        "list",
        "json",
        "nul",
        "large",
    ],
)
def test_a_bomb_and_whatever_no_callback_looks_like_is_refused(text: str) -> None:
    with pytest.raises(CallbackUnreadable):
        read(text)


def test_lists_stay_lists_whatever_their_length() -> None:
    one = read("<xml><MemChangeList><Item>wmA</Item></MemChangeList></xml>")
    two = read("<xml><MemChangeList><Item>wmA</Item><Item>wmB</Item></MemChangeList></xml>")
    attributes = read(
        "<xml><ExtAttr><Item><Name>工号</Name><Text><Value>A1</Value></Text></Item></ExtAttr></xml>"
    )

    assert one["MemChangeList"] == ["wmA"]
    assert two["MemChangeList"] == ["wmA", "wmB"]
    assert attributes["ExtAttr"] == [{"Name": "工号", "Text": {"Value": "A1"}}]
    assert read('{"encrypt": "E", "agentid": 1000002}')["encrypt"] == "E"


_CONTENT = st.text(max_size=8) | st.sampled_from(
    [
        "",
        " 茶 ",
        "&amp;",
        "&",
        "]]>",
        "]",
        "a]b",
        "<b/>",
        "<b>1</b>",
        "\r\n",
        "\x0b",
        "\x85",
        "\ufffe",
        "😀",
    ]
)
_TAG = st.sampled_from(["Event", "UserID", "Item", "xml", "a-b", "A1_", "1A", "名"])
_PIECE = st.one_of(
    st.tuples(_TAG, _CONTENT).map(lambda it: f"<{it[0]}><![CDATA[{it[1]}]]></{it[0]}>"),
    st.tuples(_TAG, _CONTENT).map(lambda it: f"<{it[0]}>{it[1]}</{it[0]}>"),
    st.sampled_from(
        ["\n", " ", "\u00a0", "text", "<e/>", "<!-- c -->", "<?p?>", "</xml>", "<xml>"]
    ),
)


@given(
    st.lists(_PIECE, max_size=5), st.sampled_from(["<xml>", "<xml>\n  ", "<xml a='1'>", " <xml>"])
)
def test_what_is_read_without_the_parser_is_what_the_parser_reads(
    pieces: list[str], begin: str
) -> None:
    text = f"{begin}{''.join(pieces)}</xml>"

    flat = _read_flat(text)

    if flat is not None:
        assert flat == _parsed(text)


def test_what_the_platform_tells_most_needs_no_parser() -> None:
    assert _read_flat(EVENT) == _parsed(EVENT) != {}
    assert _read_flat("<xml>\n<A><![CDATA[1]]></A>\n<B>2</B>\n</xml>") == {"A": "1", "B": "2"}
