"""A virus scanner asked over a real socket, by clamd's own protocol."""

from __future__ import annotations

import socket
import struct
import threading

import pytest

from sutarta.formats.uploads import Infected, Unreachable, scan
from tests.scanner import Scanner


@pytest.mark.parametrize("unix", [False, True])
def test_a_harmless_file_passes_whole(tmp_path, unix):
    data = bytes(range(256)) * 1000  # more than one chunk

    with Scanner(tmp_path / "clamd.sock" if unix else None) as scanner:
        scan(scanner.address, data)

    assert scanner.scanned == [data]


def test_a_harmful_file_is_named(tmp_path):
    with Scanner() as scanner, pytest.raises(Infected) as infected:
        scan(scanner.address, b"x" + Scanner.HARMFUL + b"y")

    assert str(infected.value) == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"\xff"])
def test_any_other_answer_is_no_verdict(answer):
    with Scanner(answer=answer) as scanner, pytest.raises(Unreachable):
        scan(scanner.address, b"x")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "127.0.0.1:x"])
def test_a_scanner_that_is_away_gives_no_verdict(address):
    with pytest.raises(Unreachable):
        scan(address, b"x")


def test_a_scanner_that_says_nothing_is_waited_for_no_longer_than_told():
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(Unreachable):
        scan(f"127.0.0.1:{server.getsockname()[1]}", b"x", seconds=0.2)


def test_the_scanner_of_these_tests_reads_the_protocol_strictly():
    with Scanner() as scanner, socket.create_connection(scanner.place) as wire:
        wire.sendall(b"zINSTREAM\0" + struct.pack(">I", 1) + b"x" + struct.pack(">I", 0))
        assert wire.recv(100) == b"stream: OK\0"
    assert threading.active_count() < 50
