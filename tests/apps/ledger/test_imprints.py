"""The imprint of a row: which fields it covers, and that it is the same wherever it is read."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.apps import apps

from sutarta.apps.consultations.models import BoardApproval, Outcome, Submission
from sutarta.apps.ledger import imprints
from sutarta.apps.ledger.models import LoggedRow
from sutarta.core.canonical import digest

ROW = UUID("01a20000-0000-7000-8000-000000000001")
WORDS = {
    "Submission": {
        "body", "proposed", "why", "place", "quote", "quote_before", "quote_after",
        "public_body", "public_proposed", "public_why", "public_place", "keys",
        "author_name", "organisation", "show_name", "email", "phone", "post_address",
        "salt", "author_salt", "contact_salt", "shown_salt", "secret_digest", "request_key",
    },
    "FormerText": {"body", "proposed", "why", "place", "salt"},
    "Attachment": {"name", "digest", "kept_digest", "salt", "path", "size"},
    "Translation": {"body", "proposed", "why", "of_digest", "salt"},
    "Moderation": {"reason", "despite"},
    "Opening": {"reason"},
    "Objection": {"reason", "said", "settled_with"},
    "Erasure": {"ground", "refusal"},
    "Consultation": {"contact_name", "contact_email", "contact_phone"},
    "Original": {"name"},
    "Version": {"content", "salts", "rendered"},
    "Withholding": {"kept", "salt"},
    "Publication": {"copy_name"},
    "Placement": {"old_text"},
}  # fmt: skip
KINDS = [model for model in apps.get_models() if issubclass(model, LoggedRow)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_imprint_covers_fields_there_are_and_nobodys_words(kind):
    fields = {field.name for field in kind._meta.concrete_fields}
    made = {name for name in kind.LOGGED if name not in fields}

    assert kind.LOGGED
    assert all(isinstance(getattr(kind, name), property) for name in made)
    assert WORDS.get(kind.__name__, set()) <= fields
    assert not set(kind.LOGGED) & WORDS.get(kind.__name__, set())


@pytest.mark.parametrize("model", imprints.BELOW, ids=lambda model: model.__name__)
def test_what_is_bound_of_the_floor_below_is_there(model):
    assert set(imprints.BELOW[model]) <= {field.name for field in model._meta.concrete_fields}


def test_an_imprint_is_a_digest_of_name_and_facts():
    approval = BoardApproval(
        pk=ROW,
        consultation_id=ROW,
        decided_on=date(2026, 12, 3),
        resolution="V-1",
        content="ab",
        recorded_at=datetime(2026, 12, 4, 9, 30, tzinfo=UTC),
    )

    assert imprints.key(approval) == f"consultations.boardapproval/{ROW}"
    assert imprints.imprint(approval) == digest(
        {
            "row": f"consultations.boardapproval/{ROW}",
            "facts": {
                "consultation": str(ROW),
                "decided_on": "2026-12-03",
                "resolution": "V-1",
                "content": "ab",
                "recorded_by": None,
                "recorded_at": "2026-12-04T09:30:00.000000+00:00",
            },
        }
    )


def test_the_same_instant_in_another_zone_and_a_code_as_words_give_the_same():
    at = datetime(2026, 11, 22, 10, tzinfo=UTC)
    there = at.astimezone(timezone(timedelta(hours=2)))
    rows = [
        Submission(pk=ROW, number=1, kind=Outcome.NOTED, received_at=one) for one in (at, there)
    ]
    rows.append(Submission(pk=ROW, number=1, kind="NOTED", received_at=at))

    assert len({imprints.imprint(row) for row in rows}) == 1


def test_another_row_with_the_same_facts_has_another_imprint():
    other = UUID(int=ROW.int + 1)

    assert imprints.imprint(Submission(pk=ROW)) != imprints.imprint(Submission(pk=other))
