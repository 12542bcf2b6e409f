"""Words published by mistake are withheld by a logged act; digests stay, nothing shows them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.urls import reverse
from django.utils import translation

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger import queries as log
from sutarta.apps.people.access import Refused
from sutarta.apps.publishing.queries import auditing
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.strategies import rendering, rules
from sutarta.apps.strategies.actions import withholding as actions
from sutarta.apps.strategies.models import Version, Withholding
from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
SECRET = "Ona K. iš Liepų g. 7 serga."
DAY = timedelta(days=1)


@pytest.fixture
def version():
    return make.version("Miesto ligonių sąrašas.", SECRET, group=make.group(host="ours.test"))


@pytest.fixture
def lineage(version):
    return make.passage(version, 2)


def again(version):
    return Version.objects.select_related("strategy", "group").get(pk=version.pk)


def withhold(version, lineage, **facts):
    return make.withholding(version, lineage_id=lineage, **facts)


def of_every_kind():
    """One block of each kind that holds words."""
    cells = (Cell(((Span("Ona K."),),)), Cell(((Span("serga"),), (Span("Liepų g. 7"),))))
    blocks = (
        make.block("Ligoniai", Kind.HEADING, level=1),
        make.block("Ona K. serga.", Kind.ITEM, number="a)"),
        Block(Kind.TABLE),
        Block(Kind.ROW, cells=cells),
        Block(Kind.FIGURE, (Span("Onos K. nuotrauka"),), image="0" * 64),
        make.block("Onos K. liga", Kind.FOOTNOTE, label="1"),
    )
    return identify(Document(blocks, media={"0" * 64: "image/png"}), seed="visko")


def everything_stored(version):
    row = again(version)
    return bytes(row.content).decode() + row.rendered


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("COORDINATOR", ""),
        ("EDITOR", ""),
        ("MODERATOR", ""),
        ("AUDITOR", "Your role in this group does not include this step."),
        ("stranger", "Only staff of this group may do this."),
        ("nobody", "Only staff of this group may do this."),
    ],
)
@pytest.mark.parametrize("when", [timedelta(), timedelta(days=400)])
def test_who_may_withhold(version, who, reason, when):
    others = {"stranger": lambda: make.member(of=make.group()), "nobody": AnonymousUser}
    actor = others.get(who, lambda: make.member(of=version.group, role=who))()

    with translation.override("en"):
        assert rules.may_withhold(actor, version, NOON + when).reason == reason


def test_a_draft_is_corrected_not_withheld():
    draft = make.version(published=False)

    with translation.override("en"), pytest.raises(Refused, match="A draft is not public"):
        withhold(draft, make.passage(draft))


def test_the_words_leave_the_version_and_a_sign_stands_there(version, lineage):
    before = {one["id"]: one["shown"] for one in rendering.restored(version)}

    withhold(version, lineage)

    after = rendering.restored(again(version))
    shown = next(one for one in after if one["id"] == lineage)
    assert SECRET not in everything_stored(version)
    assert shown["text"] == "[neskelbiama: Paskelbta per klaidą.]"
    assert {one["id"]: one["shown"] for one in after} == before


def test_the_digest_stays_and_the_audit_is_content(version, lineage):
    ledger.record("test.bound", group=version.group, at=NOON, rows=[version, version.original,
        version.strategy])  # fmt: skip
    before = version.digest

    withhold(version, lineage)

    assert again(version).digest == before
    found = {one.code for one in auditing.look_through(version.group, NOON).findings}
    assert not found & {"version.words", "row.changed", "row.missing"}


def test_covered_words_put_back_by_hand_are_named(version, lineage):
    words, salts = bytes(version.content), version.salts
    withhold(version, lineage)
    Version.objects.filter(pk=version.pk).update(content=words.replace(b"serga", b"gyva"),
        salts=salts)  # fmt: skip
    Withholding.objects.all().update(ended_at=NOON)

    codes = {one.code for one in auditing.look_through(version.group, NOON).findings}

    assert "version.words" in codes


def test_every_published_version_with_the_same_words_covers_them(version, lineage):
    other = make.reworded(version, make.passage(version), "Kitas sąrašas.")
    third = make.reworded(other, lineage, "Čia jau nieko asmeniško.")

    rows = withhold(version, lineage).version.withholdings.count()

    assert rows == 1
    assert SECRET not in everything_stored(other)
    assert "nieko asmeniško" in everything_stored(third)


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.ROW, Kind.FIGURE, Kind.FOOTNOTE, Kind.ITEM])
def test_a_passage_of_any_kind_keeps_its_kind_and_its_shape(kind):
    version = make.version(document=of_every_kind())
    block = next(one for one in version.document.blocks if one.kind is kind)

    withhold(version, block.id)

    covered = next(one for one in again(version).document.blocks if one.id == block.id)
    assert (covered.kind, covered.level, len(covered.cells)) == (
        kind, block.level, len(block.cells),
    )  # fmt: skip
    assert covered.image == ""
    assert block.text == "" or block.text not in covered.text


def test_comparison_and_history_read_the_sign_in_a_process_that_knew_the_words(version, lineage):
    after = make.reworded(version, make.passage(version), "Kitas sąrašas.")
    known = strategies.beside(version, after)
    assert any(SECRET in block.text for pair in known.pairs for block in pair.old)

    withhold(version, lineage)

    fresh = strategies.beside(again(version), again(after))
    assert not any(SECRET in one.text for pair in fresh.pairs for one in (*pair.old, *pair.new))
    assert not any(SECRET in step.text for step in strategies.history(version.strategy, lineage))


def test_the_public_page_changes_at_once(version, lineage, client):
    address = reverse("consultations:version", args=[version.strategy.number, version.number])
    assert SECRET in client.get(address, headers=HOST).content.decode()

    withhold(version, lineage)

    page = client.get(address, headers=HOST).content.decode()
    assert SECRET not in page
    assert "[neskelbiama: Paskelbta per klaidą.]" in page


def test_it_is_an_act_that_names_the_passage_and_not_its_words(version, lineage):
    withhold(version, lineage)

    entry = log.acts(version.group, "version.passage_withheld").get()
    assert entry.about == f"s/{version.strategy.number}/{version.number}/{lineage}"
    assert log.facts(entry) == {
        "strategy": version.strategy.number,
        "version": version.number,
        "passage": lineage,
    }
    assert SECRET.encode() not in bytes(entry.body)


def test_it_can_be_taken_back_to_the_very_same_bytes(version, lineage):
    before = (bytes(version.content), version.rendered, version.salts)
    row = withhold(version, lineage)

    actions.show_again(actor=make.member(of=version.group), withholding=row, at=NOON + DAY)

    now = again(version)
    assert (bytes(now.content), now.rendered, now.salts) == before
    assert log.acts(version.group, "version.passage_shown").count() == 1
    row.refresh_from_db()
    assert (row.kept, row.salt, row.ended_at) == (None, "", NOON + DAY)


def test_after_ninety_days_the_words_are_gone_for_good(version, lineage):
    row = withhold(version, lineage)
    just_before = NOON + actions.KEPT_FOR - timedelta(milliseconds=1)
    assert actions.forget_withheld(just_before) == 0

    assert actions.forget_withheld(NOON + actions.KEPT_FOR) == 1

    row.refresh_from_db()
    assert (row.kept, row.salt) == (None, "")
    with translation.override("en"), pytest.raises(Refused, match="removed for good"):
        actions.show_again(actor=make.member(of=version.group), withholding=row, at=NOON)
    assert actions.forget_withheld(NOON + actions.KEPT_FOR) == 0


@pytest.mark.parametrize(
    ("lineage_id", "reason", "words"),
    [("", " ", "Write the reason"), ("nothere", "Klaida", "There is no such passage")],
)
def test_without_a_reason_or_a_passage_it_is_refused(version, lineage_id, reason, words):
    with translation.override("en"), pytest.raises(Refused, match=words):
        withhold(version, lineage_id or make.passage(version), reason=reason)


def test_the_same_passage_is_withheld_once(version, lineage):
    withhold(version, lineage)

    with translation.override("en"), pytest.raises(Refused, match="withheld already"):
        withhold(version, lineage)
    with pytest.raises(IntegrityError):
        row = Withholding.objects.get()
        row.pk = None
        row.save(force_insert=True)


def test_staff_find_the_passage_by_its_number_and_withhold_it(version, lineage, client):
    number = next(one["shown"] for one in rendering.restored(version) if one["id"] == lineage)
    client.force_login(make.member(of=version.group))
    address = reverse("strategies:withhold", args=[version.strategy.number, version.number])

    found = client.get(address, {"passage": number}, headers=HOST).content.decode()
    done = client.post(address, {"passage": number, "reason": "Per klaidą"}, headers=HOST)

    assert SECRET in found
    assert (done.status_code, SECRET in everything_stored(version)) == (302, False)
    assert "Per klaidą" in client.get(address, headers=HOST).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"passage": "99", "reason": "Klaida"}, "Šioje versijoje nėra pastraipos tokiu numeriu."),
        ({"passage": "", "reason": "Klaida"}, "Įrašykite pastraipos numerį."),
        ({"reason": "Klaida"}, "Įrašykite pastraipos numerį."),
        ({"passage": "2.1", "reason": " "}, "Įrašykite priežastį."),
    ],
)
def test_a_bad_form_says_why_and_keeps_what_was_typed(version, client, sent, words):
    client.force_login(make.member(of=version.group))
    address = reverse("strategies:withhold", args=[version.strategy.number, version.number])

    answer = client.post(address, sent, headers=HOST)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert sent["reason"].strip() in answer.content.decode()
