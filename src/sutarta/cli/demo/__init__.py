"""`sutarta demo`: an invented town with a real Word draft under discussion, ready to be tried."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sutarta.cli import clock, place
from sutarta.cli.running import Greeting, keep_running, require_free
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.apps.tenants.models import Group

HELP = "try everything out on this machine with an invented group"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--document",
        type=Path,
        metavar="FILE",
        help="a file of your own: Word, LibreOffice, HTML or Markdown",
    )
    which.add_argument(
        "--size", choices=["usual", "large"], default="usual",
        help="large: 1,500 passages and 2,000 submissions, for measuring",
    )  # fmt: skip
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="make everything, but do not serve")


def run(arguments: Namespace) -> int:
    from sutarta.cli.documents.files import read_bytes

    own = read_bytes(arguments.document) if arguments.document else None
    if not arguments.no_serve:
        require_free("127.0.0.1", arguments.port)
    data = place.make(arguments.data)
    place.enter(data, SUTARTA_PORT=str(arguments.port), SUTARTA_HTTPS="no")
    with place.alone(data, "start the demo"):
        where = _prepare(data, own, arguments)
        if not arguments.no_serve:
            return _serve(arguments, where)
        print(where)
        return 0


def _prepare(data: Path, own: bytes | None, arguments: Namespace) -> str:
    """Bring the data folder up to date, found the demo's groups once; returns where to look."""
    from django.core.management import call_command

    from sutarta.cli.demo import founding
    from sutarta.cli.upgrade import collect_static

    call_command("migrate", interactive=False, verbosity=0)
    collect_static(data)
    groups = founding.demo_groups()
    if groups and (arguments.document or arguments.size == "large"):
        raise Stop(f"There is a demo in {data} already: name another folder with --data.")
    if not groups and arguments.size == "large":
        groups = [founding.found_large(clock.now(), _say)]
    elif not groups:
        name = arguments.document.name if own is not None else ""
        groups = founding.found(own, name, clock.now(), _say)
    return "\n".join(_where(group) for group in groups)


def _say(what: str) -> None:
    print(f"  {what} …", flush=True)


def _where(group: Group) -> str:
    """Where the group's site is, and how to get to its desk."""
    from sutarta.cli import link
    from sutarta.cli.demo import founding

    person = founding.coordinator(group, clock.now())
    return (
        f"\n  {group.short_name}"
        f"\n  The site for residents:  {founding.address(group)}/"
        f"\n  Sign in as staff, once:  {link.address(group, person, clock.now())}"
    )


def _serve(arguments: Namespace, where: str) -> int:
    """Run the site; the addresses are printed when it answers, not before."""
    from sutarta.cli.serve import THREADS, WORKERS, parts

    arguments.host, arguments.workers, arguments.threads = "127.0.0.1", WORKERS, THREADS
    words = f"{where}\n  Stop it with Ctrl-C.\n"
    return keep_running(parts(arguments), Greeting("127.0.0.1", arguments.port, words))
