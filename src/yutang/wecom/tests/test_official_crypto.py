"""The platform's own package for JavaScript, `@wecom/crypto`, agrees with what we seal, open and sign.

It is one of the console's development packages; it is run once, for all texts.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from yutang.guides.service import signature as page_signature
from yutang.wecom.callbacks.envelope import Envelope
from yutang.wecom.tests.builders import AES_KEY, CORP_ID, TOKEN
from yutang_sandbox import crypto as sandbox

_LIBRARY = Path(__file__).parents[4] / "console" / "node_modules" / "@wecom" / "crypto"
_SCRIPT = Path(__file__).with_name("official_crypto.cjs")
AT, NONCE = "1767225602", "8801237465"
ENVELOPE, KEY = Envelope(TOKEN, AES_KEY, CORP_ID), sandbox.key_of(AES_KEY)
# Every padding there is, and texts of several bytes a character.
TEXTS = [*("x" * length for length in range(40)), "<xml>茶馆 🍵</xml>", "茶" * 7_000, "a\0b"]
PAGE = {
    "url": "https://tea.example/w/house/sidebar?to=张&x=1",
    "ticket": "kgt8ON7yVITDhtdwci0qeQ",
    "nonceStr": "Wm3WZYTPz0wzccnW",
    "timestamp": 1767225602,
}


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    """Return what the package made of our envelopes, and its own."""
    node = shutil.which("node")
    if node is None or not _LIBRARY.exists():
        said = "needs node and the console's development packages (make check brings them)"
        (pytest.fail if os.environ.get("YUTANG_REQUIRE_BROWSER") else pytest.skip)(said)
    given = {
        "library": str(_LIBRARY),
        "token": TOKEN,
        "key": AES_KEY,
        "receiver": CORP_ID,
        "timestamp": AT,
        "nonce": NONCE,
        "sealed": [ENVELOPE.seal(each) for each in TEXTS]
        + [sandbox.seal(KEY, each.encode(), CORP_ID) for each in TEXTS],
        "texts": TEXTS,
        "page": PAGE,
    }
    ran = subprocess.run(
        [node, _SCRIPT], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    made: dict[str, Any] = json.loads(ran.stdout)
    return made


def test_what_we_and_the_sandbox_seal_it_opens(theirs: dict[str, Any]) -> None:
    assert [each["message"] for each in theirs["opened"]] == TEXTS * 2
    assert {each["id"] for each in theirs["opened"]} == {CORP_ID}


def test_what_it_seals_and_signs_we_and_the_sandbox_open(theirs: dict[str, Any]) -> None:
    signed = [(each["signature"], each["encrypted"]) for each in theirs["sealed"]]

    assert [ENVELOPE.open(mark, AT, NONCE, each) for mark, each in signed] == TEXTS
    assert [sandbox.open_sealed(KEY, each, CORP_ID).decode() for _, each in signed] == TEXTS


def test_it_signs_as_we_and_the_sandbox_do(theirs: dict[str, Any]) -> None:
    for each in theirs["opened"] + theirs["sealed"]:
        assert ENVELOPE.signature(AT, NONCE, each["encrypted"]) == each["signature"]
        assert sandbox.sign(TOKEN, AT, NONCE, each["encrypted"]) == each["signature"]
    ours = page_signature(PAGE["ticket"], PAGE["nonceStr"], PAGE["timestamp"], PAGE["url"])
    assert ours == theirs["page"]
