"""What caused a change, as people see it: a word and an icon together."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sutarta.apps.consultations.models import ChangeCause
from sutarta.apps.consultations.queries.comparison import NONE
from sutarta.apps.ui.marks import Mark

# beside a change
CAUSES = {
    ChangeCause.SUBMISSION: Mark(pgettext_lazy("cause", "Proposal"), "comment"),
    ChangeCause.GUIDELINES: Mark(pgettext_lazy("cause", "Change of the guidelines"), "flag"),
    ChangeCause.AMENDMENT: Mark(pgettext_lazy("cause", "Amendment"), "doc"),
    ChangeCause.DECISION: Mark(pgettext_lazy("cause", "Decision of the group"), "scale"),
    ChangeCause.EDITING: Mark(pgettext_lazy("cause", "Editorial correction"), "pencil"),
    NONE: Mark(pgettext_lazy("cause", "No reason given yet"), "question"),
}

# on a filter, with a count behind
FILTERS = {
    "": pgettext_lazy("changes", "All"),
    ChangeCause.SUBMISSION: pgettext_lazy("changes", "Proposals"),
    ChangeCause.GUIDELINES: pgettext_lazy("changes", "Guidelines"),
    ChangeCause.AMENDMENT: pgettext_lazy("changes", "Amendments"),
    ChangeCause.DECISION: pgettext_lazy("changes", "Decisions"),
    ChangeCause.EDITING: pgettext_lazy("changes", "Editorial"),
    NONE: pgettext_lazy("changes", "Without a reason"),
}

# under a figure
FIGURES = {
    "": pgettext_lazy("figure", "changes in all"),
    ChangeCause.SUBMISSION: pgettext_lazy("figure", "because of proposals by people"),
    ChangeCause.GUIDELINES: pgettext_lazy("figure", "because the guidelines changed"),
    ChangeCause.AMENDMENT: pgettext_lazy("figure", "because of an amendment"),
    ChangeCause.DECISION: pgettext_lazy("figure", "because of a decision of the group"),
    ChangeCause.EDITING: pgettext_lazy("figure", "editorial corrections"),
    NONE: pgettext_lazy("figure", "with no reason given yet"),
}

ALWAYS = {"", str(ChangeCause.SUBMISSION), str(ChangeCause.GUIDELINES), str(ChangeCause.EDITING)}
