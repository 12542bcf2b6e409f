"""`sutarta documents` with files of LibreOffice, web pages and Markdown."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import sutarta
from tests.formats.odt import packages as odf

OLD = {
    "old.odt": odf.package(odf.h("Tikslai") + odf.items("Pagalba į namus", "Dienos centras")),
    "old.html": "<h1>Tikslai</h1><ol><li>Pagalba į namus<li>Dienos centras</ol>".encode(),
    "old.md": "# Tikslai\n\n1. Pagalba į namus\n2. Dienos centras\n".encode(),
}
NEW = "# Tikslai\n\n1. Dienos centras\n2. Pagalba į namus\n3. Vaikų stovykla\n"


@pytest.mark.parametrize("name", OLD)
def test_people_see_the_outline_whatever_the_kind(tmp_path, name):
    (tmp_path / name).write_bytes(OLD[name])

    done = sutarta("documents", "import", tmp_path / name)

    assert (done.returncode, done.stderr) == (0, "")
    assert "3 passages, 0 pictures" in done.stdout
    assert "Tikslai" in done.stdout


@pytest.mark.parametrize("name", OLD)
def test_passages_are_found_again_across_kinds(tmp_path, name):
    (tmp_path / name).write_bytes(OLD[name])
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")

    done = sutarta("documents", "anchors", tmp_path / name, tmp_path / "new.md")

    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (len(found), len(set(found.values())), None in found.values()) == (3, 3, False)


def test_a_file_of_another_kind_is_one_line(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")

    done = sutarta("documents", "import", tmp_path / "a.pdf")

    assert (done.returncode, done.stdout) == (2, "")
    sentence = "This is no document we can read. Save it as .docx, .odt, .html or .md."
    assert done.stderr == f"sutarta: a.pdf: {sentence}\n"
