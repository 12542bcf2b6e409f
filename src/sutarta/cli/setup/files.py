"""The files a server needs: settings, a systemd unit, a Caddy configuration."""

from __future__ import annotations

import getpass
import os
import re
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
# Everything, every half minute: a folder on another disk or machine; docs/second-place.md.
# SUTARTA_SHIP_TO=
"""

FACTS_OF_CADDY = re.compile(
    r"email (?P<email>\S+).*reverse_proxy 127\.0\.0\.1:(?P<port>[0-9]+)", re.DOTALL
)


def write_settings(data: Path, email: str) -> None:
    """The settings file of a public site, unless there is one."""
    place.write_once(data / place.OWN_SETTINGS, Template(OWN_SETTINGS).substitute(email=email))


def write_service(data: Path, email: str, port: int) -> list[str]:
    """Write the unit and the Caddy configuration; returns lines that say how to install them."""
    from django.conf import settings

    from sutarta.apps.tenants import queries

    is_root = os.getuid() == 0
    facts = {
        "data": data,
        "backups": settings.BACKUPS,
        "second": f" -{settings.SHIP_TO}" if settings.SHIP_TO else "",  # - for: it may be unplugged
        "user": "sutarta" if is_root else getpass.getuser(),
        "python": sys.executable,
        "hosts": ", ".join(queries.host_names()),
        "email": email,
        "port": port,
    }
    for name in ("sutarta.service", "Caddyfile"):
        (data / name).write_text(_template(name).substitute(facts))
    settings.BACKUPS.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _how_to_install(data, settings.BACKUPS, is_root=is_root)


def renew_caddy(data: Path) -> list[str]:
    """List every host name in the Caddy configuration; returns lines that say how to install it.

    Where none of ours was written, such as in a demo, there is nothing to say.
    """
    from sutarta.apps.tenants import queries

    file = data / "Caddyfile"
    known = FACTS_OF_CADDY.search(file.read_text()) if file.exists() else None
    if known is None:
        return []
    facts = {**known.groupdict(), "hosts": ", ".join(queries.host_names())}
    file.write_text(_template("Caddyfile").substitute(facts))
    return ["The web server must learn the name:", _install_caddy(file)]


def _install_caddy(file: Path) -> str:
    return f"  sudo install -m 644 {file} /etc/caddy/Caddyfile && sudo systemctl reload caddy"


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
        _install_caddy(caddy),
    ]
