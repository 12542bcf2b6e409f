"""What residents of the invented town say: first about version 1, now about version 2."""

from __future__ import annotations

from sutarta.apps.consultations.models import Channel, Kind, Outcome
from sutarta.cli.demo.voice import Voice

WEEKENDS = (
    Outcome.ACCEPTED,
    "Pritariame. Apie savaitgalius poreikių tyrime rašė 96 žmonės. Paslaugų teikėjai "
    "patvirtino, kad kasdienė pagalba įmanoma už tą pačią sumą, jei vizitai trumpesni.",
)
CARE = "Pagalba į namus teikiama darbo dienomis. Darbuotojas"

FIRST = [
    Voice(
        Kind.WORDING, 1.45, passage=CARE,
        replace=("darbo dienomis", "kasdien, taip pat savaitgaliais"),
        why="Mano kaimynė savaitgalį lieka visai viena. Valgyti norisi ir sekmadienį.",
        despite="Kaimynės nei vardo, nei adreso nėra, o be šio sakinio prašymas neaiškus.",
        author="A. Ž.", answer=WEEKENDS, supports=38,
    ),
    Voice(
        Kind.COMMENT, 2.6, "Savaitgaliais pagalbos nėra, o žmogus serga ir sekmadienį. Padarykite "
        "kasdien.",
        passage=CARE, author="R. T.", channel=Channel.PAPER, post="Pušyno g. 3, Alksniai",
        answer=WEEKENDS, like=1.45,
    ),
    Voice(
        Kind.COMMENT, 4.1, "Prašo, kad pagalba namuose būtų teikiama ir šeštadieniais bei "
        "sekmadieniais.",
        passage=CARE, channel=Channel.PHONE, phone="+370 600 00011", answer=WEEKENDS, like=1.45,
    ),
    Voice(
        Kind.COMMENT, 6.3, "Susirinkę Pušyno bendruomenės namuose sutarėme: pagalbos reikia ir "
        "savaitgaliais. Pritarė visi 14 dalyvių.",
        passage=CARE, organisation="Pušyno bendruomenė", channel=Channel.MEETING,
        answer=WEEKENDS, like=1.45,
    ),
    Voice(
        Kind.COMMENT, 7.4, "Šeimas, kurios prižiūri artimuosius, aprašėte prie vyresnių žmonių. "
        "Bet dauguma mūsų prižiūrime neįgalų vaiką ar brolį. Ir kur veiksmas? Poreikis yra, "
        "o veiksmo nėra.",
        passage="Šeimos, prižiūrinčios artimuosius", organisation="Žmonių su negalia draugija",
        channel=Channel.EMAIL, supports=21,
        answer=(
            Outcome.ACCEPTED,
            "Teisingai pastebėjote. Sakinį perkėlėme prie žmonių su negalia ir jų artimųjų, o tarp "
            "veiksmų įrašėme iki dvylikos laisvų valandų per mėnesį.",
        ),
    ),
    Voice(
        Kind.WORDING, 8.7, passage="Jei rodiklis dvejus metus atsilieka",
        replace=(
            "atsilieka, valdyba",
            "atsilieka daugiau kaip ketvirtadaliu, valdyba per du mėnesius",
        ),
        why="Kitaip neaišku, kiek turi atsilikti ir kiek lauksime paaiškinimo.",
        organisation="Trečiojo amžiaus universitetas", channel=Channel.EMAIL,
        answer=(Outcome.ACCEPTED, "Pritariame: taip bus aišku, kada ir ką turime padaryti."),
    ),
    Voice(
        Kind.COMMENT, 9.5, "Parašyta, kad tvarką nustato naudotojų susirinkimas. Siūlau parašyti "
        "ir kainas, kad paskui nebūtų ginčų.",
        passage="Namai atviri kasdien iki 21 val.", author="J. B.",
        answer=(
            Outcome.PARTLY,
            "Sakinį apie tvarką iškėlėme atskirai, kad būtų geriau matomas. Kainų strategijoje "
            "nerašome: šildymas brangsta, todėl jas kasmet nustatys naudotojų susirinkimas.",
        ),
    ),
    Voice(
        Kind.COMMENT, 11.2, "Iki centro mums su vežimėliu keturiasdešimt minučių, o mano sūnus "
        "serga epilepsija ir vienas neina. Prašome trečios patalpos Gluosnių kvartale.",
        passage="Plečiame dienos centrą", channel=Channel.PAPER, post="Gluosnių g. 8, Alksniai",
        covered="sūnus serga epilepsija ir vienas neina",
        answer=(
            Outcome.NOT_ACCEPTED,
            "Šiam laikotarpiui lėšų užtenka dviem patalpoms. Trečia kainuotų apie 165 000 eurų, "
            "todėl tektų atsisakyti jaunimo veiksmo. Prie klausimo grįšime per 2028 m. peržiūrą; "
            "iki tol iš Gluosnių kvartalo žmones vešime.",
        ),
    ),
    Voice(
        Kind.QUESTION, 12.3, "Ar bendruomenės namuose bus galima rengti gimtadienius? Kiek tai "
        "kainuotų?",
        passage="Namai atviri kasdien iki 21 val.", author="V. K.",
        question="Taip, jei salė tuo metu laisva. Kainą nustatys namų naudotojų susirinkimas; "
        "skaičiuojame, kad tai būtų šildymo išlaidos, apie 15 eurų už vakarą.",
    ),
    Voice(
        Kind.GENERAL, 15.2, "Prie poliklinikos ir autobusų stoties nėra kur prisėsti. Siūlau "
        "bent tris suoliukus su atlošais.",
        channel=Channel.PAPER, phone="+370 600 00012",
        answer=(
            Outcome.OUT_OF_SCOPE,
            "Suoliukai – savivaldybės darbas, šios strategijos lėšų jiems skirti negalime. "
            "Jūsų pasiūlymą perdavėme savivaldybei.",
        ),
    ),
    Voice(
        Kind.GENERAL, 15.9, "Vėl popieriai. O kas tikrins, ar tie 880 tūkstančių išleisti taip, "
        "kaip parašyta?",
        channel=Channel.ELSEWHERE, place="Komentaras po straipsniu „Alksnių naujienose“",
        link="https://alksniai.example/naujienos/strategija",
        answer=(
            Outcome.NOTED,
            "Tikrins revizorius ir ministerija, o gyventojams kasmet iki balandžio 1 dienos "
            "skelbsime, kam ir kiek išleista. Tai parašyta 4 ir 7 skyriuose.",
        ),
    ),
    Voice(
        Kind.GENERAL, 16.4, "Pigios paskolos be užstato! Skambinkite dabar.",
        aside="Reklama, su strategija nesusijusi.",
    ),
    Voice(
        Kind.GENERAL, 30.0, "Siūlau strategiją kasmet pristatyti ir kaimynų kiemuose, ne tik "
        "salėje.",
        author="K. M.", channel=Channel.EMAIL, minutes_late=7,
        late="Atėjo septyniomis minutėmis po termino. Neatmetame.",
        answer=(
            Outcome.NOTED,
            "Ačiū. Kitų metų susirinkimą rengsime ir Gluosnių kvartalo kieme; strategijos dėl to "
            "keisti nereikia.",
        ),
    ),
]  # fmt: skip

