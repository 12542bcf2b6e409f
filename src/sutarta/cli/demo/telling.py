"""How the demo's residents learnt of their answers: by letters, and by the office telling them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from sutarta.apps.consultations.actions import telling
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import telling as queries
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail.models import Letter, LetterState
from sutarta.apps.people.models import User
from sutarta.apps.tenants.models import Group

NOT_YET = 4  # people whom nobody has called yet: something is left to try


def tell(consultation: Consultation, actor: User, at: datetime) -> None:
    """Write to and call those who left no e-mail, all but a few."""
    for person in queries.round_of(consultation).everybody[:-NOT_YET]:
        telling.tell(
            actor=actor, consultation=consultation, submissions=person.submissions, way=person.way,
            at=at,
        )  # fmt: skip


def letters_left(group: Group, at: datetime) -> None:
    """Letters of the past left then; a demo has no mail server, and the addresses lead nowhere."""
    waiting = Letter.objects.filter(group=group, state=LetterState.QUEUED, created_at__lt=at)
    waiting.update(state=LetterState.SENT, sent_at=F("created_at"))
    mail.forget_sent(at)
