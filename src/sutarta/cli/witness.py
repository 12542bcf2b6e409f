"""`sutarta witness`: keep the checkpoints of other people's logs and sign them.

Needs no installation, no database and no Django: it runs on any machine with Python, Windows too.
"""

from __future__ import annotations

import re
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sutarta.cli import clock
from sutarta.cli.stop import Stop
from sutarta.cli.witnessing import alarms, comparing, epochs, rounds, units
from sutarta.cli.witnessing.fetching import Site, Unreachable, is_safe
from sutarta.cli.witnessing.folder import KEY, Folder, Known, LogFolder
from sutarta.cli.witnessing.judging import Alarm
from sutarta.cli.witnessing.rounds import Look
from sutarta.cli.witnessing.words import LANGUAGES, Words, own_language
from sutarta.core.translog import BadNote, Verifier

HELP = "keep and sign the checkpoints of public logs, and notice a rewritten past"
FOLDER = "sutarta-witness"
QUIET_FOR = timedelta(hours=24)
SHORTEST = 10  # seconds between two looks
MINUTES = 5
UNITS = {"s": 1, "m": 60, "h": 3600}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "address", nargs="*", metavar="URL",
        help="sites whose log is witnessed; none: all that are kept already",
    )  # fmt: skip
    parser.add_argument("--folder", type=Path, default=Path(FOLDER), metavar="DIR")
    parser.add_argument("--name", default="", help="of the witness's key, when it is made")
    parser.add_argument("--key", metavar="VKEY", help="the log's key as printed, for a first look")
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--once", action="store_true", help="look once and end (the default)")
    when.add_argument("--every", type=_seconds, metavar="5m", help="look again and again")
    parser.add_argument("--full", action="store_true", help="read every entry anew as well")
    parser.add_argument("--alarm", metavar="CMD", help="run at an alarm; gets the file's name")
    parser.add_argument(
        "--accept-epoch", action="store_true",
        help="go on with a log begun anew, if it names what was lost",
    )  # fmt: skip
    parser.add_argument("--compare", nargs=2, type=Path, metavar="DIR", help="two witnesses")
    parser.add_argument("--unit", action="store_true", help="print what runs this by itself")
    parser.add_argument("--language", choices=LANGUAGES, default=own_language())


def run(arguments: Namespace) -> int:
    words = Words(arguments.language)
    if arguments.compare:
        one, two = arguments.compare
        is_fine, said = comparing.compare(one, two, words)
        print("\n".join(said))
        return 0 if is_fine else 1
    addresses = [_address(one) for one in arguments.address]
    if arguments.unit:
        print(_unit(arguments, addresses))
        return 0
    pin = _pin(arguments.key)
    while True:
        found = _round(arguments, addresses, pin, words)
        if found or not arguments.every:
            return found
        time.sleep(arguments.every)


def _round(arguments: Namespace, addresses: list[str], pin: Verifier | None, words: Words) -> int:
    """Look at every log once; 1 when anything is wrong with any of them."""
    folder = Folder(arguments.folder.expanduser().resolve())
    folder.make()
    with folder.held():
        _make_key(folder, arguments.name, words)
        look = Look(folder.signer(), clock.now(), words, arguments.full)
        known = {one.address: (log, one) for log, one in folder.in_force()}
        if not (meant := addresses or sorted(known)):
            raise Stop("Name the site whose log is to be witnessed, such as https://example.lt.")
        return max(
            _again(*known[address], folder, look, arguments)
            if address in known
            else _first(address, folder, pin, look, arguments)
            for address in meant
        )


def _make_key(folder: Folder, name: str, words: Words) -> None:
    if folder.has_key():
        return
    if folder.logs():
        raise Stop(f"{folder.path / KEY} is gone: put it back from a copy.", code=1)
    signer = folder.make_key(re.sub(r"[\s+]+", "-", name.strip()) or _drawn_name())
    print(words.say("key_made", key=signer.verifier, file=folder.path / KEY), end="\n\n")


def _drawn_name() -> str:
    import secrets

    return f"witness-{secrets.token_hex(4)}"


