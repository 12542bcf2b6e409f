"""The town's mailbox and what came to it: letters for every heap there is."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from sutarta.apps.consultations.actions import arriving, mailboxes
from sutarta.apps.consultations.actions.mailboxes import Wanted
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.mail.actions import receiving
from sutarta.apps.mail.models import Door, Mailbox
from sutarta.apps.tenants.models import Group
from sutarta.cli.demo.desk import Staff

OFFICE = "pasiulymai@alksniai.example"
THEIRS = "pastas.example"
# Minutes before now, sender, subject, words, and whether it is sent to the discussion's address.
LETTERS = [
    (52, "Odeta K. <odeta@pastas.example>", "Re: Kviečiame pasisakyti dėl strategijos",
     "Sveiki,\n\nperskaičiau apie dienos centro kiemą. Prašau įrašyti, kad apšvietimas išsijungtų "
     "dvidešimt antrą valandą: mūsų langai kaip tik į tą pusę, o vaikai eina miegoti.\n\n"
     "Odeta\n\n"
     "Pirmadienį, 09:12 Alksnių miesto VVG <pasiulymai@alksniai.example> rašė:\n"
     "> Kviečiame pasisakyti dėl pataisyto strategijos projekto.\n", True),
    (47, "Juozas P. <juozas@pastas.example>", "Suoliukai",
     "Laba diena, kur kreiptis dėl sulūžusio suoliuko prie bibliotekos? Jei čia – tai užrašykite, "
     "jei ne – persiųskite, kam reikia.\n\nJ. P.\n", False),
    (41, "UAB „Siuvykla“ <info@pastas.example>", "Automatinis atsakymas: Kviečiame pasisakyti",
     "Ačiū už laišką. Šiuo metu atostogaujame, atsakysime grįžę.\n", False),
    (33, "B. V. <b.v@pastas.example>", "", "", True),
]  # fmt: skip


def connect(consultation: Consultation, staff: Staff) -> Mailbox:
    """Letters to the office's address are handed to us by a mail server from the opening on."""
    at = consultation.opens_at
    wanted = Wanted(OFFICE, door=Door.LISTENER, has_tags=True)
    mailbox = mailboxes.made(consultation.group, wanted, at)
    mailboxes.connect(actor=staff.coordinator, mailbox=mailbox, at=at)
    return mailbox


def mailbox_of(group: Group) -> Mailbox | None:
    return Mailbox.objects.filter(group=group, ended_at=None).first()


def come(group: Group, at: datetime) -> None:
    """Take letters in and settle them; none is stored within a transaction."""
    newest = Consultation.objects.filter(group=group).latest("number").number
    tagged = OFFICE.replace("@", f"+c{newest}@")
    for place, (minutes, sender, subject, words, is_tagged) in enumerate(LETTERS, 1):
        came = at - timedelta(minutes=minutes)
        made = _written(sender, tagged if is_tagged else OFFICE, subject, words, came)
        made["Message-ID"] = f"<{place}@{THEIRS}>"
        raw = receiving.take_in(
            group=group, mailbox=mailbox_of(group), raw=made.as_bytes(), door=Door.LISTENER,
            received_at=came, fetched_at=came, origin=f"demo {place}", envelope_to=made["To"],
        )  # fmt: skip
        arriving.take(raw, came)


def _written(sender: str, to: str, subject: str, words: str, came: datetime) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Date"] = sender, to, format_datetime(came)
    if subject:
        letter["Subject"] = subject
    if subject.startswith("Automatinis"):
        letter["Auto-Submitted"] = "auto-replied"
    letter.set_content(words)
    return letter
