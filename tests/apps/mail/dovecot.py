"""A real Dovecot on the loopback, with a certificate of an authority made for the test.

Everything lies in one folder and ends with it. Started as root its processes drop to users of
Debian's package; as anybody else they are that very person.
"""

from __future__ import annotations

import getpass
import grp
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST, PASSWORD = "localhost", "slaptažodis"
CONFIG = """
base_dir = {run}
state_dir = {run}
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
mail_uid = {owner}
mail_gid = {group_of_owner}
first_valid_uid = 0
first_valid_gid = 0
auth_mechanisms = plain xoauth2
auth_username_format = %Lu
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  mechanisms = plain
  args = scheme=PLAIN {folder}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={owner} gid={group_of_owner} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
OAUTH = """
introspection_mode = post
introspection_url = {tokens}/introspect
username_attribute = email
active_attribute = active
active_value = true
force_introspection = yes
"""


def program() -> str | None:
    """Where Dovecot is; servers are not always on the path."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@dataclass
class Server:
    """A running mail server and what the test needs to speak to it."""

    folder: Path
    port: int
    tokens: TokenServer

    @property
    def authority(self) -> str:
        return str(self.folder / "authority.pem")

    def deliver(self, user: str, raw: bytes, received_at: datetime, name: str) -> None:
        """Put a letter into the mailbox as delivery does: a file that is renamed into place."""
        inbox = self.folder / "mail" / user / "new"
        for part in (inbox.parent, inbox, inbox.parent / "tmp", inbox.parent / "cur"):
            if not part.exists():
                part.mkdir()
                _give(part)
        waiting = inbox.parent / "tmp" / name
        waiting.write_bytes(raw)
        os.utime(waiting, (received_at.timestamp(), received_at.timestamp()))
        _give(waiting)
        waiting.rename(inbox / name)

    def unread(self, user: str) -> int:
        """Letters nobody has opened."""
        box = self.folder / "mail" / user
        seen = [one for one in (box / "cur").iterdir() if "S" in one.name.rpartition(",")[2]]
        return len(list((box / "new").iterdir())) + len(list((box / "cur").iterdir())) - len(seen)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start the server in an empty folder; stop it at the end."""
    folder.chmod(0o755)
    for part in ("mail", "run"):
        (folder / part).mkdir(mode=0o755)
    _give(folder / "mail")
    certify(folder)
    port = free_port()
    names = [f"laiskai{n}@alksniai.example" for n in range(1, 10)]
    (folder / "users").write_text("".join(f"{name}:{PASSWORD}\n" for name in names))
    with token_server() as tokens:
        (folder / "oauth2.conf").write_text(OAUTH.format(tokens=tokens.url))
        config = folder / "dovecot.conf"
        config.write_text(CONFIG.format(folder=folder, run=folder / "run", port=port, **_who()))
        process = subprocess.Popen(
            [str(program()), "-F", "-c", str(config)], stderr=subprocess.PIPE
        )
        try:
            _wait(port, process, folder)
            yield Server(folder, port, tokens)
        finally:
            process.terminate()
            process.wait(10)
            if process.stderr:
                process.stderr.close()


def _who() -> dict[str, str]:
    """As whom its processes run."""
    if os.geteuid() == 0:
        return {"internal": "dovecot", "login": "dovenull", "group": "dovecot",
                "owner": "nobody", "group_of_owner": "nogroup"}  # fmt: skip
    me = getpass.getuser()
    group = grp.getgrgid(os.getegid()).gr_name
    return {"internal": me, "login": me, "group": group, "owner": me, "group_of_owner": group}


def _give(path: Path) -> None:
    """Letters are the mailbox owner's; Dovecot refuses to be root for anybody."""
    if os.geteuid() == 0:
        shutil.chown(path, "nobody", "nogroup")


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _try in range(600):
        if process.poll() is not None:
            log = folder / "dovecot.log"
            said = process.stderr.read().decode() if process.stderr else ""
            raise AssertionError(said + (log.read_text() if log.exists() else ""))
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("Dovecot does not answer")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def certify(folder: Path) -> None:
    """authority.pem, and server.pem with server.key for localhost."""
    authority_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("Test authority", authority_key, None, authority_key)
    server = _certificate(HOST, server_key, authority, authority_key)
    (folder / "authority.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    (folder / "server.pem").write_bytes(server.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        server_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    signs: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)  # noqa: TID251 - of the certificate, which is looked at by the clock
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signs.public_key()), critical=False
        )
        .sign(signs, hashes.SHA256())
    )


@dataclass
class TokenServer:
    """Plays Google and Microsoft: gives tokens, and tells Dovecot whose a token is.

    codes   code -> the owner who allowed it, and the challenge it was asked with
    asked   what came, newest last
    revokes   what it answers when a permission is given back
    """

    url: str
    codes: dict[str, str] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)
    access: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    rotates: bool = False
    revokes: tuple[int, dict[str, object]] = (200, {})

    def answer(self, path: str, said: dict[str, str]) -> tuple[int, dict[str, object]]:
        self.asked.append(said)
        if path == "/introspect":
            owner = self.access.get(said.get("token", ""), "")
            return 200, {"active": bool(owner), "email": owner}
        if path == "/revoke":
            known = self.refresh.pop(said.get("token", ""), "")
            return self.revokes if known else (400, {"error": "invalid_token"})
        given = said.get("code") or said.get("refresh_token", "")
        owner = self.codes.pop(given, "") or self.refresh.get(given, "")
        if not owner:
            return 400, {"error": "invalid_grant"}
        number = len(self.asked)
        self.access[f"access{number}"] = owner
        found: dict[str, object] = {"access_token": f"access{number}", "expires_in": 3600}
        if "code" in said or self.rotates:
            self.refresh = {f"refresh{number}": owner}
            found["refresh_token"] = f"refresh{number}"
        return 200, found


@contextmanager
def token_server() -> Iterator[TokenServer]:
    found = TokenServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            path = urlsplit(self.path)
            said = {key: one[0] for key, one in parse_qs(body or path.query).items()}
            status, answer = found.answer(path.path, said)
            words = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def cutting(port: int, folder: Path, after: int) -> Iterator[int]:
    """A door before the server that drops the line after so many bytes of answers; its port.

    It speaks TLS on both sides, so what is cut is the mail protocol, in the midst of a letter.
    """
    inside = ssl.create_default_context(cafile=str(folder / "authority.pem"))
    outside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    outside.load_cert_chain(folder / "server.pem", folder / "server.key")
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _address = door.accept()
            except OSError:
                return
            with suppress(OSError):
                here = outside.wrap_socket(caller, server_side=True)
                there = inside.wrap_socket(
                    socket.create_connection(("127.0.0.1", port)), server_hostname=HOST
                )
                threading.Thread(target=_pass_on, args=(here, there), daemon=True).start()
                _pass_on(there, here, after)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(door.getsockname()[1])
    finally:
        door.close()


def _pass_on(source: ssl.SSLSocket, target: ssl.SSLSocket, most: int | None = None) -> None:
    """Bytes from one to the other; after `most` of them both lines are dead."""
    left = most
    with suppress(OSError):
        while words := source.recv(65536):
            target.sendall(words if left is None else words[:left])
            if left is not None:
                left -= len(words)
                if left <= 0:
                    break
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            one.close()
