"""The demo, made by the actions people use, is as its log says."""

from tests.cli.conftest import sutarta


def test_the_demo_audits_clean(demo_once):
    done = sutarta("audit", "--data", demo_once)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("all as the log says") == 2
