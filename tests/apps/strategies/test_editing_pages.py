"""The pages of editing: who sees and presses what, how they grow, what stays when refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from uuid6 import uuid7

from sutarta.apps.strategies import actions, galley, queries, rendering
from sutarta.apps.strategies.models import BlockEdit, VersionReason
from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "Pagalba į namus teikiama kasdien vyresnio amžiaus žmonėms, gyvenantiems vieniems mieste. "


class Desk:
    """A member of staff before a browser, at a draft."""

    def __init__(self, client, *, role="EDITOR", document=None):
        self.version = make.version(document=document or make.document())
        self.strategy = self.version.strategy
        self.actor = make.member(of=self.strategy.group, role=role)
        starter = make.member(of=self.strategy.group)
        self.draft = actions.start_draft_from(
            actor=starter, version=self.version, reason=VersionReason.EDITING, note="", at=make.NOON
        )
        self.client, self.headers = client, {"host": self.strategy.group.hosts.get().name}
        client.force_login(self.actor)
        client.cookies["sutarta_language"] = "en"

    def block(self, place=1):
        return queries.draft_of(self.strategy).document.blocks[place]

    def get(self, name, *keys, query=""):
        address = reverse(f"strategies:{name}", args=[self.strategy.number, *keys]) + query
        return self.client.get(address, headers=self.headers)

    def post(self, name, *keys, query="", **fields):
        address = reverse(f"strategies:{name}", args=[self.strategy.number, *keys]) + query
        return self.client.post(address, fields, headers=self.headers)

    def typed(self, words, place=1, **fields):
        here = self.block(place)
        facts = {"words": words, "kind": "paragraph-0", "number": "", "seen": queries.seen(here)}
        return self.post("edit", here.id, **{**facts, **fields})


@pytest.fixture
def desk(client):
    return Desk(client)


def page(answer):
    return answer.content.decode()


def test_what_is_typed_is_saved_and_shown_in_its_place(desk):
    answer = desk.typed("Pagalba teikiama ir naktį.")

    assert answer.status_code == 302
    at = desk.client.get(answer["Location"], headers=desk.headers)
    assert at["Location"] == f"/desk/strategies/1/draft/edit/#{desk.block().id}"
    assert "Pagalba teikiama ir naktį." in page(desk.get("edit_draft"))


def test_what_is_refused_stays_typed(desk):
    answer = desk.typed("   ", number="9." + "9" * 30)

    assert answer.status_code == 422
    assert "9." + "9" * 30 in page(answer)
    assert BlockEdit.objects.count() == 0


def test_the_second_of_two_people_sees_both_texts_and_may_go_on(desk):
    seen = queries.seen(desk.block())
    desk.typed("Pirmoji.")

    answer = desk.typed("Antroji.", seen=seen)

    assert answer.status_code == 422
    assert "<p>Pirmoji.</p>" in page(answer)
    assert ">\nAntroji.</textarea>" in page(answer)
    assert queries.seen(desk.block()) in page(answer)
    assert desk.typed("Antroji.").status_code == 302


def test_words_for_a_passage_that_is_gone_are_not_lost(desk):
    here = desk.block()
    desk.post("edit_remove", here.id, seen=queries.seen(here))

    answer = desk.post("edit", here.id, words="Mano ilgas tekstas.", kind="paragraph-0")

    assert answer.status_code == 409
    assert "Mano ilgas tekstas." in page(answer)
    assert desk.post("edit", "bnever", words="x").status_code == 404


def test_something_new_is_written_before_and_after(desk):
    here = desk.block()
    for where in ("before", "after"):
        fields = {"words": f"Nauja {where}.", "kind": "paragraph-0", "number": ""}
        assert desk.post("edit_add", here.id, query=f"?where={where}", **fields).status_code == 302

    texts = [block.text for block in queries.draft_of(desk.strategy).document.blocks]
    assert texts[1:4] == ["Nauja before.", here.text, "Nauja after."]


def test_moving_joining_and_taking_out_tell_what_came_of_it(desk):
    first = desk.block(1)
    desk.post("edit_move", first.id, do="down")
    assert desk.block(2).id == first.id
    desk.post("edit_move", first.id, do="up")
    desk.post("edit_move", first.id, do="merge", seen="old")
    assert desk.block(1) == first
    desk.post("edit_move", first.id, do="merge", seen=queries.seen(first))
    assert len(queries.draft_of(desk.strategy).document.blocks) == 2
    assert desk.post("edit_move", first.id, do="fly").status_code == 404

    told = desk.client.get(
        desk.post("edit_move", first.id, do="down")["Location"], headers=desk.headers
    )
    assert "There is nothing to change places with." in page(told)


def test_the_last_block_stays_and_the_reason_is_said(client):
    desk = Desk(client, document=identify(Document((make.block("Viena."),)), "t"))

    answer = desk.post("edit_remove", desk.block(0).id, seen=queries.seen(desk.block(0)))

    assert answer.status_code == 422
    assert "Something has to stay" in page(answer)


def test_history_shows_both_wordings_and_takes_back(desk):
    desk.typed("Pagalba teikiama ir naktį.")

    shown = page(desk.get("edit_history"))
    assert "Corrected" in shown
    assert str(desk.actor) in shown
    assert "<ins>" in shown
    answer = desk.post("edit_undo", BlockEdit.objects.get().pk)

    assert answer.status_code == 302
    assert desk.block() == desk.version.document.blocks[1]
    assert page(desk.get("edit_history", query=f"?block={desk.block().id}")).count("<article") == 2
    assert page(desk.get("edit_history", query="?block=bother")).count("<article") == 0


def test_a_number_or_words_lead_to_the_passage(desk):
    assert desk.get("edit_draft", query="?find=2.1")["Location"].endswith(f"#{desk.block().id}")
    assert "Nothing was found" in page(desk.get("edit_draft", query="?find=nieko tokio"))
    assert page(desk.get("edit_draft", query="?find=seimos")).count('<li><a href="?page=1#') == 0


ALL = {"COORDINATOR", "EDITOR", "MODERATOR", "AUDITOR"}
CHANGE = {"COORDINATOR", "EDITOR"}
WHO = {
    "start_draft": CHANGE, "edit_draft": ALL, "edit": CHANGE, "edit_at": ALL, "edit_add": CHANGE,
    "edit_remove": CHANGE, "edit_history": ALL, "draft": ALL,
}  # fmt: skip


@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("name", WHO)
def test_who_opens_which_page(client, name, role):
    desk = Desk(client, role=role)
    keys = [desk.block().id] if name in {"edit", "edit_at", "edit_add", "edit_remove"} else []

    answer = desk.get(name, *keys)

    assert (answer.status_code in {200, 302}) == (role in WHO[name])
    assert answer.status_code in {200, 302, 403}


@pytest.mark.parametrize("role", ["MODERATOR", "AUDITOR"])
def test_readers_see_no_way_to_change(client, role):
    desk = Desk(client, role=role)
    actions.remove_block(
        actor=make.member(of=desk.strategy.group), version=desk.draft,
        lineage_id=desk.block().id, seen=queries.seen(desk.block()), at=make.NOON,
    )  # fmt: skip

    assert 'class="mark"' not in page(desk.get("edit_draft"))
    assert "Take back" not in page(desk.get("edit_history"))


def test_without_a_draft_there_is_nothing_to_correct(desk):
    actions.publish_version(actor=desk.actor, version=desk.draft, at=make.NOON)

    assert desk.get("edit_draft").status_code == 404
    assert desk.get("edit", desk.version.document.blocks[1].id).status_code == 404


def test_a_draft_is_started_here_with_a_reason(client):
    version = make.version()
    actor = make.member(of=version.group, role="EDITOR")
    client.force_login(actor)
    address = reverse("strategies:start_draft", args=[version.strategy.number])
    headers = {"host": version.group.hosts.get().name}

    wrong = client.post(address, {"note": "Pataisyta."}, headers=headers)
    right = client.post(address, {"note": "Pataisyta.", "reason": "EDITING"}, headers=headers)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Pataisyta." in page(wrong)
    assert queries.draft_of(version.strategy).reason == "EDITING"


def long_document(blocks):
    """Headings, paragraphs and a table in every twenty blocks."""
    made = []
    for n in range(blocks // 20):
        made.append(make.block(f"Skyrius {n}", Kind.HEADING, level=1, number=f"{n + 1}."))
        made += [make.block(f"{n} {m} {WORDS * 3}") for m in range(14)]
        made.append(Block(Kind.TABLE, (Span(f"Lentelė {n}"),)))
        cells = tuple(Cell(((Span(f"{n} {c}"),),)) for c in range(3))
        made += [Block(Kind.ROW, cells=cells) for _row in range(4)]
    return identify(Document(tuple(made)), "t")


def questions(desk, name, *keys):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = desk.get(name, *keys)
    assert answer.status_code == 200
    return len(asked), len(answer.content)


def test_a_draft_of_1500_blocks_asks_no_more_and_stays_light(client):
    small = questions(Desk(client, document=long_document(20)), "edit_draft")
    desk = Desk(client, document=long_document(1500))
    large = questions(desk, "edit_draft")
    one = questions(desk, "edit", desk.block().id)

    assert large[0] == small[0]
    assert large[1] <= 200_000
    assert one[1] <= 40_000
    print("1500 blocks: queries", large[0], "bytes", large[1], "; one block:", one)


def test_a_table_is_not_cut_between_pages():
    cells = (Cell(((Span("A"),),)),)
    rows = [Block(Kind.ROW, cells=cells)] * galley.BLOCKS_ON_A_PAGE
    document = Document((Block(Kind.TABLE), *rows, make.block("Po lentelės.")))
    rendered = rendering.render(identify(document, "t"), str)

    sheets = galley.parted(rendering.grouped(rendered))

    assert [len(page) for page in sheets.pages] == [1, 1]
    assert sheets.page_of(rendered[-2]["id"]) == 1
    assert sheets.page_of(rendered[-1]["id"]) == 2
    assert sheets.page_of("bnowhere") == 1


def test_history_of_300_corrections_asks_no_more(client):
    desk = Desk(client)
    desk.typed("Viena.")
    few = questions(desk, "edit_history")
    edit = BlockEdit.objects.get()
    for n in range(300):
        edit.pk, edit.at = uuid7(), make.NOON + timedelta(seconds=n)
        edit.save(force_insert=True)

    many = questions(desk, "edit_history")

    assert many[0] == few[0]


def test_the_list_says_that_a_word_file_lacks_what_was_corrected_here(desk):
    def told():
        return page(desk.client.get(reverse("strategies:list"), headers=desk.headers))

    assert "before corrections made here" not in told()
    desk.typed("Pagalba teikiama ir naktį.")

    assert told().count("before corrections made here") == 1
