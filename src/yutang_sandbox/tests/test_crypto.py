"""Callbacks are sealed exactly as the platform seals them."""

import pytest

from yutang_sandbox.crypto import NotOurs, key_of, open_sealed, seal, sign

SAMPLE = {
    "token": "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
    "key": "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
    "receiver": "ww1436e0e65a779aee",
    "encrypted": "fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==",
}
TOKEN, KEY, CORP = (
    "hGIkxsJJARVo0OEfgprm",
    "54qwgp8lpeHekRsSGVDfisqqYhGyd75Dxduo34ikVqk",
    "ww0a1b2c3d4e5f6071",
)
EVENT = (
    "<xml><ToUserName><![CDATA[ww0a1b2c3d4e5f6071]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>"
    "<CreateTime>1767225601</CreateTime><MsgType><![CDATA[event]]></MsgType>"
    "<Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType>"
    "<UserID><![CDATA[lin.yue]]></UserID><ExternalUserID><![CDATA[wmSandbox0000000000000000000001]]></ExternalUserID>"
    "<State><![CDATA[store_017]]></State><WelcomeCode><![CDATA[WC_5f0c9a]]></WelcomeCode></xml>"
)


def test_the_official_sample_is_sealed_to_the_letter() -> None:
    key = key_of(SAMPLE["key"])

    assert open_sealed(key, SAMPLE["encrypted"], SAMPLE["receiver"]) == b"1288432023552776189"
    assert (
        seal(key, b"1288432023552776189", SAMPLE["receiver"], filler=b"8908d0ff052afda0")
        == SAMPLE["encrypted"]
    )
    assert (
        sign(SAMPLE["token"], "1476416373", "47744683", SAMPLE["encrypted"])
        == "012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb"
    )


def test_an_event_is_signed_as_an_independent_library_signs_it() -> None:
    encrypted = seal(key_of(KEY), EVENT.encode(), CORP, filler=b"klhHRg1WvuuVaamJ")

    assert len(EVENT.encode()) == 484
    assert encrypted.startswith("ETIuG0uJ29+2PsBq590wm6XQm")
    assert sign(TOKEN, "1767225602", "8801237465", encrypted) == (
        "2fe318a68321ca73d9cd67e2b6401c5d32af79aa"
    )


def test_what_is_meant_for_another_corp_is_not_opened() -> None:
    encrypted = seal(key_of(KEY), EVENT.encode(), CORP)

    for key, receiver in ((KEY, "wwother"), (SAMPLE["key"], CORP)):
        with pytest.raises(NotOurs):
            open_sealed(key_of(key), encrypted, receiver)
