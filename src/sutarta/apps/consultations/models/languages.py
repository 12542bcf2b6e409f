"""The same in other words: further languages, easy reading, translations of what people say."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models.running import Consultation
from sutarta.apps.consultations.models.submissions import Submission
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.tenants.fields import SchemaJSONField


class Rendition(LoggedRow):
    """What a consultation is about, in a further language or in easy words.

    language   BCP 47 code, of any language
    is_easy    easy-to-read; beside the plain summary in the same language
    """

    LOGGED = ("consultation", "language", "is_easy", "title", "text", "made_by", "made_at")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="renditions")
    language = models.CharField(max_length=10)
    is_easy = models.BooleanField(default=False)
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Text"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "language", "is_easy"], name="rendition_once"
            )
        ]


class FormWords(LoggedRow):
    """The words of the form in a further language, written by the group.

    name       of the language in itself, such as „polski“
    words      place in the form -> its words; see `tongues.PLACES`
    ended_at   since when the form is not offered in it any more
    """

    LOGGED = ("language", "name", "words", "made_by", "made_at", "ended_at")

    language = models.CharField(max_length=10)
    name = models.CharField(_("Name of the language in itself"), max_length=60)
    words = SchemaJSONField(schema="sutarta.form-words/1", default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "language"], name="form_language_once")
        ]


class Translation(LoggedRow):
    """A submission's public text in another language, marked as a translation beside it.

    of_digest   SHA-256 of the public text it was made of: a later correction makes it outdated
    salt, digest   fingerprint of its words, which speak of the same people as the original
    """

    LOGGED = ("submission", "language", "digest", "made_by", "made_at")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="translations")
    language = models.CharField(max_length=10)
    body = models.TextField(blank=True)
    proposed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    of_digest = models.CharField(max_length=64)
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "language"], name="translated_once")
        ]
