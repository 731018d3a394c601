"""A sealed secret opens under its key and for its purpose, and under nothing else."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from yutang.kit.sealing import SealBroken, is_sealed_as_now, new_key, seal, unseal


@given(st.text(), st.text())
def test_what_was_sealed_opens_again(secret: str, purpose: str) -> None:
    sealed = seal(secret, purpose=purpose)

    assert unseal(sealed, purpose=purpose) == secret
    assert sealed.isascii()
    assert seal(secret, purpose=purpose) != sealed


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-6] + "AAAA==", lambda s: s[:-9], lambda _: "", str.upper]
)
def test_what_was_altered_does_not_open(spoil) -> None:
    with pytest.raises(SealBroken):
        unseal(spoil(seal("JBSWY3DP", purpose="totp:7")), purpose="totp:7")


def test_it_does_not_open_for_another_purpose() -> None:
    with pytest.raises(SealBroken):
        unseal(seal("JBSWY3DP", purpose="totp:7"), purpose="totp:8")


def test_the_first_key_seals_and_all_of_them_open(settings) -> None:
    derived = seal("a", purpose="x")
    first, second = new_key("2026"), new_key("2027")
    settings.YUTANG_SECRETS_KEYS = first
    old = seal("b", purpose="x")
    settings.YUTANG_SECRETS_KEYS = f"{second}, {first}"

    assert [unseal(each, purpose="x") for each in (derived, old)] == ["a", "b"]
    assert seal("c", purpose="x").startswith("v1.2027.")
    assert [is_sealed_as_now(each) for each in (old, seal("c", purpose="x"))] == [False, True]


@pytest.mark.parametrize("written", ["2027", "2027:short", ":", "a:" + "x" * 43 + ",a:" + "y" * 43])
def test_keys_that_are_none_are_refused_with_what_to_do(written: str, settings) -> None:
    settings.YUTANG_SECRETS_KEYS = written

    with pytest.raises(ImproperlyConfigured, match="yutang secrets key"):
        seal("a", purpose="x")
