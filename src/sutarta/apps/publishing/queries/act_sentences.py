"""Every kind of act of the log: the sentence it is told in, and the page it is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sutarta.apps.publishing.queries import act_words as words
from sutarta.apps.publishing.queries.act_words import Sentence


class Kind(TextChoices):
    """Plain kinds of acts, to choose from."""

    DISCUSSIONS = "discussions", _("Discussions")
    PROPOSALS = "proposals", _("Proposals")
    ANSWERS = "answers", _("Answers")
    VERSIONS = "versions", _("Strategy and its versions")
    NOTICES = "notices", _("Notices")
    PERSONAL = "personal", _("Personal data")
    GROUP = "group", _("The group")
    LOG = "log", _("The log itself")


@dataclass(frozen=True)
class Told:
    """kind      which of the plain kinds it is
    sentence   what happened, from its facts
    place      path of the page it is about; "" for none
    """

    kind: Kind
    sentence: Sentence
    place: Sentence = lambda facts: ""


def of(event: str) -> Told:
    """How an act of that name is told; of one we do not know, its name says it."""
    return TOLD.get(event) or Told(Kind.LOG, lambda facts: event)


def events_of(kind: str) -> list[str]:
    """Names of the acts of one kind."""
    return [event for event, told in TOLD.items() if told.kind == kind]


_submission = words.one("consultations:submission", "number")
_consultation = words.one("consultations:consultation", "number")
_answered = words.one("consultations:consultation", "consultation")
_meeting = words.one("consultations:meeting", "number")
_proof = words.one("publishing:proof", "number")
_D, _P, _A, _V = Kind.DISCUSSIONS, Kind.PROPOSALS, Kind.ANSWERS, Kind.VERSIONS
_N, _E, _G, _L = Kind.NOTICES, Kind.PERSONAL, Kind.GROUP, Kind.LOG

TOLD: dict[str, Told] = {
    "strategy.started": Told(_V, words.plain(_("Work on a strategy began"))),
    "strategy.step_set": Told(_V, words.step),
    "version.drafted": Told(
        _V, words.plain(_("A draft of version %(version)s was made; it is not public yet"))
    ),
    "version.discarded": Told(
        _V, words.plain(_("The draft of version %(version)s was thrown away"))
    ),
    "passage.decided": Told(
        _V,
        words.plain(
            _("It was decided where a passage goes on in the draft of version %(version)s")
        ),
    ),
    "passage.reopened": Told(
        _V,
        words.plain(
            _("A decision on a passage in the draft of version %(version)s was taken back")
        ),
    ),
    "change.explained": Told(_V, words.explained, words.version),
    "change.published": Told(
        _V,
        words.plain(_("The reasons for changes in version %(version)s are public")),
        words.version,
    ),
    "change.reason_withdrawn": Told(
        _V,
        words.plain(_("A reason for changes in version %(version)s was taken back")),
        words.version,
    ),
    "version.published": Told(
        _V, words.plain(_("Version %(version)s was published")), words.version
    ),
    "version.passage_withheld": Told(
        Kind.PERSONAL,
        words.plain(_("Words of a passage in version %(version)s were withheld")),
        words.version,
    ),
    "version.passage_shown": Told(
        Kind.PERSONAL,
        words.plain(_("Withheld words of a passage in version %(version)s are shown again")),
        words.version,
    ),
    "submissions.carried": Told(
        _V, words.plain(_("Every submission got its place in version %(version)s")), words.version
    ),
    "consultation.announced": Told(
        _D, words.plain(_("The discussion was announced: %(title)s")), _consultation
    ),
    "consultation.edited": Told(
        _D, words.plain(_("The words of the discussion were edited: %(title)s")), _consultation
    ),
    "consultation.deadline_extended": Told(
        _D, words.plain(_("The deadline was extended: %(title)s")), _consultation
    ),
    "consultation.rendition_set": Told(_D, words.rendition, _consultation),
    "consultation.rendition_removed": Told(
        _D,
        words.language(_("A text about the discussion was taken off the site: %(language)s")),
        _consultation,
    ),
    "form.language_set": Told(
        _D, words.language(_("The form speaks one language more: %(language)s"))
    ),
    "form.language_ended": Told(
        _D, words.language(_("The form speaks one language less: %(language)s"))
    ),
    "submission.received": Told(_P, words.received, _submission),
    "submission.corrected": Told(_P, words.plain(_("The author corrected %(nr)s")), _submission),
    "submission.retyped": Told(
        _P, words.plain(_("The office put right how %(nr)s was typed in")), _submission
    ),
    "paper.typed_in": Told(
        _P, words.plain(_("%(nr)s was typed in from a sheet of paper")), _submission
    ),
    "meeting.announced": Told(
        _D, words.plain(_("A meeting with residents was announced")), _meeting
    ),
    "meeting.changed": Told(
        _D, words.plain(_("What was told of a meeting with residents was changed")), _meeting
    ),
    "meeting.cancelled": Told(
        _D, words.plain(_("A meeting with residents was cancelled")), _meeting
    ),
    "meeting.noted": Told(
        _P, words.plain(_("%(nr)s was noted at a meeting with residents")), _submission
    ),
    "meeting.minuted": Told(
        _D, words.plain(_("Minutes of a meeting with residents were published")), _meeting
    ),
    "meeting.minutes_corrected": Told(
        _D, words.plain(_("Minutes of a meeting with residents were corrected")), _meeting
    ),
    "meeting.file_added": Told(
        _D, words.plain(_("A file was added to the minutes of a meeting")), _meeting
    ),
    "meeting.file_removed": Told(
        _D, words.plain(_("A file was removed from the minutes of a meeting")), _meeting
    ),
    "letter.set_aside": Told(_P, words.letter_set_aside),
    "letter.put_back": Told(
        _P, words.plain(_("A letter that came by mail was put back among those to sort"))
    ),
    "submission.withdrawn": Told(_P, words.plain(_("The author withdrew %(nr)s")), _submission),
    "submission.taken_back": Told(
        _P, words.plain(_("The group took back %(nr)s, which came with a survey")), _submission
    ),
    "import.made": Told(_P, words.plain(_("Answers to a survey were taken into the register"))),
    "import.given_up": Told(
        _P, words.plain(_("Taking in answers to a survey was ended: their file was lost"))
    ),
    "import.undone": Told(_P, words.plain(_("Answers to a survey were taken back"))),
    "submission.moderated": Told(_P, words.moderated, _submission),
    "submission.objected": Told(_P, words.objected, _submission),
    "objection.settled": Told(_P, words.settled, _submission),
    "submission.filed": Told(
        _P, words.plain(_("%(nr)s was also placed beside another passage")), _submission
    ),
    "submission.unfiled": Told(
        _P, words.plain(_("%(nr)s is no longer beside another passage")), _submission
    ),
    "submissions.bundled": Told(_P, words.bundled),
    "submissions.parted": Told(_P, words.parted),
    "submission.translated": Told(
        _P, words.language(_("%(nr)s was translated: %(language)s")), _submission
    ),
    "submission.untranslated": Told(
        _P, words.language(_("A translation of %(nr)s was taken away: %(language)s")), _submission
    ),
    "submission.late_explained": Told(
        _P, words.plain(_("It was written why %(nr)s came late")), _submission
    ),
    "attachment.added": Told(_P, words.plain(_("A file was added to %(nr)s")), _submission),
    "attachment.approved": Told(_P, words.plain(_("A file of %(nr)s may be opened")), _submission),
    "attachment.hidden": Told(
        _P, words.plain(_("A file of %(nr)s may no longer be opened")), _submission
    ),
    "attachment.removed": Told(_P, words.removed, _submission),
    "question.answered": Told(_A, words.plain(_("The question %(nr)s was answered")), _submission),
    "answers.approved": Told(_A, words.approved, _answered),
    "answers.published": Told(_A, words.answers, _answered),
    "answer.corrected": Told(_A, words.plain(_("The answer to %(nr)s was corrected")), _submission),
    "report.published": Told(
        _A,
        words.plain(_("The closing report was published: you said – we did")),
        words.one("consultations:closing_report", "consultation"),
    ),
    "notice.published": Told(
        _N, words.notice(_("The notice was seen published: %(where)s, %(day)s")), _proof
    ),
    "notice.withdrawn": Told(
        _N, words.notice(_("A record of the notice was wrong: %(where)s, %(day)s")), _proof
    ),
    "participants.forgotten": Told(
        _E,
        words.plain(_("People were taken off the lists of who came to meetings")),
    ),
    "original.opened": Told(
        _E,
        words.plain(_("Staff opened the sealed words of %(nr)s and wrote down why")),
        _submission,
    ),
    "letter.opened": Told(
        _E, words.plain(_("Staff took out a letter as it came by mail and wrote down why"))
    ),
    "submission.erased": Told(_E, words.erased, _submission),
    "contacts.forgotten": Told(_E, words.forgotten),
    "originals.forgotten": Told(_E, words.unsealed),
    "member.admitted": Told(_G, words.role(_("Somebody was given a role at the desk: %(role)s"))),
    "member.ended": Told(_G, words.role(_("A role at the desk ended: %(role)s"))),
    "territory.changed": Told(_G, words.plain(_("Parts of the territory were changed"))),
    "mailbox.connected": Told(_G, words.plain(_("An address at which letters come was connected"))),
    "mailbox.changed": Told(_G, words.plain(_("An address at which letters come was changed"))),
    "mailbox.ended": Told(_G, words.plain(_("An address at which letters came was given up"))),
    "group.founded": Told(_G, words.plain(_("The group’s site was set up"))),
    "group.changed": Told(_G, words.plain(_("Settings of the group were changed"))),
    "log.key_changed": Told(_L, words.plain(_("The log is signed with a new key"))),
    "log.epoch_opened": Told(
        _L, words.plain(_("The log began anew after a restore, and names what was lost"))
    ),
    "witness.named": Told(_L, words.plain(_("A witness of the log was named"))),
    "witness.ended": Told(_L, words.plain(_("A witness of the log is one no more"))),
    "rows.continued": Told(_L, words.plain(_("Further rows of the act before"))),
}
