"""What the invented group says of itself and of its consultation, in Lithuanian as in life."""

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
NOTE_OF_OWN = "Pirmasis projektas, įkeltas iš „Word“ failo."
CONSULTATION = "Strategijos projekto aptarimas"
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
