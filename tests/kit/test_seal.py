"""Signatures, sealed fields and blind look-ups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.seal import SealBroken, Sealer, new_key, new_master_key, public_key, sign, verify

KEY = new_key()
SEALER = Sealer(bytes(range(32)))
ID_NUMBER = b"people.person.id_number"
PHONE = b"people.person.phone"
texts = st.text(max_size=40)


@given(st.binary(max_size=60), st.binary(min_size=1, max_size=4))
def test_signature_holds_for_its_message_only(message, more):
    signature = sign(KEY, message)
    assert len(signature) == 64
    assert verify(public_key(KEY), signature, message)
    assert not verify(public_key(KEY), signature, message + more)
    assert not verify(public_key(KEY), signature[:-1], message)
    assert not verify(public_key(new_key()), signature, message)


@pytest.mark.parametrize("key", [b"", b"not a key", public_key(KEY)])
def test_sign_refuses_what_is_no_private_key(key):
    with pytest.raises(SealBroken, match="私钥"):
        sign(key, b"head")


@pytest.mark.parametrize("key", [b"", b"not a key", KEY])
def test_verify_refuses_what_is_no_public_key(key):
    with pytest.raises(SealBroken, match="公钥"):
        verify(key, bytes(64), b"head")


@given(texts)
def test_open_gives_back_what_was_sealed(text):
    sealed = SEALER.seal(text, ID_NUMBER)
    assert SEALER.open(sealed, ID_NUMBER) == text
    assert len(sealed) == len(text.encode()) + 29
    assert SEALER.seal(text, ID_NUMBER) != sealed


@given(texts, st.data())
def test_open_refuses_any_changed_byte(text, data):
    sealed = bytearray(SEALER.seal(text, ID_NUMBER))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken, match="加密字段people"):
        SEALER.open(bytes(sealed), ID_NUMBER)


@given(texts, st.integers(0, 28))
def test_open_refuses_a_cut_value(text, length):
    with pytest.raises(SealBroken):
        SEALER.open(SEALER.seal(text, ID_NUMBER)[:length], ID_NUMBER)


def test_open_refuses_another_column_and_another_key():
    sealed = SEALER.seal("13800138000", PHONE)
    with pytest.raises(SealBroken):
        SEALER.open(sealed, ID_NUMBER)
    with pytest.raises(SealBroken):
        Sealer(new_master_key()).open(sealed, PHONE)


@given(texts, texts)
def test_blind_index_is_equal_exactly_for_equal_texts(one, other):
    index = SEALER.blind_index(one, ID_NUMBER)
    assert len(index) == 16
    assert (index == Sealer(bytes(range(32))).blind_index(other, ID_NUMBER)) == (one == other)


@given(texts)
def test_blind_index_tells_nothing_across_columns_or_keys(text):
    index = SEALER.blind_index(text, ID_NUMBER)
    assert index != SEALER.blind_index(text, PHONE)
    assert index != Sealer(bytes(32)).blind_index(text, ID_NUMBER)


def test_sealer_keeps_reading_what_earlier_releases_wrote():
    sealed = bytes.fromhex("018ae0ebcdecf5852acc2152e65740869b7b586d18da54dac889e79d7e92e81cfb833e78d2502721")
    assert SEALER.open(sealed, PHONE) == "13800138000"
    assert SEALER.blind_index("13800138000", PHONE).hex() == "b213b76b9d6dc16b98c5c38d3dc11853"


def test_sealer_refuses_a_master_key_of_another_length():
    with pytest.raises(SealBroken, match="现为16字节"):
        Sealer(bytes(16))
