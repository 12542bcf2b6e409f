"""Reading the environment: nonsense is refused at start, in one sentence."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(ValueError):
    """A setting in the environment cannot be used; the text says which and why."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value in {"", "1", "yes", "true", "on", "0", "no", "false", "off"}:
        return default if value == "" else value in {"1", "yes", "true", "on"}
    raise BadSetting(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    value = text(name)
    if value and not value.isdigit():
        raise BadSetting(f"{name} must be a whole number, not {value!r}.")
    return int(value) if value else default


def folder(name: str, default: str) -> Path:
    return Path(text(name, default)).expanduser().resolve()


def secret(name: str, file: Path) -> str:
    """The value of `name`, else the content of `file`; there is no fallback."""
    if value := text(name):
        return value
    if file.is_file():
        return file.read_text().strip()
    raise BadSetting(f"No secret key: run `sutarta setup`, or set {name}.")


def scanner(address: str) -> str:
    """Where a ClamAV daemon listens: "host:port", or the path of its socket; "" for none."""
    host, _colon, port = address.rpartition(":")
    if address and not address.startswith("/") and not (host and port.isdigit()):
        raise BadSetting("SUTARTA_CLAMAV must be host:port, or the path of a socket.")
    return address


def allotments(said: str) -> dict[str, str]:
    """Domain or address -> host of the group that may take its letters in.

    >>> allotments("vvg.example=strategija.example, info@town.example=kaimas.example")
    {'vvg.example': 'strategija.example', 'info@town.example': 'kaimas.example'}
    """
    found: dict[str, str] = {}
    for pair in said.lower().replace(",", " ").split():
        name, _is, host = pair.partition("=")
        if not (name.strip("@") and host and "." in name) or found.get(name, host) != host:
            raise BadSetting(
                "SUTARTA_LISTEN_FOR must name each domain, or address, once, and a host of the "
                f"group it is for: vvg.example=strategija.example; not {pair!r}."
            )
        found[name] = host
    return found


def database(url: str, sqlite: Path) -> dict[str, object]:
    """Django's DATABASES["default"] for a PostgreSQL `url`, or for the file `sqlite`."""
    if not url:
        return _sqlite(sqlite)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting("DATABASE_URL must begin with postgresql://.")
    settings = {
        "ENGINE": "sutarta.config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # Each thread keeps its connection. One that died in the meantime is found out before it
        # is used, and while the server is away everybody is told so at once and later tries anew.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
    socket = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host")
    return {**settings, "HOST": unquote(socket)} if socket else settings


def _sqlite(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,  # opening the file anew for every request costs a millisecond
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # A receipt promises durability: FULL syncs the log before a commit returns.
            # The log is folded back by the sequencer alone (a rare race of SQLite before 3.51.3).
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; "
                "PRAGMA mmap_size=134217728; PRAGMA foreign_keys=ON; "
                # What is erased is overwritten: no free page takes it into a copy.
                "PRAGMA secure_delete=ON;"
            ),
        },
    }


def mail(url: str) -> dict[str, object]:
    """Django's EMAIL_* settings for smtp://, smtps:// or file:// addresses; {} for none."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"}:
        raise BadSetting("SUTARTA_MAIL_URL must begin with smtp://, smtps:// or file://.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 20,
    }
