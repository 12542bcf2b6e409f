"""What the desk shows everywhere: counts for its menu, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.models import Consultation, Kind, Stage, Submission
from sutarta.apps.consultations.queries import arrivals, gates, inbox, objections, telling
from sutarta.apps.strategies.models import Import, Passage, Strategy, Version
from sutarta.apps.strategies.queries.versions import HEAVY
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import Outcome


@dataclass(frozen=True)
class MenuCounts:
    """versions: published ones; to_do: submissions to moderate or to answer; doubtful: passages
    of drafts to decide on; drafts_to_place: drafts that follow a published version; objections:
    reports, reviews and erasures ever; objecting: of them, those that wait; to_approve: ready
    answers that wait for a second person; letters: that came by mail; sorting: of them, those
    that wait for a person."""

    versions: int
    submissions: int
    to_do: int
    doubtful: int
    drafts_to_place: int
    next_versions: int
    to_approve: int
    objections: int
    objecting: int
    letters: int
    sorting: int


def menu_counts(group: Group, at: datetime) -> MenuCounts:
    """Counts beside the steps of work, in five queries."""
    versions = Version.objects.filter(group=group).aggregate(
        versions=Count("id", filter=Q(published_at__isnull=False)),
        drafts_to_place=Count("id", filter=Q(published_at=None, number__gt=1)),
        next_versions=Count("id", filter=Q(number__gt=1)),
    )
    submissions = Submission.objects.filter(group=group).aggregate(
        submissions=Count("id"),
        to_do=Count("id", filter=inbox.FILTERS["moderate"] | inbox.FILTERS["answer"]),
        to_approve=Count("id", filter=inbox.FILTERS["ready"] & Q(answer__approved_at=None)),
    )
    everything, waiting = objections.counts(group)
    came = arrivals.counts(group)
    return MenuCounts(
        **versions,
        **submissions,
        doubtful=_doubtful(group).count(),
        objections=everything,
        objecting=waiting,
        letters=sum(came.values()),
        sorting=came["sort"] + came["unreadable"],
    )


def _doubtful(group: Group) -> QuerySet[Passage]:
    return Passage.objects.filter(group=group, version__published_at=None, outcome=Outcome.DOUBTFUL)


def consultations_of(group: Group) -> QuerySet[Consultation]:
    """Newest first, with version, strategy and deadlines."""
    return (
        Consultation.objects.filter(group=group)
        .select_related("group", "strategy", "version__strategy", "report")
        .prefetch_related("deadlines")
        .defer(*(f"version__{name}" for name in HEAVY))
        .order_by("-number")
    )


def newest_versions(group: Group) -> QuerySet[Version]:
    """The newest published version of every strategy, light."""
    published = Version.objects.filter(group=group, published_at__isnull=False)
    newer = published.filter(strategy=OuterRef("strategy"), number__gt=OuterRef("number"))
    return published.filter(~Exists(newer)).select_related("strategy").defer(*HEAVY)


@dataclass(frozen=True)
class Task:
    """One next step: what, where, how many of them, and why now; is_red: it has waited too long."""

    label: str
    url: str
    count: int = 0
    why: str = ""
    is_red: bool = False


def desk_tasks(group: Group, at: datetime) -> list[Task]:
    """What to do next, the most pressing first; empty when nothing waits."""
    consultations = list(consultations_of(group))
    return [
        *_letters(group, at),
        *_to_check(group, at),
        *_questions(group),
        *_objections(group),
        *(task for one in consultations for task in _of_consultation(one, at)),
        *_to_tell(group),
        *_carrying(group),
        *_words(group, consultations, at),
    ]


def _to_check(group: Group, at: datetime) -> list[Task]:
    waiting = Submission.objects.filter(inbox.FILTERS["moderate"], group=group)
    limit = inbox.overdue_before(at, group.zone)
    found = waiting.aggregate(n=Count("id"), late=Count("id", filter=Q(recorded_at__lt=limit)))
    if not found["n"]:
        return []
    overdue = ngettext(
        "%(n)s waits longer than two working days, and the register says so.",
        "%(n)s wait longer than two working days, and the register says so.",
        found["late"],
    ) % {"n": found["late"]}
    address = reverse("consultations:desk") + "?show=moderate"
    why = overdue if found["late"] else ""
    return [Task(_("Decide what the public sees"), address, found["n"], why)]


def _letters(group: Group, at: datetime) -> list[Task]:
    """Letters that came by mail and wait for a person: their authors have no number yet."""
    waiting, address = arrivals.waiting(group, at), reverse("consultations:desk_letters_in")
    overdue = ngettext(
        "%(n)s has waited for more than two days.",
        "%(n)s have waited for more than two days.",
        waiting.overdue,
    ) % {"n": waiting.overdue}
    why = overdue if waiting.overdue else _("Their authors have no number yet.")
    tasks = []
    if waiting.to_sort:
        is_red = waiting.overdue > 0
        tasks.append(Task(_("Sort the letters"), address, waiting.to_sort, why, is_red))
    if waiting.unreadable:
        said = _("The program could not read them; a person can.")
        to_read = f"{address}?show=unreadable"
        tasks.append(
            Task(_("Read the unreadable letters"), to_read, waiting.unreadable, said, True)
        )
    return tasks


def _objections(group: Group) -> list[Task]:
    _everything, waiting = objections.counts(group)
    if not waiting:
        return []
    why = _("Reports, reviews and erasures wait for a person.")
    return [Task(_("Settle objections"), reverse("consultations:desk_objections"), waiting, why)]


def _questions(group: Group) -> list[Task]:
    asked = Submission.objects.filter(inbox.FILTERS["answer"], group=group, kind=Kind.QUESTION)
    count = asked.count()
    if not count:
        return []
    address = reverse("consultations:desk") + "?show=answer"
    why = _("Answers to questions are published at once.")
    return [Task(_("Answer the questions"), address, count, why)]


def _of_consultation(consultation: Consultation, at: datetime) -> list[Task]:
    address = reverse("consultations:desk_consultation", args=[consultation.number])
    stage = consultation.stage(at)
    if stage is Stage.PREPARING:
        lacking = len(gates.missing(gates.before_announcing(consultation, at)))
        label = _("Announce the consultation: %(title)s") % {"title": consultation.title}
        why = ngettext("%(n)s thing is missing.", "%(n)s things are missing.", lacking)
        return [Task(label, address, why=why % {"n": lacking} if lacking else "")]
    if stage not in {Stage.CLOSED, Stage.ANSWERED}:
        return []
    gate = gates.before_publishing(consultation)
    if stage is Stage.ANSWERED and not gate.proposals:
        return _to_report(consultation)
    if gate.ready < gate.proposals:
        to_write = reverse("consultations:desk") + "?show=answer"
        return [Task(_("Write the answers"), to_write, gate.proposals - gate.ready)]
    if gate.approved is not None and gate.approved < gate.proposals:
        to_approve = reverse("consultations:desk_approvals")
        return [Task(_("Approve the answers"), to_approve, gate.proposals - gate.approved)]
    label = _("Publish the answers: %(title)s") % {"title": consultation.title}
    return [Task(label, address, gate.proposals)]


def _to_report(consultation: Consultation) -> list[Task]:
    """All is answered: the closing report is left to publish."""
    report = getattr(consultation, "report", None)
    if report is not None and report.published_at is not None:
        return []
    address = reverse("consultations:desk_report", args=[consultation.number])
    label = _("Publish the closing report: %(title)s") % {"title": consultation.title}
    return [Task(label, address, why=_("It tells everybody what they said and what you did."))]


def _to_tell(group: Group) -> list[Task]:
    """People without e-mail wait for their published answers."""
    why = _("Their answers are published, and no e-mail brings them.")
    return [
        Task(
            _("Tell people without e-mail"),
            reverse("consultations:desk_telling", args=[number]),
            count,
            why,
        )
        for number, count in telling.left_to_tell(group)
    ]


def _carrying(group: Group) -> list[Task]:
    """Drafts that follow a published version wait for decisions and publication."""
    drafts = Version.objects.filter(group=group, published_at=None, number__gt=1)
    doubtful = Count("passages", filter=Q(passages__outcome=Outcome.DOUBTFUL))
    found = drafts.select_related("strategy").defer(*HEAVY).annotate(doubtful=doubtful)
    return [
        Task(
            _("Carry the proposals over to version %(number)s") % {"number": draft.number},
            reverse("consultations:anchors_of", args=[draft.strategy.number]),
            draft.doubtful,
        )
        for draft in found
    ]


def _words(group: Group, consultations: list[Consultation], at: datetime) -> list[Task]:
    """What the words of the strategies wait for: a file, a publication, a consultation."""
    address = reverse("strategies:list")
    if not Strategy.objects.filter(group=group).exists():
        why = _("A Word draft is enough. Nothing becomes public before you say so.")
        return [Task(_("Bring in the strategy"), address, why=why)]
    tasks = []
    if Import.objects.filter(group=group, closed_at=None).exists():
        tasks.append(Task(_("Look through the imported file"), address))
    drafts = Version.objects.filter(group=group, published_at=None, number=1)
    for draft in drafts.select_related("strategy").defer(*HEAVY):
        to_publish = reverse("consultations:anchors_of", args=[draft.strategy.number])
        tasks.append(Task(_("Publish the first version"), to_publish))
    return tasks + _without_consultation(group, consultations, at)


def _without_consultation(
    group: Group, consultations: list[Consultation], at: datetime
) -> list[Task]:
    spoken_of = {one.version_id for one in consultations}
    running = {
        one.strategy_id
        for one in consultations
        if not one.is_idea_call and one.stage(at) in RUNNING
    }
    return [
        Task(
            _("Open a consultation on version %(number)s") % {"number": version.number},
            reverse("consultations:desk_prepare", args=[version.strategy.number, version.number]),
        )
        for version in newest_versions(group)
        if version.pk not in spoken_of and version.strategy_id not in running
    ]


RUNNING = {Stage.PREPARING, Stage.ANNOUNCED, Stage.OPEN}
