"""A number copied from paper: what a check digit shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.text.checkdigits import check_digit, checked

NUMBERS = st.integers(0, 10**8)


@given(NUMBERS, st.integers(0, 4))
def test_a_number_copied_rightly_comes_back(number, zeros):
    assert checked(f"{'0' * zeros}{number}{check_digit(number)}") == number


@given(NUMBERS, st.data())
def test_every_single_wrong_digit_shows(number, data):
    code = f"{number}{check_digit(number)}"
    at = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != code[at]]))

    assert checked(code[:at] + wrong + code[at + 1 :]) is None


@given(NUMBERS, st.data())
def test_every_two_swapped_neighbours_show(number, data):
    code = f"{number}{check_digit(number)}"
    at = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]

    assert swapped == code or checked(swapped) is None


@pytest.mark.parametrize("said", ["", "6", "4x6", "٤٢٦", "-426", "4 26"])
def test_what_is_no_code_is_none(said):
    assert checked(said) is None


def test_below_zero_there_is_none():
    with pytest.raises(ValueError, match="0 or more"):
        check_digit(-1)
