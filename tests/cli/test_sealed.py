"""The sealed file: what goes in comes out, and nothing else does."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutarta.cli.keeping import sealed
from sutarta.cli.stop import Stop

KEY, OTHER = bytes(range(32)), bytes(32)
SMALL = 16  # bytes of a chunk, so that few bytes make many chunks


@pytest.fixture(autouse=True, scope="module")
def small_chunks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "CHUNK", SMALL)
        yield


def seal(content: bytes, key: bytes = KEY, piece: int = 7) -> bytes:
    out = io.BytesIO()
    sealing = sealed.Sealing(out, key)
    for start in range(0, len(content), piece):
        sealing.write(content[start : start + piece])
    sealing.finish()
    return out.getvalue()


def unseal(data: bytes, key: bytes = KEY) -> bytes:
    return sealed.Opening(io.BytesIO(data), key).readall()


@given(st.binary(max_size=5 * SMALL), st.integers(1, 3 * SMALL))
def test_what_was_sealed_comes_out(content, piece):
    assert unseal(seal(content, piece=piece)) == content


@settings(max_examples=200)
@given(st.binary(max_size=3 * SMALL), st.data())
def test_any_changed_byte_is_noticed(content, data):
    whole = bytearray(seal(content))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Stop):
        unseal(bytes(whole))


@given(st.binary(max_size=3 * SMALL), st.data())
def test_a_file_cut_short_is_noticed(content, data):
    whole = seal(content)

    with pytest.raises(Stop):
        unseal(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.binary(max_size=3 * SMALL), st.binary(min_size=1, max_size=40))
def test_a_file_with_something_added_is_noticed(content, more):
    with pytest.raises(Stop):
        unseal(seal(content) + more)


def test_chunks_in_another_order_are_noticed():
    whole = seal(b"a" * SMALL + b"b" * SMALL + b"c")
    head, step = len(sealed.MAGIC) + sealed.SALT, SMALL + sealed.TAG
    first, second = whole[head : head + step], whole[head + step : head + 2 * step]

    with pytest.raises(Stop):
        unseal(whole[:head] + second + first + whole[head + 2 * step :])


def test_another_key_opens_nothing():
    with pytest.raises(Stop, match="was made with another key"):
        unseal(seal(b"secret"), OTHER)


def test_the_same_content_never_looks_the_same_twice():
    assert seal(b"same") != seal(b"same")


@pytest.mark.parametrize("text", ["", "zz", "00" * 31, "00" * 33])
def test_a_key_file_holds_32_bytes(tmp_path, text):
    (tmp_path / "key").write_text(text)

    with pytest.raises(Stop, match="is not a key file"):
        sealed.read_key(tmp_path / "key")
