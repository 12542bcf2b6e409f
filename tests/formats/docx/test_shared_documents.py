"""Real and tricky files others wrote: each is read whole, or refused with a reason."""

import time

import pytest

from sutarta.formats.docx import REASONS, Refused, read
from sutarta.formats.reading import read_kind

from .conftest import FILES

pytestmark = pytest.mark.data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_or_refused_within_ten_seconds(shared_data, path):
    data = (shared_data / path).read_bytes()
    began = time.monotonic()

    try:
        reading = read_kind("docx", data)
    except Refused as refused:
        assert refused.code in REASONS
    else:
        places = {None, *range(len(reading.document.blocks))}
        assert {found.block for found in reading.findings} <= places
    assert time.monotonic() - began < 11


def told(reading):
    changes = [each for each in reading.findings if each.code.startswith("changes.")]
    return sorted((each.code, sorted(each.detail.items())) for each in changes)


def test_changes_are_told_alike_whether_accepted_or_rejected(shared_data, readings):
    changed = {path: told(each) for path, each in readings.items() if not isinstance(each, str)}
    changed = {path: changes for path, changes in changed.items() if changes}

    assert len(changed) == 7
    for path, changes in changed.items():
        rejected = read((shared_data / path).read_bytes(), changes="reject")
        assert told(rejected) == changes, path.stem


def test_the_broken_files_are_refused_and_no_others(readings):
    refused = {}
    for path, code in readings.items():
        if isinstance(code, str):
            refused.setdefault(code, set()).add(path.stem.split("-testcase")[0])

    assert refused == {
        "encrypted": {"poi-bug53475-password-is-pass", "poi-bug53475-password-is-solrcell"},
        "broken": {"poi-clusterfuzz", "poi-truncated62886", "fedramp-appendix-b-v03"},
        "not_docx": {"poi-stress025"},
        "no_text": {
            "WC013-Image-After", "WC013-Image-Before", "oxsdk-header-footer", "oxsdk-pict-pict",
            "oxsdk-numFmt-Numbering-Format-val-decimalEnclosedFullstop", "poi-Tika-792",
            "poi-EmptyDocumentWithHeaderFooter", "poi-comment", "poi-headerFooter",
            "poi-stress012",
        },
    }  # fmt: skip
