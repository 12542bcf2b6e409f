"""Every component on one page, with invented content: for our own eyes, and for the tests.

The words in it are samples and are not translated.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator

from sutarta.apps.ui import marks
from sutarta.apps.ui.forms import PlainForm, RadioCards

FATES = ("KEPT", "REWORDED", "MOVED", "SPLIT", "MERGED", "GONE", "DOUBTFUL")
CHANGES = (
    ("same", "Pagalba į namus teikiama kasdien"),
    ("new", " nuo 8 iki 20 val."),
    ("same", ", taip pat savaitgaliais, žmonėms, kuriems sunku "),
    ("gone", "savarankiškai tvarkytis"),
    ("new", "tvarkytis vieniems"),
    ("same", "."),
)


class SampleForm(PlainForm):
    """One field of every sort."""

    wording = forms.CharField(
        label="Nauja redakcija",
        max_length=2000,
        required=False,
        help_text="Pataisykite sakinį taip, kaip jis turėtų skambėti.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    why = forms.CharField(
        label="Kodėl tai svarbu?",
        help_text="Rašykite savais žodžiais. Prašome neminėti kitų žmonių vardų ir ligų.",
        error_messages={"required": "Parašykite, kodėl tai svarbu."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    behalf = forms.ChoiceField(
        label="Kas teikia?",
        choices=[("OWN", "Teikiu savo vardu"), ("ORGANISATION", "Teikiu organizacijos vardu")],
        error_messages={"required": "Pažymėkite, kas teikia."},
        widget=RadioCards(hints={"ORGANISATION": "Organizacijos pavadinimą skelbsime registre."}),
    )
    email = forms.EmailField(
        label="El. paštas",
        required=False,
        help_text="Atsiųsime numerį ir atsakymą. Viešai adreso nerodysime.",
        error_messages={"invalid": "Įrašykite visą el. pašto adresą, pvz., vardas@pastas.lt."},
    )
    part = forms.ChoiceField(label="Dalis", choices=[("", "Visos"), ("1", "1. Aprašymas")])
    day = forms.DateField(
        label="Diena", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    letter = forms.FileField(label="Raštas (PDF ar nuotrauka)", required=False)
    shown = forms.BooleanField(label="Rodyti mano vardą registre", required=False)


def context(at: datetime) -> dict[str, Any]:
    """What ui/gallery.html needs; `at` is the moment its deadlines are shown from."""
    return {
        "at": at,
        "opens_at": at - timedelta(days=20),
        "closes_at": (at + timedelta(days=9)).replace(hour=0, minute=0, second=0, microsecond=0),
        "outcomes": [code for code in marks.STATUSES if code not in FATES],
        "fates": FATES,
        "channels": list(marks.CHANNELS),
        "changes": [{"op": op, "text": text} for op, text in CHANGES],
        "empty_form": SampleForm(prefix="new", initial={"behalf": "OWN"}),
        "sent_form": SampleForm({"sent-email": "vardas"}, prefix="sent"),
        "page": Paginator(range(200), 10).page(7),
        "crumbs": [{"label": "Pradžia", "url": "/"}, {"label": "Vitrina", "url": ""}],
        "steps": ["Parašyti", "Patikrinti", "Gauti numerį"],
    }


def frame() -> dict[str, Any]:
    """An invented group and its menus, where no real ones are at hand."""
    labels = ("Strategija", "Pasiūlymai", "Sutarimas", "Valdyba")
    nav = [{"label": label, "url": "/", "current": label == "Pasiūlymai"} for label in labels]
    steps = (("Gauti pasiūlymai", "inbox", 17), ("Pastraipų susiejimas", "anchor", 6))
    desk = [
        {"label": a, "url": "/", "icon": b, "count": c, "current": c == 17} for a, b, c in steps
    ]
    group = SimpleNamespace(
        name="Alksnių miesto vietos veiklos grupė",
        short_name="Alksnių miesto VVG",
        kind_label="Vietos veiklos grupė",
        address="Liepų g. 7, Alksniai",
        office_hours="I–IV 9–16 val.",
        phone="+370 600 00000",
        email="pasiulymai@alksniuvvg.example",
        is_financed=True,
        project_number="00-000-P-0001",
    )
    names = (
        "home",
        "desk",
        "privacy",
        "accessibility",
        "language",
        "sign_in",
        "sign_out",
        "source",
    )
    return {"group": group, "nav": nav, "desk_nav": desk, "links": dict.fromkeys(names, "/")}
