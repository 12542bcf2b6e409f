"""What coordinators are told when the installation itself needs a hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation

from sutarta.apps.mail import actions as mail
from sutarta.apps.mail import queries as letters
from sutarta.apps.mail.queries import mailboxes
from sutarta.apps.people import queries as people
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group, Pulse
from sutarta.apps.ui.wording import local_date_time
from sutarta.cli.auditing import nightly
from sutarta.cli.keeping import watch

WORKER_SILENCE = SEQUENCER_SILENCE = timedelta(hours=1)
LOOKED_LATELY = timedelta(minutes=30)
BACKUP_AGE = timedelta(hours=36)
LEAST_FREE = 500_000_000  # bytes

# Ready-made in both languages, as letters are: subject, then text.
WORDS = {
    "worker": {
        "en": (
            "Sutarta: background work had stopped",
            "From {since} on, no letters were sent and no backups made. It runs again now. "
            "If this happens often, please ask the person who looks after the server.",
        ),
        "lt": (
            "Sutarta: buvo sustojęs foninis darbas",
            "Nuo {since} nebuvo siunčiami laiškai ir nebuvo daromos kopijos. Dabar viskas vėl "
            "veikia. Jei tai kartojasi, kreipkitės į žmogų, kuris prižiūri serverį.",
        ),
    },
    "sequencer": {
        "en": (
            "Sutarta: the log is not being ordered",
            "Since {since} receipts have been waiting for their proof that they stand in the "
            "public log. Nothing is lost: submissions are still taken. Please ask the person who "
            "looks after the server to run “sutarta check”.",
        ),
        "lt": (
            "Sutarta: viešasis žurnalas nepildomas",
            "Nuo {since} gavimo patvirtinimai laukia įrodymo, kad pasiūlymai yra viešajame "
            "žurnale. Niekas neprarasta: pasiūlymai priimami. Paprašykite žmogaus, kuris prižiūri "
            "serverį, paleisti komandą „sutarta check“.",
        ),
    },
    "backup": {
        "en": (
            "Sutarta: no fresh backup",
            "There has been no backup for more than a day and a half. Please ask the person who "
            "looks after the server to run “sutarta check”.",
        ),
        "lt": (
            "Sutarta: nėra šviežios atsarginės kopijos",
            "Atsarginė kopija nedaryta ilgiau kaip pusantros paros. Paprašykite žmogaus, kuris "
            "prižiūri serverį, paleisti komandą „sutarta check“.",
        ),
    },
    "disk": {
        "en": (
            "Sutarta: the disk is nearly full",
            "Less than 500 MB are free. When nothing is left, proposals can no longer be taken. "
            "Please tell the person who looks after the server.",
        ),
        "lt": (
            "Sutarta: baigiasi vieta diske",
            "Laisvos vietos liko mažiau kaip 500\u00a0MB. Kai vietos nebeliks, pasiūlymų priimti "
            "nebegalėsime. Praneškite žmogui, kuris prižiūri serverį.",
        ),
    },
    "ship": {
        "en": (
            "Sutarta: the second copy stands still",
            "For more than ten minutes nothing could be copied to the second place. Nothing is "
            "lost, but if the server broke now, what came in since would be. Please ask the person "
            "who looks after the server to run “sutarta check”.",
        ),
        "lt": (
            "Sutarta: neatnaujinama antra kopija",
            "Ilgiau kaip dešimt minučių nepavyksta nieko nukopijuoti į antrą vietą. Niekas "
            "neprarasta, bet jei serveris sugestų dabar, prapultų tai, kas gauta per tą laiką. "
            "Paprašykite žmogaus, kuris prižiūri serverį, paleisti komandą „sutarta check“.",
        ),
    },
    "back": {
        "en": (
            "Sutarta: the public log went back",
            "The public log holds less than it did when it was copied to the second place, or "
            "something else. Somebody put an older state back by hand, or changed the database. "
            "Please ask the person who looks after the server to run “sutarta check”.",
        ),
        "lt": (
            "Sutarta: viešasis žurnalas grįžo atgal",
            "Viešajame žurnale yra mažiau įrašų, negu buvo kopijuojant į antrą vietą, arba jie "
            "kitokie. Kažkas ranka grąžino ankstesnę būseną arba pakeitė duomenų bazę. Paprašykite "
            "žmogaus, kuris prižiūri serverį, paleisti komandą „sutarta check“.",
        ),
    },
    "audit": {
        "en": (
            "Sutarta: something is not as the public log says",
            "The nightly audit found rows or acts that do not agree with the public log. Nobody "
            "changes them through the site without a trace, so look into it. Please ask the "
            "person who looks after the server to run “sutarta audit”: it names each of them.",
        ),
        "lt": (
            "Sutarta: duomenys nesutampa su viešuoju žurnalu",
            "Naktinė patikra rado įrašų, kurie nesutampa su viešuoju žurnalu. Per svetainę jų "
            "be pėdsako pakeisti neįmanoma, todėl būtina išsiaiškinti. Paprašykite žmogaus, kuris "
            "prižiūri serverį, paleisti komandą „sutarta audit“: ji įvardys kiekvieną.",
        ),
    },
    "mailboxes": {
        "en": (
            "Sutarta: a mailbox is not being read",
            "A mailbox could not be read for six hours or longer. Nothing is lost: letters wait "
            "there, and the moment they came counts. What is wrong and what helps stands on the "
            "desk under Settings, Mailboxes.",
        ),
        "lt": (
            "Sutarta: neskaitoma pašto dėžutė",
            "Pašto dėžutės nepavyksta perskaityti šešias valandas ar ilgiau. Niekas neprarasta: "
            "laiškai laukia dėžutėje, o galioja laikas, kada juos ji gavo. Kas negerai ir kas "
            "padėtų, parašyta darbo stale: Nustatymai, Pašto dėžutės.",
        ),
    },
    "letters": {
        "en": (
            "Sutarta: letters are not leaving",
            "Letters have been waiting for more than an hour, or were given up. The people they "
            "are meant for have not been told. Please look at them on the desk.",
        ),
        "lt": (
            "Sutarta: neišsiunčiami laiškai",
            "Laiškai laukia ilgiau kaip valandą arba jų išsiųsti nepavyko. Žmonės, kuriems jie "
            "skirti, dar nieko negavo. Laiškus rasite darbo stale.",
        ),
    },
}


def raise_all(data: Path, at: datetime) -> list[str]:
    """Tell coordinators what is wrong now, each thing once a day; returns the kinds."""
    found = [*_of_the_machine(data, at)]
    for kind in found:
        tell(kind, at)
    if since := _sequencer_silent_since(at):
        tell("sequencer", at, since)
        found.append("sequencer")
    if troubled := list(nightly.troubled()):
        for group in troubled:
            _tell_group(group, "audit", at)
        found.append("audit")
    waiting = [group for group in Group.objects.all() if _has_stuck_letters(group, at)]
    for group in waiting:
        _tell_group(group, "letters", at)
    found += ["letters"] if waiting else []
    found += _of_mailboxes(at)
    tenants.beat("alarm", at, " ".join(found))
    return found


def _of_mailboxes(at: datetime) -> list[str]:
    """Tell each group whose mailbox is not read; a mailbox is its own affair."""
    silent = [group for group in Group.objects.all() if mailboxes.silent(group, at).exists()]
    for group in silent:
        _tell_group(group, "mailboxes", at)
    return ["mailboxes"] if silent else []


def _of_the_machine(data: Path, at: datetime) -> Iterator[str]:
    last = Pulse.objects.filter(name="backup").first()
    if last and at - last.at > BACKUP_AGE:
        yield "backup"
    if shutil.disk_usage(data).free < LEAST_FREE:
        yield "disk"
    if settings.SHIP_TO is not None:
        standing = watch.standing()
        if standing.is_late(at):
            yield "ship"
        if standing.back:
            yield "back"


def _sequencer_silent_since(at: datetime) -> datetime | None:
    """None while it lives, and just after the whole installation stood still: it may need a while.

    We look every ten minutes, so that an alarm noted of late means that we have run for some time.
    """
    noted = dict(Pulse.objects.filter(name__in=["sequencer", "alarm"]).values_list("name", "at"))
    last, looked = noted.get("sequencer"), noted.get("alarm")
    if last is None or looked is None or at - looked > LOOKED_LATELY:
        return None
    return last if at - last > SEQUENCER_SILENCE else None


def _has_stuck_letters(group: Group, at: datetime) -> bool:
    if not settings.MAIL_URL:
        return False
    return letters.stalled(group, at).exists() or letters.undelivered(group).exists()


def tell(kind: str, at: datetime, since: datetime | None = None) -> None:
    """Write to the coordinators of every group."""
    for group in Group.objects.all():
        _tell_group(group, kind, at, since)


def _tell_group(group: Group, kind: str, at: datetime, since: datetime | None = None) -> None:
    subject, text = WORDS[kind].get(group.language, WORDS[kind]["en"])
    with translation.override(group.language), timezone.override(ZoneInfo(group.zone)):
        moment = local_date_time(since) if since else ""
    for person in people.coordinators(group, at):
        mail.post(
            group=group,
            to=person.email,
            subject=subject,
            text=text.format(since=moment),
            kind="alarm",
            key=f"alarm:{kind}:{at:%Y-%m-%d}:{person.pk}",
            language=group.language,
            at=at,
        )
