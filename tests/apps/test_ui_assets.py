"""The committed assets: whole, small, and fit for phones from before 2022."""

import gzip
import json
import shutil

import pytest
from tools.assets import check

STATIC = check.ROOT / check.STATIC
FIRST_VIEW = ["ui/sutarta.css", "ui/sutarta.js", "ui/mark.svg", "vendor/htmx/htmx.min.js"]


@pytest.fixture
def copy(tmp_path):
    """A copy of what the manifest speaks of, to be spoilt."""
    shutil.copytree(check.ROOT / "src/sutarta/apps/ui", tmp_path / "src/sutarta/apps/ui")
    shutil.copytree(check.ROOT / "tools", tmp_path / "tools")
    shutil.copy(check.ROOT / "package-lock.json", tmp_path)
    return tmp_path


def test_the_assets_match_their_manifest(copy, capsys):
    assert (check.main(), check.main(copy)) == (0, 0)


def test_an_edited_asset_is_noticed(copy, capsys):
    with (copy / check.STATIC / "vendor/htmx/htmx.min.js").open("a") as script:
        script.write("//")

    assert check.main(copy) == 1
    assert "htmx.min.js differs from the manifest" in capsys.readouterr().out


def test_styles_changed_without_building_are_noticed(copy, capsys):
    with (copy / check.STYLES / "home.css").open("a") as styles:
        styles.write("p { color: red; }")
    (copy / check.STYLES / "new.css").write_text("")

    assert check.main(copy) == 1
    assert capsys.readouterr().out.count("changed after sutarta.css was built") == 2


def test_a_file_without_an_origin_is_noticed(copy, capsys):
    (copy / check.STATIC / "vendor/htmx/extra.js").write_text("")

    assert check.main(copy) == 1
    assert "vendor/htmx/extra.js is not in the manifest" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("@layer base{p{color:red}}", "@layer"),
        (".a{height:100dvh}", "0dvh"),
        (".a:has(b),.c{color:red}", ":has()"),
        ("@media print{.c,.a:has(> b){color:red}}", ":has()"),
    ],
)
def test_what_old_browsers_would_drop_is_noticed(copy, capsys, written, named):
    with (copy / check.STATIC / check.SHEET).open("a") as sheet:
        sheet.write(written)

    assert check.main(copy) == 1
    assert named in capsys.readouterr().out


def test_has_inside_brackets_that_forgive_is_no_fault(copy):
    sheet = copy / check.STATIC / check.SHEET
    sheet.write_text(".x{color:red}:is(.a,.b:has(i)) p{color:red}.c:has(b){color:red}")

    assert check._too_new(copy) == []


def test_the_styles_hold_no_layers_and_no_foreign_address():
    styles = (STATIC / "ui/sutarta.css").read_text(encoding="utf-8")

    assert "@layer" not in styles
    assert "@import" not in styles
    assert styles.replace("http://www.w3.org/2000/svg", "").count("//") == 0


def test_a_first_view_leaves_room_for_the_page_itself():
    packed = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in FIRST_VIEW)
    font = (STATIC / "vendor/inter/inter.woff2").stat().st_size

    assert packed + font < 80_000
    assert len(gzip.compress((STATIC / "ui/sutarta.css").read_bytes(), 9)) < 25_000
    assert (STATIC / "ui/sutarta.js").stat().st_size < 6_000


def test_the_lock_names_no_host():
    lock = json.loads((check.ROOT / "package-lock.json").read_text(encoding="utf-8"))

    assert "://" not in json.dumps(lock)
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
