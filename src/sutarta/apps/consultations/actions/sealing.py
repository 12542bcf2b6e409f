"""Commitments: salted fingerprints of words, author, contact and of what the public reads.

Whoever changes what one of them covers seals it anew; whoever erases it drops the salt, and the
fingerprint stays: it proves nothing any more and betrays nothing either.
"""

from __future__ import annotations

import secrets

from sutarta.apps.consultations.models import Submission, Translation
from sutarta.apps.consultations.queries import receipts, sealed, translations
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.core.canonical import SALT_LENGTH, fingerprint

NO_SALT = b""


def seal_words(submission: Submission, revision: int) -> None:
    """A fresh salt, and the fingerprint of what the submission says now."""
    text = Text.of(submission)
    submission.salt = secrets.token_bytes(SALT_LENGTH)
    submission.digest = fingerprint(submission.salt, receipts.content(submission, text, revision))


def seal_author(submission: Submission) -> None:
    """Commitments to who spoke and how to reach them, apart, so that each can be erased alone."""
    submission.author_salt = secrets.token_bytes(SALT_LENGTH)
    submission.contact_salt = secrets.token_bytes(SALT_LENGTH)
    submission.author_digest = fingerprint(submission.author_salt, receipts.author(submission))
    submission.contact_digest = fingerprint(submission.contact_salt, receipts.contact(submission))


def seal_shown(submission: Submission) -> None:
    """Commitment to what the public reads and under which name; none while it reads nothing."""
    if sealed.public(submission) == Text():
        submission.shown_salt, submission.shown_digest = NO_SALT, ""
        return
    submission.shown_salt = secrets.token_bytes(SALT_LENGTH)
    submission.shown_digest = fingerprint(submission.shown_salt, receipts.shown(submission))


def seal_translation(translation: Translation) -> None:
    """Fingerprint of a translation's words."""
    translation.salt = secrets.token_bytes(SALT_LENGTH)
    translation.digest = fingerprint(translation.salt, translations.content(translation))


def drop_contact(submission: Submission) -> None:
    """Nothing opens any more who spoke and how to reach them."""
    submission.author_salt = submission.contact_salt = NO_SALT


def drop_words(submission: Submission) -> None:
    """Nothing opens any more what was said, and what the public read of it."""
    submission.salt = submission.shown_salt = NO_SALT
