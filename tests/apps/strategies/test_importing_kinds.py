"""A strategy may begin in LibreOffice, on a web page or in Markdown."""

import pytest
from django.core.files.storage import default_storage

from sutarta.apps.strategies import actions
from sutarta.apps.strategies.models import VersionReason
from sutarta.apps.strategies.queries import exporting
from sutarta.core.documents import Kind
from sutarta.formats import docx
from tests import make
from tests.formats.odt import packages as odf
from tests.make import NOON

pytestmark = pytest.mark.django_db

CHANGED = (
    "<text:tracked-changes>"
    + "".join(
        f'<text:changed-region text:id="{name}"><text:{kind}><office:change-info>'
        f"<dc:creator>R. M.</dc:creator></office:change-info>{inner}</text:{kind}>"
        "</text:changed-region>"
        for name, kind, inner in (("i", "insertion", ""), ("d", "deletion", odf.p("kasdien")))
    )
    + '</text:tracked-changes><text:p>Pagalba teikiama <text:change-start text:change-id="i"/>'
    'savaitgaliais<text:change-end text:change-id="i"/><text:change text:change-id="d"/>.</text:p>'
)
FILES = {
    "planas.odt": (odf.package(odf.h("Tikslai") + CHANGED), ".odt"),
    "planas.htm": (
        b"<title>x</title><h1>Tikslai</h1><p>Pagalba teikiama <ins datetime='2026'>"
        b"savaitgaliais</ins><del datetime='2026'>kasdien</del>.",
        ".html",
    ),
    "planas.md": (b"# Tikslai\n\nPagalba teikiama savaitgaliais.", ".md"),
    "planas.docx": (odf.package(odf.h("Tikslai") + CHANGED), ".odt"),
}


@pytest.fixture
def strategy():
    return make.strategy()


@pytest.fixture
def editor(strategy):
    return make.member(of=strategy.group, role="EDITOR")


def kept(editor, strategy, name):
    data, _ending = FILES[name]
    return actions.keep_import(actor=editor, strategy=strategy, name=name, data=data, at=NOON)


def said(import_):
    return [(block.kind, block.text) for block in import_.document.blocks]


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_kind_is_kept_as_it_is_and_read(editor, strategy, name):
    data, ending = FILES[name]

    import_ = kept(editor, strategy, name)

    assert import_.original.path.endswith(ending)
    with default_storage.open(import_.original.path) as file:
        assert file.read() == data
    assert said(import_) == [
        (Kind.HEADING, "Tikslai"),
        (Kind.PARAGRAPH, "Pagalba teikiama savaitgaliais."),
    ]


@pytest.mark.parametrize("name", ["planas.odt", "planas.htm"])
def test_tracked_changes_of_any_kind_are_chosen_as_those_of_word(editor, strategy, name):
    import_ = kept(editor, strategy, name)
    assert [found["code"] for found in import_.findings] == [
        "changes.insertion",
        "changes.deletion",
    ]

    chosen = actions.choose_changes(actor=editor, import_=import_, changes="reject", at=NOON)

    assert said(chosen)[1] == (Kind.PARAGRAPH, "Pagalba teikiama kasdien.")


@pytest.mark.parametrize("name", FILES)
def test_whatever_it_began_as_one_can_go_on_in_word(editor, strategy, name):
    import_ = kept(editor, strategy, name)
    import_ = actions.choose_changes(actor=editor, import_=import_, changes="accept", at=NOON)
    draft = actions.make_draft(
        actor=editor, import_=import_, reason=VersionReason.FIRST, note="", at=NOON
    )

    heading, words = docx.read(exporting.word_file(draft)).document.blocks[-2:]

    assert heading.text.endswith("Tikslai")  # a new file prints the number before it
    assert words.text == "Pagalba teikiama savaitgaliais."
    assert [heading.id, words.id] == [block.id for block in draft.document.blocks]
