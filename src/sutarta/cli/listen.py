"""`sutarta listen`: takes letters from the mail server of this machine. Part of `sutarta serve`
where SUTARTA_LISTEN says so.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sutarta.cli import place
from sutarta.cli.listening.where import where
from sutarta.cli.stop import Stop

HELP = "take letters from a mail server on this machine (LMTP or SMTP)"
PATIENCE = 15.0  # seconds in which a former listener ends


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument(
        "--at", metavar="ADDRESS", help="where: lmtp:127.0.0.1:2424 (default: $SUTARTA_LISTEN)"
    )


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    from django.conf import settings

    from sutarta.cli.durable import require_durable
    from sutarta.cli.listening.server import listen

    said = arguments.at or settings.LISTEN
    if not said:
        raise Stop("Say where to listen: set SUTARTA_LISTEN, or name it with --at.")
    at = where(said)
    with place.alone(data, "start a listener", "listener", PATIENCE):
        require_durable()
        listen(at)
    return 0
