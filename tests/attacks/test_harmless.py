"""What a group may do, however much it takes away: the audit stays silent."""

from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import (
    attaching,
    bulk,
    bundling,
    carrying,
    entering,
    erasing,
    languages,
    moderating,
    objecting,
    reasoning,
    replaying,
    running,
    sorting,
    speaking,
    territory,
    translating,
)
from sutarta.apps.consultations.models import (
    Attachment,
    ChangeReason,
    Channel,
    Filing,
    FormWords,
    Rendition,
    Submission,
    Translation,
    Visibility,
)
from sutarta.apps.consultations.queries import erasing as erased
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import Membership
from sutarta.apps.publishing.actions import publications
from sutarta.apps.publishing.models import Publication
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.actions import stepping, withholding
from sutarta.apps.strategies.models import Withholding
from sutarta.apps.tenants.models import Ward
from sutarta.core import deadlines
from tests import make
from tests.attacks import living
from tests.attacks.changing import attack
from tests.attacks.living import again, decide, live, order
from tests.make import NOON

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATE = living.CLOSED


def said(its, number):
    return again(Submission.objects.get(group=its.group, number=number))


def erase(scope, number):
    def do(its):
        erasure = erasing.ask_erasure(
            actor=its.who,
            submission=said(its, number),
            scope=scope,
            asker="AUTHOR",
            ground="Prašė",
            at=NOON,
        )
        erasing.decide_erasure(actor=its.other, erasure=erasure, carry_out=True, at=NOON)

    return do


def erase_own(its):
    erasing.ask_own_erasure(submission=said(its, 1), scope="CONTACT", ground="", at=NOON)


def refuse_erasure(its):
    erasure = erasing.ask_erasure(
        actor=its.who,
        submission=said(its, 1),
        scope="WORDS",
        asker="THIRD",
        ground="Prašė",
        at=NOON,
    )
    erasing.decide_erasure(
        actor=its.other, erasure=erasure, carry_out=False, refusal="Ne jo", at=NOON
    )


def set_aside(its):
    wish = bulk.Wish("set_aside", reason="Reklama", seen={4: said(its, 4).digest})
    done = bulk.do(actor=its.who, group=its.group, submissions=[said(its, 4)], wish=wish, at=NOON)
    bulk.undo(actor=its.who, deed=done.deed, at=NOON)


def extend(its):
    its.its.refresh_from_db()
    deadline = deadlines.Deadline.of(make.LAST_DAY + 5 * DAY, deadlines.Wording(), its.group.zone)
    running.set_deadline(
        actor=its.who,
        consultation=its.its,
        deadline=deadline,
        reason="Prašė gyventojai",
        at=NOON,
    )


def explain_better(its):
    facts = running.Facts(
        title="Kitas pavadinimas",
        summary="Kita santrauka",
        opens_at=its.its.opens_at,
        answers_by=its.its.answers_by,
        waived=tuple(its.its.waived),
        contact_name="R. M.",
        contact_email="rm@alksniai.example",
    )
    running.edit(actor=its.who, consultation=its.its, facts=facts, at=NOON)


def take_in_late(its):
    late = make.receipt(consultation=its.its, at=living.CLOSED).submission
    moderating.accept_late(actor=its.who, submission=late, reason="Pašto klaida", at=living.CLOSED)


def enter_by_hand(its):
    make.entered(consultation=its.its, actor=its.who, at=NOON, channel=Channel.ELSEWHERE)
    one = make.entered(consultation=its.its, actor=its.who, at=NOON, publish=True)
    entering.reply_pasted(actor=its.who, submission=one, pasted=True, at=NOON)


def change_files(its):
    one = Attachment.objects.get(group=its.group)
    attaching.hide(actor=its.who, attachment=one, at=NOON)
    attaching.take_back(attachment=Attachment.objects.get(pk=one.pk), at=NOON)
    Attachment.objects.filter(group=its.group).update(is_unscanned=True)
    attaching.scan_waiting(NOON)


