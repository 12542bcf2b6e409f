"""The files a server needs: settings, a systemd unit, a Caddy configuration."""

from __future__ import annotations

import getpass
import os
import sys
from importlib import resources
from pathlib import Path
from string import Template

from sutarta.cli import place

OWN_SETTINGS = """\
# Settings of this installation, one NAME=value a line; docs/operating.md lists them all.
SUTARTA_HTTPS=yes
SUTARTA_BEHIND_PROXY=yes
# Letters: smtp://user:password@mail.example.lt:587 (or smtps://), and their sender.
# SUTARTA_MAIL_URL=
# SUTARTA_MAIL_FROM=$email
# Nightly backups: a folder on another disk or machine.
# SUTARTA_BACKUPS=
"""


def write_settings(data: Path, email: str) -> None:
    """The settings file of a public site, unless there is one."""
    place.write_once(data / place.OWN_SETTINGS, Template(OWN_SETTINGS).substitute(email=email))


def write_service(data: Path, host: str, email: str, port: int) -> list[str]:
    """Write the unit and the Caddy configuration; returns lines that say how to install them."""
    from django.conf import settings

    is_root = os.getuid() == 0
    facts = {
        "data": data,
        "backups": settings.BACKUPS,
        "user": "sutarta" if is_root else getpass.getuser(),
        "python": sys.executable,
        "host": host,
        "email": email,
        "port": port,
    }
    for name in ("sutarta.service", "Caddyfile"):
        (data / name).write_text(_template(name).substitute(facts))
    settings.BACKUPS.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _how_to_install(data, settings.BACKUPS, is_root=is_root)


def _template(name: str) -> Template:
    return Template((resources.files(__package__) / f"{name}.template").read_text())


def _how_to_install(data: Path, backups: Path, *, is_root: bool) -> list[str]:
    make_user = (
        f"useradd --system --home-dir {data} sutarta; chown -R sutarta: {data} {backups} && "
        if is_root
        else ""
    )
    unit, caddy = data / "sutarta.service", data / "Caddyfile"
    return [
        "Two commands install the service and the web server in front of it:",
        f"  {make_user}sudo install -m 644 {unit} /etc/systemd/system/ "
        "&& sudo systemctl enable --now sutarta",
        f"  sudo install -m 644 {caddy} /etc/caddy/Caddyfile && sudo systemctl reload caddy",
    ]
