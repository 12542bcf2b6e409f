"""How a machine runs a witness by itself: a timer for systemd, a line for cron, one for Windows."""

from __future__ import annotations

import shlex
import subprocess

SYSTEMD = """\
# /etc/systemd/system/sutarta-witness.service
[Unit]
Description=Witness of public logs
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
DynamicUser=yes
StateDirectory=sutarta-witness
WorkingDirectory=/var/lib/sutarta-witness
ExecStart={command}
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes

# /etc/systemd/system/sutarta-witness.timer
[Unit]
Description=Look at public logs every {minutes} minutes

[Timer]
OnBootSec=2min
OnUnitActiveSec={minutes}min
RandomizedDelaySec=30
Persistent=yes

[Install]
WantedBy=timers.target

# then: sudo systemctl enable --now sutarta-witness.timer

# cron, instead (alarms and long silence come as mail):
*/{minutes} * * * * {quiet}

# Windows, instead:
# schtasks /Create /SC MINUTE /MO {minutes} /TN "Sutarta witness" /TR {windows}
"""


def text(arguments: list[str], folder: str, minutes: int) -> str:
    """The files' text.

    arguments   of `sutarta witness` apart from the folder
    folder      where cron keeps it; systemd has a folder of its own
    """
    in_place = ["sutarta", "witness", *arguments, "--folder"]
    return SYSTEMD.format(
        command=shlex.join(["/usr/local/bin/sutarta", *in_place[1:], "/var/lib/sutarta-witness"]),
        quiet=f"{shlex.join([*in_place, folder])} >/dev/null".replace("%", r"\%"),
        windows=subprocess.list2cmdline([subprocess.list2cmdline([*in_place, folder])]),
        minutes=minutes,
    )