def translate(its):
    for one in Translation.objects.filter(group=its.group):
        translating.remove(actor=its.who, translation=one, at=NOON)
    make.translation(said(its, 1), language="en", actor=its.who)
    make.translation(said(its, 1), "Kitas.", language="en", actor=its.who)


def reorder(its):
    for filing in Filing.objects.filter(group=its.group):
        sorting.unfile(actor=its.who, filing=filing, at=NOON)
    bundling.bundle(actor=its.who, submissions=[said(its, 1), said(its, 4)], at=NOON)
    bundling.leave(actor=its.who, submission=said(its, 4), at=NOON)
    sorting.tag(actor=its.who, submission=said(its, 1), name="keliai", at=NOON)
    sorting.assign(actor=its.who, submission=said(its, 1), to=its.other, at=NOON)
    sorting.note(actor=its.who, submission=said(its, 1), text="Paskambinti", at=NOON)


def other_words(its):
    for one in Rendition.objects.filter(group=its.group):
        languages.remove_rendition(actor=its.who, rendition=one, at=NOON)
    for form in FormWords.objects.filter(group=its.group):
        languages.end_form_language(actor=its.who, form=form, at=NOON)


def other_reasons(its):
    reasons = ChangeReason.objects.filter(group=its.group).values_list("pk", flat=True)
    reasoning.take_back(actor=its.who, version=its.second, reasons=list(reasons), at=NOON)
    reasoning.explain(
        actor=its.who,
        version=its.second,
        passages=[make.passage(its.first)],
        cause="SUBMISSION",
        number=1,
        at=NOON,
    )
    reasoning.explain(
        actor=its.who,
        version=its.second,
        passages=[make.passage(its.first)],
        cause="SUBMISSION",
        number=1,
        note="Kaip siūlyta",
        at=NOON,
    )


def next_version(its):
    """Drafted, explained, thrown away, drafted anew and published; submissions carried over."""
    strategy = its.first.strategy

    def draft():
        import_ = make.import_("# Ko žmonėms trūksta", "Visai kiti žodžiai.", strategy=strategy)
        return strategies.make_draft(
            actor=its.who, import_=import_, reason="EDITING", note="", at=living.CLOSED
        )

    strategies.discard_draft(actor=its.who, version=draft(), at=living.CLOSED)
    made = draft()
    for passage in made.passages.filter(outcome="doubtful"):
        strategies.decide_passage(actor=its.who, passage=passage, becomes=[], at=living.CLOSED)
    changed = made.passages.exclude(outcome="kept").first().old_id
    reasoning.explain(
        actor=its.who,
        version=made,
        passages=[changed],
        cause="DECISION",
        note="Valdyba",
        at=living.CLOSED,
    )
    carrying.publish_next(actor=its.who, version=made, at=living.CLOSED)
    carrying.place_submissions(version=made, at=living.CLOSED)


def plan(its):
    steps = {"BOARD": None, "MINISTRY": stepping.Facts(note="Kovą")}
    stepping.set_steps(
        actor=its.who, strategy=its.first.strategy, steps=steps, today=NOON.date(), at=NOON
    )


def withhold(its):
    for one in Withholding.objects.filter(group=its.group):
        withholding.show_again(actor=its.who, withholding=one, at=NOON)
    withholding.withhold(
        actor=its.who,
        version=its.second,
        lineage_id=make.passage(its.second),
        reason="Asmens duomenys",
        at=NOON,
    )
    withholding.forget_withheld(NOON + 400 * DAY)


def object_and_settle(its):
    row = objecting.ask_review(submission=said(its, 2), said="Nesutinku", at=NOON - DAY)
    decide(its, said(its, 2), Visibility.PUBLIC)
    objecting.settle(actor=its.other, objection=row, upheld=True, explanation="Atidengta.", at=NOON)


