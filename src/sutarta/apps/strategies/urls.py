"""Addresses of the desk for strategies; for staff only."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sutarta.apps.strategies.views import drafts, preparing, strategies


class Digest(StringConverter):
    """A SHA-256 in hex."""

    regex = "[0-9a-f]{64}"


register_converter(Digest, "sha256")

app_name = "strategies"
urlpatterns = [
    path("", strategies.listing, name="list"),
    path("new/", strategies.start, name="start"),
    path("<int:strategy>/file/", strategies.bring, name="import"),
    path("<int:strategy>/preview/", preparing.look, name="preview"),
    path("<int:strategy>/preview/changes/", preparing.decide_changes, name="changes"),
    path("<int:strategy>/preview/draft/", preparing.make_draft, name="make_draft"),
    path("<int:strategy>/preview/<int:position>/", preparing.correct, name="correct"),
    path("<int:strategy>/draft/", drafts.draft, name="draft"),
    path("<int:strategy>/draft/discard/", drafts.discard, name="discard"),
    path("<int:strategy>/<int:version>/original/", strategies.original, name="original"),
    path("<int:strategy>/picture/<sha256:digest>/", strategies.picture, name="picture"),
]
