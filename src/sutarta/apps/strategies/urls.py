"""Addresses of the desk for strategies; for staff only."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sutarta.apps.strategies.views import (
    drafts,
    editing,
    edits,
    exporting,
    noting,
    preparing,
    stepping,
    strategies,
    withholding,
)


class Digest(StringConverter):
    """A SHA-256 in hex."""

    regex = "[0-9a-f]{64}"


register_converter(Digest, "sha256")

app_name = "strategies"
urlpatterns = [
    path("", strategies.listing, name="list"),
    path("new/", strategies.start, name="start"),
    path("<int:strategy>/file/", strategies.bring, name="import"),
    path("<int:strategy>/steps/", stepping.steps, name="steps"),
    path("<int:strategy>/preview/", preparing.look, name="preview"),
    path("<int:strategy>/preview/changes/", preparing.decide_changes, name="changes"),
    path("<int:strategy>/preview/keys/", preparing.tie, name="tie"),
    path("<int:strategy>/preview/draft/", preparing.make_draft, name="make_draft"),
    path("<int:strategy>/preview/<int:position>/", preparing.correct, name="correct"),
    path("<int:strategy>/notes/", noting.notes, name="notes"),
    path("<int:strategy>/notes/<uuid:note>/", noting.tick, name="note"),
    path("<int:strategy>/draft/", drafts.draft, name="draft"),
    path("<int:strategy>/draft/discard/", drafts.discard, name="discard"),
    path("<int:strategy>/draft/start/", editing.start, name="start_draft"),
    path("<int:strategy>/draft/edit/", editing.text, name="edit_draft"),
    path("<int:strategy>/draft/edit/<slug:lineage>/", editing.block, name="edit"),
    path("<int:strategy>/draft/edit/<slug:lineage>/at/", editing.at, name="edit_at"),
    path("<int:strategy>/draft/edit/<slug:lineage>/add/", editing.add, name="edit_add"),
    path("<int:strategy>/draft/edit/<slug:lineage>/remove/", editing.remove, name="edit_remove"),
    path("<int:strategy>/draft/edit/<slug:lineage>/move/", editing.move, name="edit_move"),
    path("<int:strategy>/draft/history/", edits.history, name="edit_history"),
    path("<int:strategy>/draft/history/<uuid:edit>/undo/", edits.undo, name="edit_undo"),
    path("<int:strategy>/<int:version>/original/", strategies.original, name="original"),
    path("<int:strategy>/<int:version>/word/", exporting.word, name="word"),
    path("<int:strategy>/<int:version>/withhold/", withholding.withhold, name="withhold"),
    path(
        "<int:strategy>/<int:version>/withhold/<uuid:row>/",
        withholding.show_again,
        name="show_again",
    ),
    path("<int:strategy>/picture/<sha256:digest>/", strategies.picture, name="picture"),
]