def move_the_group(its):
    people.change_settings(
        actor=its.who, group=its.group, changed={"name": "Nauja VVG", "notice_days": 7}, at=NOON
    )
    people.end_membership(
        actor=its.who, membership=Membership.objects.get(group=its.group, role="EDITOR"), at=NOON
    )
    people.invite(
        actor=its.who,
        group=its.group,
        email="x@alksniai.example",
        name="X",
        role="AUDITOR",
        at=NOON,
    )
    ward = Ward.objects.get(group=its.group)
    territory.rename(actor=its.who, ward=ward, name="Naujamiestis", at=NOON)
    territory.end(actor=its.who, ward=ward, ended=True, at=NOON)
    territory.draw(
        actor=its.who,
        group=its.group,
        outlines={"Užupis": [[[24.0, 55.0], [24.1, 55.0], [24.1, 55.1], [24.0, 55.0]]]},
        at=NOON,
    )


def prove_publication(its):
    one = Publication.objects.get(group=its.group)
    publications.withdraw(actor=its.who, publication=one, reason="Klaida", at=NOON)
    publications.record(
        actor=its.who,
        consultation=its.its,
        seen=publications.Seen("NEWSPAPER", "Alksnių žinios", NOON.date()),
        at=NOON,
    )


def rotate(its):
    ledger.rotate_key(group=its.group, reason="Kasmet", at=NOON)
    ledger.record("thing.happened", group=its.group, at=NOON)


def restore_and_erase_again(its):
    rows = list(erased.carried_out())
    replaying.replay(rows, NOON)
    ledger.open_epoch(group=its.group, at=living.CLOSED + 9 * DAY, lost=[])


BEFORE_ANSWERS = {
    "decided anew": lambda its: decide(its, said(its, 1), Visibility.HIDDEN),
    "covered": lambda its: decide(its, said(its, 1), Visibility.REDACTED, Text("„[uždengta]“ a.")),
    "covered, then shown": lambda its: decide(its, said(its, 2), Visibility.PUBLIC),
    "set aside and taken back": set_aside,
    "withdrawn": lambda its: speaking.withdraw(submission=said(its, 1), at=NOON),
    "corrected": lambda its: speaking.correct(
        submission=said(its, 1), text=Text("Kitaip."), at=NOON
    ),
    "contact erased": erase("CONTACT", 1),
    "own contact erased": erase_own,
    "files erased": erase("ATTACHMENTS", 1),
    "words erased": erase("WORDS", 1),
    "words of a covered one erased": erase("WORDS", 2),
    "words of a corrected one erased": erase("WORDS", 4),
    "words of a need erased": erase("WORDS", 7),
    "an erasure refused": refuse_erasure,
    "extended": extend,
    "explained better": explain_better,
    "one more, too late": take_in_late,
    "entered at the desk": enter_by_hand,
    "a file hidden and taken back": change_files,
    "translated": translate,
    "sorted": reorder,
    "renditions and forms ended": other_words,
    "reasons given": other_reasons,
    "steps planned": plan,
    "withheld": withhold,
    "objected": object_and_settle,
    "the group changed": move_the_group,
    "the notice proved": prove_publication,
    "an address confirmed": lambda its: speaking.confirm(submission=said(its, 1), at=NOON),
    "the key handed on": rotate,
    "restored, erased again, another epoch": restore_and_erase_again,
}
AFTER_ANSWERS = {
    "the next version": next_version,
    "a year later": living.a_year_later,
    "words erased a year later": lambda its: (living.a_year_later(its), erase("WORDS", 1)(its)),
    "contact erased": erase("CONTACT", 1),
}


@pytest.mark.parametrize(
    ("answered", "deeds"),
    [(False, BEFORE_ANSWERS), (True, AFTER_ANSWERS)],
    ids=["while people speak", "after the answers"],
)
def test_nothing_the_group_may_do_raises_an_alarm(answered, deeds):
    its = live(answered=answered)
    alarms = {}
    for what, do in deeds.items():
        with attack():
            do(its)
            found = living.audit(its.group)
            order(its.group, living.CLOSED + 20 * DAY)
            if found or living.audit(its.group):
                alarms[what] = found

    assert alarms == {}
