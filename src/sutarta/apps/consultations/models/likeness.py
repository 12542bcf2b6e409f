"""What is kept to find likes at once: numbers and places, never words."""

from __future__ import annotations

from django.db import models

from sutarta.apps.consultations.models.running import Consultation
from sutarta.apps.consultations.models.submissions import Submission
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.apps.tenants.models import TenantRow


class Sketch(TenantRow):
    """By what a submission is found among those that say much the same.

    of      names the words it was made of: another one is out of date
    stems   keyed numbers of its word stems, four bytes each; nobody reads words from them who
            does not hold the installation's key
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="sketch")
    of = models.CharField(max_length=32)
    stems = models.BinaryField()


class Comparison(TenantRow):
    """The last comparison of all letters of a consultation: who belongs together, and where in
    their words. Without the letters it tells numbers alone.

    act       the group's last one when it was made: nothing changes without another
    found     as queries.comparing.found says
    took_ms   milliseconds it took: the longer, the more seldom it is made anew
    """

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="likes")
    act = models.UUIDField(null=True)
    found = SchemaJSONField(schema="sutarta.comparison/1", default=list)
    made_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField()
