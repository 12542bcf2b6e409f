"""Canonical bytes, digests and salted fingerprints."""

import hashlib

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.canonical import canonical_bytes, digest, fingerprint

SALT = bytes(range(32))

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | TEXTS
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def test_names_are_sorted_and_nothing_is_padded():
    assert canonical_bytes({"b": [1, 2.0, None], "a": "ą"}) == '{"a":"ą","b":[1,2,null]}'.encode()


@given(st.dictionaries(TEXTS, VALUES))
def test_the_order_in_which_names_were_given_does_not_matter(value):
    assert canonical_bytes(dict(reversed(value.items()))) == canonical_bytes(value)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 2**53, {1: "one"}, b"bytes", "\ud800", {"\ud800": 1}, object()],
)
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match="canonical JSON cannot hold this value"):
        canonical_bytes(value)


@given(VALUES | st.text() | st.dictionaries(st.text(), st.integers() | st.text()))
def test_the_short_way_says_what_the_library_says(value):
    try:
        expected = rfc8785.dumps(value)
    except ValueError:
        with pytest.raises(ValueError, match="canonical JSON cannot hold this value"):
            canonical_bytes(value)
    else:
        assert canonical_bytes(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "".join(map(chr, range(0x300))) + "\u2028\u2029\ufeff\uffff\U0001f600",
        {"\uffff": 1, "\U0001f600": 2, "a": 3},
        [True, 1, 1.0, -0.0, 1e21, 2**53 - 1, None, (), {}],
    ],
)
def test_every_kind_of_character_name_and_number_is_said_as_the_library_says_it(value):
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(VALUES)
def test_a_digest_is_the_hash_of_the_canonical_bytes(value):
    assert digest(value) == hashlib.sha256(canonical_bytes(value)).hexdigest()


@given(st.binary(min_size=32, max_size=32), VALUES)
def test_a_fingerprint_hashes_the_salt_first(salt, value):
    expected = hashlib.sha256(salt + canonical_bytes(value)).hexdigest()

    assert fingerprint(salt, value) == expected


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="a salt has 32 bytes"):
        fingerprint(bytes(length), "text")