def _first(
    address: str, folder: Folder, pin: Verifier | None, look: Look, arguments: Namespace
) -> int:
    """Begin with a log, or go on with one that is kept and has moved to another address."""
    try:
        origin = rounds.shown_by(Site(address)).point.origin
        for log in folder.logs():
            if (known := log.known()).origin == origin:
                return _moved(log, replace(known, address=address), folder, look, arguments)
        for said in rounds.first_look(folder, Site(address), pin, look):
            print(said)
    except Unreachable as why:
        raise Stop(f"There is no log to be seen at {address}: {why}", code=1) from why
    except Alarm as alarm:
        raise Stop(look.words.say(alarm.code, **alarm.facts), code=1) from alarm
    return 0


def _moved(log: LogFolder, known: Known, folder: Folder, look: Look, arguments: Namespace) -> int:
    """Whoever bears the name of a log we keep has to show that it is that log."""
    if known.followed:
        raise Stop(f"{known.origin} has ended: {known.followed} follows it.", code=1)
    return _again(log, known, folder, look, arguments)


def _again(log: LogFolder, known: Known, folder: Folder, look: Look, arguments: Namespace) -> int:
    if arguments.accept_epoch:
        return _accept(log, known, folder, look)
    if standing := log.alarms():
        _warn(look.words.say("standing", origin=known.origin, file=standing[0]))
        return 1
    try:
        for said in rounds.go_on(log, known, look):
            print(said)
    except Unreachable as why:
        return _silence(known, why, look)
    except Alarm as alarm:
        return _raise(alarm, log, known, look, arguments.alarm)
    return 0


def _silence(known: Known, why: Unreachable, look: Look) -> int:
    """A site may be away for a while; after a day that is said."""
    since = datetime.fromisoformat(known.contact)
    if look.at - since < QUIET_FOR:
        return 0
    _warn(look.words.say("silent", origin=known.origin, since=f"{since:%Y-%m-%d %H:%M}", why=why))
    return 1


def _raise(alarm: Alarm, log: LogFolder, known: Known, look: Look, command: str | None) -> int:
    file = alarms.keep_evidence(alarm, log, known, look.at, look.words)
    _warn(f"{known.origin} ({known.address})")
    _warn(alarms.sentence(alarm, known, look.words))
    _warn(look.words.say("evidence", file=file))
    if alarm.code == "other_log":
        _warn(look.words.say("maybe_epoch"))
    if command:
        alarms.call(command, file, look.words)
    return 1


def _accept(log: LogFolder, known: Known, folder: Folder, look: Look) -> int:
    """Go on with the log that follows the one we keep."""
    site, newest = Site(known.address), log.newest()
    try:
        shown = rounds.shown_by(site)
        if shown.point.origin == known.origin or newest is None:
            raise Stop(f"{known.address} still shows {known.origin}: there is nothing to accept.")
        key, loss = epochs.accept(known, newest, shown, site, look.words)
        for said in rounds.first_look(folder, site, key, look):
            print(said)
    except Unreachable as why:
        raise Stop(f"There is no log to be seen at {known.address}: {why}", code=1) from why
    except Alarm as alarm:
        raise Stop(look.words.say(alarm.code, **alarm.facts), code=1) from alarm
    follows = shown.point.origin
    log.remember(replace(known, followed=follows))
    print(look.words.say("epoch_taken", former=known.origin, origin=follows, lost=loss))
    return 0


def _unit(arguments: Namespace, addresses: list[str]) -> str:
    if not addresses:
        raise Stop("Name the site whose log is to be witnessed, such as https://example.lt.")
    more = ["--alarm", arguments.alarm] if arguments.alarm else []
    minutes = max(1, (arguments.every or MINUTES * 60) // 60)
    return units.text([*addresses, *more], str(arguments.folder.expanduser().resolve()), minutes)


def _address(said: str) -> str:
    """An address without a slash at its end. Raises Stop for one that cannot be trusted."""
    address = (said if "://" in said else f"https://{said}").rstrip("/")
    if not is_safe(address):
        raise Stop(f"“{said}” is no address that begins with https://.")
    return address


def _pin(said: str | None) -> Verifier | None:
    try:
        return Verifier.parse(said) if said else None
    except BadNote as bad:
        raise Stop(f"--key: {bad}") from bad


def _seconds(said: str) -> int:
    match = re.fullmatch(r"([0-9]{1,6})([smh])", said.strip())
    if not match or (found := int(match[1]) * UNITS[match[2]]) < SHORTEST:
        raise ArgumentTypeError("write a time such as 5m, 1h or 30s; at least 10s")
    return found


def _warn(words: str) -> None:
    print(words, file=sys.stderr)
