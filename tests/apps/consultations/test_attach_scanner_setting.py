"""Where the virus scanner listens: nonsense is refused at start."""

import pytest

from sutarta.config import env


@pytest.mark.parametrize("address", ["", "localhost:3310", "[::1]:3310", "/run/clamav/clamd.ctl"])
def test_an_address_that_can_be_used(address):
    assert env.scanner(address) == address


@pytest.mark.parametrize("address", ["localhost", "localhost:", ":3310", "host:port", "clamd.ctl"])
def test_nonsense_is_refused_in_a_sentence(address):
    with pytest.raises(env.BadSetting, match="SUTARTA_CLAMAV"):
        env.scanner(address)
