"""A Postfix of one's own on loopback: takes letters by SMTP, hands them over to `listener`."""

from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
import tempfile
import time
from pathlib import Path

from tests.crash.site import free_port

PATHS = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
PROGRAM = shutil.which("postfix", path=PATHS)
MAIN = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
myhostname = mx.alksniai.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
relay_domains = alksniai.example
transport_maps = inline:{{ alksniai.example={transport} }}
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
lmtp_destination_concurrency_limit = 10
lmtp_connection_cache_on_demand = no
lmtp_data_done_timeout = 20s
message_size_limit = 60000000
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
destination_concurrency_failed_cohort_limit = 0
default_destination_concurrency_failed_cohort_limit = 0
default_transport = discard:bounces go nowhere
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Started with a configuration and a queue of its own; must be run as root."""

    def __init__(self, transport: str) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="postfix-"))
        self.home.chmod(0o755)  # its programs run as a user of their own
        self.port = free_port()
        for name in ("queue", "data", "config"):
            (self.home / name).mkdir(mode=0o755)
        shutil.chown(self.home / "data", "postfix")
        facts = {"home": self.home, "port": self.port, "transport": transport}
        (self.home / "config" / "main.cf").write_text(MAIN.format(**facts))
        (self.home / "config" / "master.cf").write_text(MASTER.format(**facts))

    def __enter__(self) -> Postfix:
        self.command("start")
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                smtplib.SMTP("127.0.0.1", self.port, timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError(f"Postfix does not start:\n{self.log}")

    def __exit__(self, *_error: object) -> None:
        self.command("stop")
        shutil.rmtree(self.home, ignore_errors=True)

    def command(self, what: str) -> None:
        done = subprocess.run(
            [PROGRAM, "-c", str(self.home / "config"), what],
            env={**os.environ, "PATH": PATHS}, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"postfix {what}: {done.stdout}{done.stderr}{self.log}")

    @property
    def log(self) -> str:
        file = self.home / "log"
        return file.read_text() if file.exists() else ""

    def waiting(self) -> int:
        """Letters that were not handed over yet."""
        queues = ("maildrop", "incoming", "active", "deferred")
        files = [each for name in queues for each in (self.home / "queue" / name).rglob("*")]
        return sum(each.is_file() for each in files)
