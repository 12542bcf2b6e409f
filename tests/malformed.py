"""What is no note, key, checkpoint, promise or handover: refused in Python and in the browser."""

from base64 import b64encode

from sutarta.core.translog import Checkpoint, Note, Signer
from sutarta.core.translog.notes import COSIGNATURE, LONGEST, MOST_SIGNATURES

ORIGIN = "alksniai.example/log/1"
ROOT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
OTHER = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB="  # the same 32 bytes, if one looks away
AT = "2026-11-22T13:00:00.000000+00:00"
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"  # of Go's tests

KEY = Signer("example.org/log", bytes(range(32)))
BODY = Checkpoint("example.org/log", 7, bytes(32)).text
NOTE = Note(BODY).signed(KEY.sign(BODY))
LINE = str(KEY.sign(BODY))
VKEY = Signer(ORIGIN, bytes([1]) * 32).verifier


CHECKPOINTS = [
    "",
    "\n",
    "\n\n\n",
    f"a\n7\n{ROOT}",
    f"\n7\n{ROOT}\n",
    f"a\n\n{ROOT}\n",
    "a\n7\n\n",
    f"a\n7\n{ROOT}\n\n",
    f"a\n7\n{ROOT}\nmore\n\nmore\n",
    f"a\n7\n{ROOT}\nmore",
    f"a\n07\n{ROOT}\n",
    f"a\n00\n{ROOT}\n",
    f"a\n+7\n{ROOT}\n",
    f"a\n-7\n{ROOT}\n",
    f"a\n-0\n{ROOT}\n",
    f"a\n 7\n{ROOT}\n",
    f"a\n7 \n{ROOT}\n",
    f"a\n7\r\n{ROOT}\n",
    f"a\r\n7\n{ROOT}\n",
    f"a\n7_0\n{ROOT}\n",
    f"a\n7.0\n{ROOT}\n",
    f"a\n0x7\n{ROOT}\n",
    f"a\n٧\n{ROOT}\n",
    f"a\n７\n{ROOT}\n",
    f"a\n²\n{ROOT}\n",
    f"a\n{2**63}\n{ROOT}\n",
    f"a\n{2**64 + 7}\n{ROOT}\n",
    f"a\n{'9' * 5000}\n{ROOT}\n",
    f"a\n7\n{ROOT[:-1]}\n",
    f"a\n7\n{ROOT}=\n",
    f"a\n7\n {ROOT}\n",
    f"a\n7\n{OTHER}\n",
    f"a\n7\n{ROOT[:20]}\n",
    f"a\n7\n{b64encode(bytes(31)).decode()}\n",
    f"a\n7\n{b64encode(bytes(33)).decode()}\n",
    f"a\n7\n{'_' * 43}=\n",
    f"a\n7\n{'ą' * 44}\n",
    f"a\x00\n7\n{ROOT}\n",
    f"\ud800\n7\n{ROOT}\n",
    f"a\n7\n{ROOT}\n\t\n",
]

PROMISES = [
    "",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n{AT}",
    f"sutarta.promise/2\n{ORIGIN}\n{ROOT}\n{AT}\n",
    f"sutarta.key/1\n{ORIGIN}\n{ROOT}\n{AT}\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n{AT}\n\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n{AT}\nmore\n",
    f"sutarta.promise/1\n\n{ROOT}\n{AT}\n",
    f"sutarta.promise/1\n7\n{ROOT}\n{AT}\n",
    f"sutarta.promise/1\n{ORIGIN}\r\n{ROOT}\n{AT}\n",
    f"sutarta.promise/1\n{ORIGIN}\n{OTHER}\n{AT}\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT[4:]}\n{AT}\n",
    f"sutarta.promise/1\n{ORIGIN}\nnone\n{AT}\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\nyesterday\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n2026-11-22\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n2026-11-22T13:00:00Z\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n2026-11-22T13:00:00.000000\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n2026-11-22T15:00:00.000000+02:00\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n2026-11-22 13:00:00.000000Z\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n2026-13-22T13:00:00.000000Z\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n2026-W47-7T13:00:00.000000Z\n",
    f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n{AT} \n",
]

HANDOVERS = [
    "",
    f"sutarta.key/1\n{ORIGIN}\n{VKEY}",
    f"sutarta.key/2\n{ORIGIN}\n{VKEY}\n",
    f"sutarta.key/1\n\n{VKEY}\n",
    f"sutarta.key/1\n{ORIGIN}\n{VKEY} \n",
    f"sutarta.key/1\n{ORIGIN}\n{VKEY}\nmore\n",
    f"sutarta.key/1\n{ORIGIN}\n{str(VKEY)[:-1]}\n",
    f"sutarta.key/1\n{ORIGIN}\n{Signer(ORIGIN, bytes(32), COSIGNATURE).verifier}\n",
]

SIGNATURES = [
    "",
    "\n",
    LINE[:-1],
    LINE + "\n",
    LINE + "x\n",
    LINE + "unexpected line\n",
    "\n" + LINE + "\n" + LINE + "\n",
    LINE.replace("—", "-"),
    LINE.replace("—", "–"),
    LINE.replace("— ", "—"),
    LINE.replace("— ", "—  "),
    LINE.replace("— ", "—\u00a0"),
    " " + LINE,
    LINE.replace("example", "exa mple"),
    LINE.replace("example", "exa+mple"),
    LINE.replace("example", "exa\u2003mple"),
    LINE.replace("example.org/log", ""),
    LINE.replace("log ", "log  "),
    LINE[:-1] + " \n",
    LINE[:-1] + "=\n",
    LINE[:-2] + "\n",
    "— example.org/log \n",
    "— example.org/log AAAA\n",
    "— example.org/log AAAAAA==\n",
    "— example.org/log ĄĄĄĄ\n",
    LINE.replace("+", "-").replace("/", "_"),
    LINE + "\x00",
    LINE * (MOST_SIGNATURES + 1),
]

NOTES = [
    "",
    "\n",
    "\n\n",
    "\n\n\n",
    BODY,
    BODY + LINE,
    BODY + "\r\n\r\n" + LINE,
    str(NOTE).replace("\n", "\r\n"),
    "\x01" + str(NOTE),
    str(NOTE).replace("7", "7\t"),
    "\ud800" + str(NOTE),
    str(NOTE).encode() + b"\xff",
    b"\xc0\xaf" + str(NOTE).encode(),
    b"\xed\xa0\x80" + str(NOTE).encode(),
    str(NOTE).encode("utf-16"),
    "a" * LONGEST + "\n\n" + LINE,
    b"a" * LONGEST + b"\n\n" + LINE.encode(),
    "\n" * (LONGEST + 1),
]

KEYS = [
    "",
    "+",
    "++",
    "a+b+c",
    # right hashes over a key too long, and of an unknown kind (of Go's tests)
    "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    PETER.replace("c74f20a3", "C74F20A3"),
    PETER.replace("+c74f", " +c74f"),
    PETER + "=",
    PETER + "\n" + PETER,
    PETER.replace("/", "_"),
    "x" * 2_000_000,
    "\ud800+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "ė" + PETER,
]
