"""The command `sutarta`: finds the subcommand, runs it, turns failures into one sentence.

This file alone must parse on a Python too old for the rest, so that the reader is told so.
"""

import sys

OLDEST = (3, 11)

# Subcommand -> the module that holds its HELP, arguments(parser) and run(arguments).
COMMANDS = {
    "demo": "sutarta.cli.demo",
    "setup": "sutarta.cli.setup",
    "serve": "sutarta.cli.serve",
    "worker": "sutarta.cli.worker",
    "sequencer": "sutarta.cli.sequencer",
    "listen": "sutarta.cli.listen",
    "check": "sutarta.cli.check",
    "link": "sutarta.cli.link",
    "backup": "sutarta.cli.backup",
    "ship": "sutarta.cli.ship",
    "restore": "sutarta.cli.restore",
    "upgrade": "sutarta.cli.upgrade",
    "documents": "sutarta.cli.documents",
    "group": "sutarta.cli.groups",
    "host": "sutarta.cli.hosts",
    "audit": "sutarta.cli.audit",
    "log": "sutarta.cli.log",
    "witness": "sutarta.cli.witness",
    "verify": "sutarta.cli.verify",
}


def main(argv=None):
    """Run one subcommand; returns the exit code: 0 done, 1 failed, 2 bad usage or input."""
    if sys.version_info[:2] < OLDEST:
        have = ".".join(str(part) for part in sys.version_info[:2])
        sys.stderr.write("Sutarta needs Python 3.11 or newer; this is Python " + have + ".\n")
        return 2
    return _run(sys.argv[1:] if argv is None else argv)


def _run(argv):
    import argparse
    import importlib

    from sutarta import __version__
    from sutarta.cli.stop import Stop

    parser = argparse.ArgumentParser(
        prog="sutarta", description="From a Word draft to an agreed and accountable strategy."
    )
    parser.add_argument("--version", action="version", version=__version__)
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    # A command named first is the only one loaded: some run where the others could not.
    named = [argv[0]] if argv and argv[0] in COMMANDS else COMMANDS
    for name in named:
        command = importlib.import_module(COMMANDS[name])
        command.arguments(choices.add_parser(name, help=command.HELP, description=command.HELP))
    arguments = parser.parse_args(argv)
    try:
        return importlib.import_module(COMMANDS[arguments.command]).run(arguments)
    except Stop as stop:
        sys.stderr.write("sutarta: " + str(stop) + "\n")
        return stop.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
