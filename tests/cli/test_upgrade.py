"""`sutarta upgrade`: forward, or back to where it was."""

from __future__ import annotations

from sutarta.cli.upgrade import _lost
from tests.cli.conftest import sutarta
from tests.cli.test_backup import change, everything


def test_an_upgrade_keeps_every_row_and_leaves_a_backup(demo):
    before = everything(demo)

    done = sutarta("upgrade", "--data", demo)

    assert (done.returncode, done.stderr) == (0, "")
    assert "rows are all there" in done.stdout
    assert everything(demo) == before
    assert len(list((demo.parent / "data-backups").iterdir())) == 1


def test_a_failed_upgrade_puts_everything_back(demo):
    # The first migration of publishing would run again and find its table there already.
    change(demo, "DELETE FROM django_migrations WHERE app = 'publishing'")
    before = everything(demo)

    done = sutarta("upgrade", "--data", demo)

    assert done.returncode == 1
    assert done.stderr == (
        "sutarta: Not upgraded, everything is as before: "
        'django.db.utils.OperationalError: table "publishing_notice" already exists\n'
    )
    assert everything(demo) == before


def test_lost_rows_are_named():
    assert _lost({"a": 3, "b": 2}, {"a": 3, "b": 2, "c": 0}) == ""
    assert _lost({"a": 3, "b": 2}, {"a": 3, "b": 1}) == "b had 2 rows and then 1."
    assert _lost({"a": 3}, {}) == "a had 3 rows and then 0."


def test_old_data_is_not_served(demo):
    change(demo, "DELETE FROM django_migrations WHERE app = 'publishing'")

    done = sutarta("serve", "--data", demo, "--port", 0)

    sentence = "The data is of an older release: run `sutarta upgrade` first."
    assert (done.returncode, done.stderr) == (1, f"sutarta: {sentence}\n")
