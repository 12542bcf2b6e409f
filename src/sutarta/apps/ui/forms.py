"""Forms that look and speak alike everywhere: `PlainForm`, and choices drawn as cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

_BARE = (forms.HiddenInput, forms.MultipleHiddenInput)


def dress(form: forms.BaseForm) -> None:
    """Give every visible widget Designsystemet's class; for forms that cannot be a PlainForm."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, _BARE):
            continue
        kept = widget.attrs.get("class", "").split()
        widget.attrs["class"] = " ".join(dict.fromkeys(["ds-input", *kept]))
        if isinstance(widget, forms.Textarea):
            widget.attrs.pop("cols", None)


class Plain:
    """What PlainForm and PlainModelForm share.

    The browser's own bubbles stay out of the way (`use_required_attribute`, and `novalidate` on
    the form): they speak the browser's language and vanish. Optional fields are marked, required
    ones are not. Django sets aria-describedby and aria-invalid; `ui/_field.html` supplies the ids.
    """

    template_name = "ui/form.html"
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        dress(self)  # type: ignore[arg-type]


class PlainForm(Plain, forms.Form):
    """A form of ours: {{ form }} prints it whole, or field by field with `ui/_field.html`."""


class PlainModelForm(Plain, forms.ModelForm):
    """The same over a model."""


class _Hints:
    """A word of help under some of the choices: value -> sentence."""

    def __init__(self, *args: Any, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        hint = self.hints.get(str(value))
        if hint:
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class _Shared:
    """Choices that a form replaces and never changes, so that all forms may have the same.

    Django looks through them anew for each form otherwise, which was a tenth of what handing in
    a proposal costs.
    """

    __deepcopy__ = forms.Widget.__deepcopy__


class RadioCards(_Shared, _Hints, forms.RadioSelect):
    """One of several, each on its own card."""


class SharedSelect(_Shared, forms.Select):
    """One of several in a list that folds out."""


class CheckCards(_Shared, _Hints, forms.CheckboxSelectMultiple):
    """Some of several, each on its own card."""
