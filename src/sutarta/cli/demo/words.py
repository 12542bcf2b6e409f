"""What the invented city group says of itself and of its consultations."""

from __future__ import annotations

GROUP = {
    "name": "Alksnių miesto vietos veiklos grupė",
    "short_name": "Alksnių miesto VVG",
    "municipality": "Alksnių miesto savivaldybė",
    "email": "pasiulymai@alksniai.example",
    "phone": "+370 600 00000",
    "address": "Liepų g. 7, Alksniai",
    "office_hours": "I–IV 9–16 val.",
    "is_financed": True,
    "project_number": "00-000-T-0000",
}
STAFF = [
    {"email": "koordinatore@alksniai.example", "name": "R. M.", "role": "COORDINATOR"},
    {"email": "moderatorius@alksniai.example", "name": "D. S.", "role": "MODERATOR"},
]
TITLE = "Alksnių miesto 2023–2029 m. vietos plėtros strategija"
NOTE = (
    "Pirmasis strategijos projektas. Jį parengėme pagal apklausą, į kurią atsakė 1 204 gyventojai, "
    "ir keturiolika susitikimų miesto dalyse."
)
NOTE_2 = (
    "Pataisyta pagal pakeistas ministerijos gaires ir gyventojų pasiūlymus. Pagal gaires 50 000 "
    "eurų perkelta iš pastatų žmonėms ir pridėti rodikliai, visa kita – Jūsų pasiūlymai. Prie "
    "kiekvieno pakeitimo parašyta, kas jį lėmė."
)
CORRECTED = "alksniai-2.docx"
FIRST_CONSULTATION = "Pirmojo strategijos projekto aptarimas"
REPORT = {
    "what_changed": (
        "Pagalba į namus bus teikiama kasdien, taip pat savaitgaliais, ir ją gaus ne 140, bet 160 "
        "žmonių. Slaugančios šeimos turės iki dvylikos laisvų valandų per mėnesį. Bendruomenės "
        "namuose nebus įrašų studijos, o sutaupytus 50 000 eurų norime skirti pirmajam jaunimo "
        "darbui. Dienos centro kiemas bus apšviestas. „Socialinė integracija“ nebėra žodis, po "
        "kuriuo telpa bet kas. Nepritarėme trečiam dienos centrui, trumpesnei strategijai ir "
        "didesniems įkainiams – prie kiekvieno parašėme kodėl."
    ),
    "who_took_part": (
        "Daugiausia rašė ir skambino vyresni žmonės, tėvai ir slaugančiųjų šeimos, o jaunimas šį "
        "kartą balsavo atskirame susitikime. Naujakurių balso trūko: gavome vieną laišką. Todėl "
        "antrajame aptarime einame į bendrabučius ir kalbos klubą."
    ),
}
REPORT_OF_CALL = {
    "what_changed": (
        "Poreikiai ir idėjos tapo strategijos veiksmais: prie kiekvieno parašyta, kuriais "
        "žodžiais. Ko strategijos lėšomis daryti negalima, perdavėme savivaldybei."
    ),
    "who_took_part": (
        "Rašė daugiausia tie, kurie patys slaugo, augina vaikus ar sunkiai lipa laiptais. "
        "Mažiausiai girdėjome Gluosnius, todėl į juos važiavome patys."
    ),
}
POPULATION = [
    ["0–17 metų", 3020, 9],
    ["18–34 metų", 2620, 31],
    ["35–64 metų", 8360, 62],
    ["65 metų ir vyresni", 4400, 41],
]
NOTE_OF_OWN = "Pirmasis projektas, įkeltas iš „Word“ failo."
CONSULTATION = "Pataisyto strategijos projekto aptarimas"
CONTACT = {
    "contact_name": "R. M.",
    "contact_email": "pasiulymai@alksniai.example",
    "contact_phone": "+370 600 00000",
}
SUMMARY = {
    "summary": (
        "Tariamės, ką iki 2029 metų darysime, kad pagalba būtų arti namų, vaikai ir jaunimas po "
        "pamokų turėtų kur būti, o miestas – kur susitikti. Norime išgirsti, ką praleidome ir kas "
        "parašyta neaiškiai."
    ),
    "broad_terms": (
        "„Socialinė integracija“ čia reiškia tik dešimt strategijos 6 skyriuje išvardytų veiksmų: "
        "nuo bendruomenės namų Malūno gatvėje iki pagalbos pradedantiems socialinį verslą. Nieko "
        "kita šiuo žodžiu nevadiname."
    ),
    "planned": (
        "Bendruomenės namai Malūno g. 4. Dienos centras vaikams ir jaunimui buvusioje parduotuvėje "
        "„Giraitė“. Keturiolika visiems prieinamų vietų. Amatų dirbtuvė senojoje mokykloje. "
        "Pagalba į namus, pirmasis darbas jaunimui, kaimynų savanorystė, psichologas ir "
        "teisininkas šeimoms, skaitmeniniai įgūdžiai vyresniems, socialinio verslo pradžia."
    ),
    "not_planned": (
        "Neplanuojame trečio dienos centro, gatvių remonto, autobusų, suoliukų ir naujų etatų "
        "savivaldybėje."
    ),
    "deciders": (
        "Į pasiūlymus atsako valdyba. Strategiją tvirtina visuotinis narių susirinkimas, paskui "
        "ją vertina ministerija."
    ),
    "open_questions": (
        "Galima keisti visus veiksmus, rodiklius ir lėšų pasiskirstymą. Negalima keisti bendros "
        "1 195 000 eurų sumos: ją nustatė ministerija."
    ),
}
SUMMARY_1 = {
    **SUMMARY,
    "broad_terms": (
        "„Socialine integracija“ vadiname viską, kas padeda žmogui rasti vietą bendruomenėje. Jei "
        "atrodo per plačiai, parašykite – patikslinsime."
    ),
    "not_planned": "Neplanuojame gatvių remonto, autobusų ir naujų etatų savivaldybėje.",
}
SUMMARY_OF_OWN = {
    "summary": (
        "Perskaitykite projektą ir pasakykite, ką jame reikėtų taisyti. Komentuoti galima "
        "kiekvieną pastraipą."
    ),
    "waived": ("broad_terms", "planned", "not_planned", "deciders", "open_questions"),
}
