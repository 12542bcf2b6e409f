"""What the invented group says of itself and of its consultation, in Lithuanian as in life."""

from __future__ import annotations

from dataclasses import dataclass

GROUP = {
    "name": "Alksnių miesto vietos veiklos grupė",
    "short_name": "Alksnių miesto VVG",
    "municipality": "Alksnių miesto savivaldybė",
    "email": "pasiulymai@alksniai.example",
    "phone": "+370 600 00000",
    "address": "Liepų g. 7, Alksniai",
    "office_hours": "I–IV 9–16 val.",
}
STAFF = [
    {"email": "koordinatore@alksniai.example", "name": "R. M.", "role": "COORDINATOR"},
    {"email": "moderatorius@alksniai.example", "name": "D. S.", "role": "MODERATOR"},
]
TITLE = "Alksnių miesto 2023–2029 m. vietos plėtros strategija"
NOTE = (
    "Pirmasis atnaujintos strategijos projektas. Jį parengėme pagal poreikių tyrimą, "
    "kuriame dalyvavo 412 gyventojų."
)
NOTE_2 = (
    "Pataisyta pagal gyventojų pasiūlymus ir naujas ministerijos gaires. Prie kiekvieno pakeitimo "
    "parašyta, kas jį lėmė."
)
CORRECTED = "alksniai-2.docx"
FIRST_CONSULTATION = "Pirmojo strategijos projekto aptarimas"
REPORT = {
    "what_changed": (
        "Pagalba į namus bus teikiama ir savaitgaliais, o ją gaus ne 140, bet 160 žmonių. "
        "Atsirado nauja paslauga artimuosius prižiūrinčioms šeimoms. Tapo aišku, kada valdyba turi "
        "paaiškinti, kodėl rodiklis atsilieka."
    ),
    "who_took_part": (
        "Daugiausia rašė ir skambino vyresni žmonės bei neįgaliųjų artimieji. Jaunimo ir "
        "naujakurių balso trūko, todėl antrajame aptarime einame į mokyklą ir kalbos klubą."
    ),
}
POPULATION = [
    ["0–17 metų", 2015, 0],
    ["18–34 metų", 1985, 2],
    ["35–64 metų", 5170, 7],
    ["65 metų ir vyresni", 2670, 17],
]


@dataclass(frozen=True)
class Because:
    """Why one passage changed; `day` names the voice it was changed for, 0 for none."""

    passage: str
    cause: str
    note: str = ""
    day: float = 0
    is_gone: bool = False


BECAUSE = [
    Because(
        "Vidutinis atlyginimas mieste", "EDITING",
        "Apskrities duomenys apie patį miestą nieko nepasako, todėl sakinį išbraukėme.",
        is_gone=True,
    ),
    Because("Pagalba į namus teikiama tik darbo dienomis", "SUBMISSION", day=1.45),
    Because("Artimuosius prižiūrinčioms šeimoms", "SUBMISSION", day=7.4),
    Because(
        "Pagalbą namuose gaunantys žmonės", "GUIDELINES",
        "Pagal pakeistas gaires rodiklis turi apimti ir savaitgaliais teikiamą pagalbą.",
    ),
]  # fmt: skip
NOTE_OF_OWN = "Pirmasis projektas, įkeltas iš „Word“ failo."
CONSULTATION = "Pataisyto strategijos projekto aptarimas"
CONTACT = {
    "contact_name": "R. M.",
    "contact_email": "pasiulymai@alksniai.example",
    "contact_phone": "+370 600 00000",
}
SUMMARY = {
    "summary": (
        "Atnaujiname miesto strategiją: ką iki 2029 metų darysime, kad pagalba būtų arčiau namų, "
        "o jaunimas ir naujakuriai rastų sau vietą. Norime išgirsti, ką praleidome ir kas "
        "parašyta neaiškiai."
    ),
    "broad_terms": (
        "„Socialinė įtrauktis“ čia reiškia tik penkis strategijoje išvardytus veiksmus: pagalbą į "
        "namus, dienos užimtumą žmonėms su negalia, bendruomenės namus, pirmąjį darbą jaunimui "
        "ir kalbos klubus. Nieko kita šiuo žodžiu nevadiname."
    ),
    "planned": (
        "Pagalba į namus visame mieste, 140 žmonių. Antra dienos centro patalpa Pušyno kvartale, "
        "30 vietų žmonėms su negalia. Bendruomenės namai Malūno g. 4. Praktika vietos įmonėse "
        "40 jaunuolių. Kalbos klubai atvykusiesiems tris kartus per savaitę."
    ),
    "not_planned": (
        "Neplanuojame trečios dienos centro patalpos, švenčių, gatvių remonto ir naujų etatų "
        "savivaldybėje."
    ),
    "deciders": (
        "Į pasiūlymus atsako valdyba. Strategiją tvirtina visuotinis narių susirinkimas, paskui "
        "ją vertina ministerija."
    ),
    "open_questions": (
        "Galima keisti visus veiksmus, rodiklius ir lėšų pasiskirstymą. Negalima keisti bendros "
        "880 000 eurų sumos: ją nustatė ministerija."
    ),
}
SUMMARY_OF_OWN = {
    "summary": (
        "Perskaitykite projektą ir pasakykite, ką jame reikėtų taisyti. Komentuoti galima "
        "kiekvieną pastraipą."
    ),
    "waived": ("broad_terms", "planned", "not_planned", "deciders", "open_questions"),
}