NOW = [
    Voice(
        Kind.COMMENT, 1.6, "Autobusu iš Pušyno į polikliniką nenuvažiuosi, o taksi kainuoja "
        "dvylika eurų į abi puses. Prie 35 minučių pėsčiomis reikėtų parašyti ir tai.",
        passage="Iki artimiausios socialinių paslaugų įstaigos", author="J. B.", supports=6,
    ),
    Voice(
        Kind.COMMENT, 3.4, "Dvylikos valandų užteks. Svarbiausia, kad ateitų tas pats žmogus, nes "
        "mama svetimų bijo.",
        passage="Artimuosius prižiūrinčioms šeimoms", channel=Channel.PHONE, supports=4,
    ),
    Voice(
        Kind.QUESTION, 4.3, "Kas bus bendruomenės namų naudotojas: ar ir aš, jei ateinu tik į "
        "šokius?",
        passage="Namų tvarką nustato", author="V. K.",
        question="Taip. Naudotojas yra kiekvienas, kas namuose lankosi bent kartą per mėnesį; "
        "susirinkime galės dalyvauti ir balsuoti.",
    ),
    Voice(
        Kind.WORDING, 5.7, passage="Padedame 16–29 metų žmonėms",
        replace=("nuo dviejų iki keturių mėnesių", "nuo trijų iki šešių mėnesių"),
        why="Keturių mėnesių per mažai: kol išmoksti, jau ir baigiasi.",
        author="M. L.", supports=11,
        draft=(
            Outcome.PARTLY,
            "Trukmę pailginame iki penkių mėnesių. Šešiems lėšų neužtektų: tada praktiką atliktų "
            "perpus mažiau jaunuolių.",
        ),
    ),
    Voice(
        Kind.GENERAL, 6.2, "Prie bendruomenės namų būtinai reikia stogelio dviračiams, kitaip jie "
        "stovės prie durų ir niekas nepraeis.",
        channel=Channel.PAPER,
        draft=(
            Outcome.NOTED,
            "Pasiūlymą perdavėme pastato projektuotojui. Strategijoje tokių dalykų neaprašome.",
        ),
    ),
    Voice(
        Kind.COMMENT, 11.8, "Kur bus antra patalpa Pušyno kvartale? Jei senoje katilinėje, ten "
        "laiptai ir siauros durys, su vežimėliu neįvažiuosi.",
        passage="Plečiame dienos centrą", organisation="Žmonių su negalia draugija", shown=False,
    ),
    Voice(
        Kind.COMMENT, 12.6, "Mano kaimynė Liepų g. 12, kuriai 84 metai, gyvena viena ir po insulto "
        "sunkiai kalba. Kas jai užsakys palydėtoją telefonu?",
        passage="Palydėtojas padeda nuvykti", author="D. P.", shown=False,
    ),
    Voice(
        Kind.GENERAL, 13.1, "Prašau strategiją trumpai papasakoti ir tiems, kas internetu "
        "nesinaudoja: perskaityti bibliotekoje ar atspausdinti laikraštyje.",
        shown=False,
    ),
]  # fmt: skip

ANY_DOCUMENT = [
    Voice(
        Kind.COMMENT, 2.4, "Ar galėtumėte šią vietą parašyti trumpiau? Perskaičiau dukart ir vis "
        "tiek ne viską supratau.",
        passage="*", author="J. B.",
    ),
    Voice(
        Kind.QUESTION, 4.6, "Kur galima perskaityti šį projektą atspausdintą?",
        question="Atspausdintas projektas padėtas grupės biure ir miesto bibliotekoje.",
    ),
    Voice(
        Kind.GENERAL, 9.2, "Siūlau projektą pristatyti susitikime, ne tik internete.", shown=False
    ),
]  # fmt: skip
