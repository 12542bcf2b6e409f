"""What the corrected draft changes: each kind of change the carrying of comments must bear."""

WEEKEND = "Pagalba į namus teikiama darbo dienomis"
HOME_HELP = (
    f"{WEEKEND} vieniems gyvenantiems vyresnio amžiaus žmonėms, kuriems sunku savarankiškai "
    "tvarkytis. Eilėje laukiama vidutiniškai septynis mėnesius."
)
FAMILIES = (
    "Šeimos, prižiūrinčios artimuosius, sako, kad joms labiausiai reikia kelių laisvų valandų "
    "per savaitę. Dabar tokios paslaugos mieste nėra.\n\n"
)
DISABLED = "Žmonės dažniausiai prašė trijų dalykų:"
WAGES = (
    "Vidutinis atlyginimas mieste 14 proc. mažesnis nei šalyje. Skurdo rizikos lygį nurodo tik "
    "apskrities duomenys, todėl jų čia nekartojame: jie mažai ką pasakytų apie patį miestą.\n\n"
)
ESCORT = "Palydėjimą užsisakyti galima telefonu ne vėliau kaip prieš dieną.\n"
RESPITE = (
    "\nArtimuosius prižiūrinčioms šeimoms suteikiame iki dvylikos laisvų valandų per mėnesį. "
    "Tuo metu su jų artimuoju namuose būna darbuotojas.\n"
)

# (words of the first draft, words of the corrected one); each stands in it exactly once.
CORRECTIONS = [
    # reworded
    (HOME_HELP, HOME_HELP.replace("darbo dienomis", "tik darbo dienomis, o savaitgaliais – ne,")),
    (
        f"{WEEKEND}. Darbuotojas padeda",
        "Pagalba į namus teikiama kasdien, taip pat savaitgaliais. Darbuotojas padeda",
    ),
    (
        "Jei rodiklis dvejus metus atsilieka, valdyba paaiškina, kodėl ir ką keis.",
        "Jei rodiklis dvejus metus atsilieka daugiau kaip ketvirtadaliu, valdyba per du mėnesius "
        "paaiškina, kodėl ir ką keis.",
    ),
    # moved to the part about the people it concerns
    (FAMILIES, ""),
    (DISABLED, FAMILIES + DISABLED),
    # split
    (
        "nemokamai, verslas – už nuomą, kuri padengia šildymą. Namų",
        "nemokamai, verslas – už nuomą, kuri padengia šildymą.\n\nNamų",
    ),
    # gone
    (WAGES, ""),
    # new
    (ESCORT, ESCORT + RESPITE),
    # rows of tables, and the sum in the text that goes with them
    (
        "| Pagalbą namuose gaunantys žmonės | Pagalba į namus | 38 | 140 |",
        "| Pagalbą namuose gaunantys žmonės | Pagalba į namus | 38 | 160 |",
    ),
    ("Skirta ne mažiau kaip 140 žmonių.", "Skirta ne mažiau kaip 160 žmonių."),
]
