"""`sutarta serve`: web server, worker and sequencer, kept running, stopped gracefully."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sutarta.cli import place
from sutarta.cli.listening.where import where
from sutarta.cli.running import Part, keep_running, python, require_free
from sutarta.cli.stop import Stop

HELP = "run the site and its background work until stopped"

WORKERS = 2
THREADS = 8  # most of them wait for the disk: the more wait, the more are made safe by one sync
REST = 600  # seconds without work after which a thread ends, and its database connection with it


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=WORKERS, help="web processes")
    parser.add_argument("--threads", type=int, default=THREADS, help="threads of each web process")


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    from sutarta.cli.durable import require_durable
    from sutarta.cli.upgrade import collect_static

    require_free(arguments.host, arguments.port)
    require_listening()
    with place.alone(data, "serve"):
        require_migrated()
        require_durable()
        collect_static(data)
        return keep_running(parts(arguments))


def require_listening() -> None:
    """Raises Stop when SUTARTA_LISTEN cannot be used."""
    from django.conf import settings

    if settings.LISTEN:
        where(settings.LISTEN)


def parts(arguments: Namespace) -> list[Part]:
    """The parts of one installation; it takes letters where SUTARTA_LISTEN says so."""
    from django.conf import settings

    web = python(
        *("granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"),
        *("--host", arguments.host, "--port", str(arguments.port)),
        *("--workers", str(arguments.workers), "--blocking-threads", str(arguments.threads)),
        *("--blocking-threads-idle-timeout", str(REST)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "15"),
        "sutarta.config.wsgi:application",
    )
    data = str(Path(arguments.data).resolve())
    worker = python("sutarta.cli.main", "worker", "--data", data)
    sequencer = python("sutarta.cli.main", "sequencer", "--data", data)
    parts = [Part("sequencer", sequencer), Part("web", web), Part("worker", worker)]
    if settings.LISTEN:
        parts.append(Part("listener", python("sutarta.cli.main", "listen", "--data", data)))
    return parts


def require_migrated() -> None:
    """Raises Stop when the data is of an older release."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Stop("The data is of an older release: run `sutarta upgrade` first.", code=1)
