"""What a receipt vouches for: content, fingerprint and the secret that opens the author's page."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from sutarta.apps.consultations.models import OF_IDEA_CALLS, FormerText, Submission
from sutarta.apps.tenants.models import Group
from sutarta.core.canonical import digest, instant

SCHEMA = "sutarta.submission/1"
LETTER = "submission.receipt"  # kind of the letter that brings the receipt


@dataclass(frozen=True)
class Text:
    """What was said: the words, the wording proposed, the reason for it, where an idea is."""

    body: str = ""
    proposed: str = ""
    why: str = ""
    place: str = ""

    @classmethod
    def of(cls, row: Submission | FormerText) -> Text:
        """As it was written."""
        return cls(row.body, row.proposed, row.why, row.place)


def content(submission: Submission, text: Text, revision: int) -> dict[str, object]:
    """The canonical content that a fingerprint covers: SHA-256 over salt and RFC 8785 bytes.

    schema        "sutarta.submission/1"
    group         UUID of the group
    number        number in the group's register
    consultation  number of the consultation
    strategy, version   numbers of the version spoken about; version null for an idea call
    lineage       lineage id of the passage, "" for none
    quote         marked words of the passage, "" for none
    kind, channel, language
    body, proposed, why   the words, byte by byte as stored
    received_at   instant that counts, UTC, ISO 8601 with microseconds
    revision      1 for what was first said, one more for every correction
    ward, place, for_whom   of needs and ideas alone: number of the part of the territory, which may
                  be renamed, null for none; their words for the place; codes of those it is for

    Name and contact have commitments of their own (`author`, `contact`), so that they can be
    erased without breaking a proof.
    """
    version = submission.version
    said = {
        "schema": SCHEMA,
        "group": str(submission.group_id),
        "number": submission.number,
        "consultation": submission.consultation.number,
        "strategy": submission.strategy.number,
        "version": version.number if version else None,
        "lineage": submission.lineage_id,
        "quote": submission.quote,
        "kind": str(submission.kind),
        "channel": str(submission.channel),
        "language": submission.language,
        "body": text.body,
        "proposed": text.proposed,
        "why": text.why,
        "received_at": instant(submission.received_at),
        "revision": revision,
    }
    return said | (_where(submission, text) if submission.kind in OF_IDEA_CALLS else {})


def _where(submission: Submission, text: Text) -> dict[str, object]:
    ward = submission.ward
    whom = [str(code) for code in submission.for_whom]
    return {"ward": ward.number if ward else None, "place": text.place, "for_whom": whom}


def author(submission: Submission) -> dict[str, object]:
    """What the commitment to the author covers: schema, name, organisation, whether to show it."""
    return {
        "schema": "sutarta.author/1",
        "name": submission.author_name,
        "organisation": submission.organisation,
        "show_name": submission.show_name,
    }


def contact(submission: Submission) -> dict[str, object]:
    """What the commitment to ways of reaching the author covers."""
    return {
        "schema": "sutarta.contact/1",
        "email": submission.email,
        "phone": submission.phone,
        "post_address": submission.post_address,
    }


def shown(submission: Submission) -> dict[str, object]:
    """What the commitment to what the public reads covers: the words and the name beside them."""
    return {
        "schema": "sutarta.shown/1",
        "body": submission.public_body,
        "proposed": submission.public_proposed,
        "why": submission.public_why,
        "place": submission.public_place,
        "author": submission.shown_author,
    }


def once_key(request_key: str, words: Mapping[str, object]) -> str:
    """The same form with the same words, however often it is sent, has the same key.

    A form opened once and sent again with other words is another submission: no words get lost.
    """
    return digest([request_key, words])


def secret_for(group: Group, once: str) -> str:
    """The secret of the author's page: 256 bits that only this installation can derive.

    An HMAC of the form's key under the installation's own key instead of fresh random bits, so
    that a form sent twice leads to the same page although only the secret's digest is stored.
    The form's key itself is random (256 bits) and known to nobody but the sender.
    """
    return derived_secret("sutarta.submission.secret/1", group, once)


def derived_secret(purpose: str, group: Group, words: str) -> str:
    """256 bits in base64url, for one purpose in one group; the same again for the same words."""
    message = f"{purpose}:{group.pk}:{words}"
    mac = hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256)
    return urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()


def confirmation_for(secret: str) -> str:
    """The code in the mailed link: only who reads the mailbox knows it, not who sent the form."""
    mac = hmac.new(settings.SECRET_KEY.encode(), b"confirm:" + secret.encode(), hashlib.sha256)
    return mac.hexdigest()[:32]


def letter_key(submission: Submission) -> str:
    """Key of the letter that brings the receipt."""
    return f"{LETTER}:{submission.pk}"


def submission_of_letter(key: str) -> str:
    """Key of the submission whose receipt the letter of that key brings."""
    return key.removeprefix(f"{LETTER}:")


def secret_digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def fingerprints(submission: Submission) -> list[dict[str, object]]:
    """Every fingerprint the submission ever had, oldest first, with salt and content.

    Of words erased, or removed by rule, the fingerprint alone is left: nothing opens it any more.
    """
    if submission.erased_at is not None:
        return _bare(submission, {"erased_at": instant(submission.erased_at)})
    if not submission.has_original:
        return _bare(submission, {"original_removed": True})
    former = list(submission.former_texts.order_by("replaced_at", "id"))
    texts = [(Text.of(row), row.salt, row.digest) for row in former]
    now = Text.of(submission)
    return [
        {
            "fingerprint": digest_,
            "salt": bytes(salt).hex(),
            "content": content(submission, text, revision),
        }
        for revision, (text, salt, digest_) in enumerate(
            [*texts, (now, submission.salt, submission.digest)], start=1
        )
    ]


def _bare(submission: Submission, why: dict[str, object]) -> list[dict[str, object]]:
    rows = submission.former_texts.order_by("replaced_at", "id")
    former = rows.values_list("digest", flat=True)
    return [{"fingerprint": one, **why} for one in (*former, submission.digest)]
