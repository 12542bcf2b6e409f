"""`sutarta documents import`: a Word file as Sutarta reads it, without an installation."""

from __future__ import annotations

import json
from importlib import resources

from tests.cli.conftest import sutarta

BUNDLED = resources.files("sutarta.cli.demo") / "alksniai-1.docx"


def test_people_see_the_outline_and_what_to_look_at():
    done = sutarta("documents", "import", BUNDLED)

    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == "Alksnių miesto 2023–2029 m. vietos plėtros strategija"
    assert "3. Ko žmonėms trūksta" in lines
    assert "  2.1. Teritorija" in lines
    assert "    6.3.1. Pagalba į namus" in lines
    assert "1 priedas. Apklausos rezultatai" in lines
    assert lines[-2] == "1 finding"
    left_out = "- The table of contents was left out; it is made anew. [3: "
    assert lines[-1].startswith(left_out)
    assert " – 1. Kas mes esame 3 2. Miestas" in lines[-1]


def test_programs_get_blocks_and_findings():
    done = sutarta("documents", "import", BUNDLED, "--json")

    said = json.loads(done.stdout)
    kinds = {block["kind"] for block in said["document"]["blocks"]}
    assert said["schema"] == "sutarta.reading/1"
    assert said["document"]["schema"] == "sutarta.document/1"
    assert kinds == {"heading", "paragraph", "item", "table", "row", "figure", "footnote"}
    assert [found["code"] for found in said["findings"]] == ["left_out.contents"]


def test_a_bad_file_is_one_line(tmp_path):
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"not a Word file at all")

    done = sutarta("documents", "import", bad)

    sentence = "This is not a Word document (.docx). Open it in Word and save it as .docx."
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"sutarta: bad.docx: {sentence}\n"


def test_a_missing_file_is_one_line(tmp_path):
    done = sutarta("documents", "import", tmp_path / "none.docx")

    assert done.returncode == 2
    assert done.stderr == (
        f"sutarta: The file {tmp_path / 'none.docx'} cannot be read: No such file or directory.\n"
    )


def test_it_works_without_django(tmp_path):
    (tmp_path / "django.py").write_text("raise ImportError('nobody may ask for Django here')")

    done = sutarta("documents", "import", BUNDLED, PYTHONPATH=f"{tmp_path}:src")

    assert (done.returncode, done.stderr) == (0, "")
