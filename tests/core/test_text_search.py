"""Words people search for meet the words people wrote, in any case, with or without letters."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.text import fold, matches, search_keys, search_text, word_keys

# Each line: one word in several cases. Every form must find every other.
FAMILIES = """
savaitgalis savaitgalio savaitgaliais savaitgalį savaitgalių savaitgalyje
mokestis mokesčio mokesčiai mokesčių mokestį mokesčiais mokesčiams
medis medžio medžių medį medžiai medžiais
žmonės žmonių žmonėms žmonėmis
mokykla mokyklos mokyklų mokyklai mokyklą mokyklose mokykloje
vaikas vaikai vaikų vaikams vaikus vaikui
gatvė gatvės gatvių gatvėje gatvėmis gatvę gatvėse
jaunimas jaunimo jaunimui jaunimą
paslauga paslaugos paslaugų paslaugoms paslaugomis
biblioteka bibliotekoje bibliotekų bibliotekas
pagalba pagalbos pagalbą
neįgalieji neįgaliųjų neįgaliesiems neįgaliuosius
senjorai senjorų senjorams senjorus
autobusas autobusai autobusų autobusu
tvarkaraštis tvarkaraščio tvarkaraščiai tvarkaraštį tvarkaraščius
naktis nakčių naktį naktimis naktys
širdis širdžių širdį
vandens vandenį vandeniu
takas takai takų taką takus takais
siūlau siūlome siūlo
siūlymas siūlymai siūlymų siūlymą siūlymams
lėšos lėšų lėšomis lėšas
įmonė įmonės įmonių įmonei įmonėms
galimybė galimybės galimybių galimybėmis galimybę
akcija akcijos akcijų
strategija strategijos strategijoje strategiją strategijų
bendruomenė bendruomenės bendruomenių bendruomenėms bendruomenę bendruomenei
gyventojas gyventojai gyventojų gyventojams gyventojus
pensininkas pensininkai pensininkų pensininkams
ligoninė ligoninės ligoninėje ligoninių ligoninę
socialinis socialinės socialinių socialinė socialinę
atskirtis atskirties atskirtį
užimtumas užimtumo užimtumą užimtumui
verslas verslo verslui verslą
darželis darželio darželiai darželių darželį darželiuose
aikštelė aikštelės aikštelių aikštelę aikštelėje
apšvietimas apšvietimo apšvietimą
šaligatvis šaligatvio šaligatviai šaligatvių šaligatvį
dviratis dviračio dviračių dviračiai dviratį
pėstieji pėsčiųjų pėstiesiems
kaimynas kaimynai kaimynų kaimynams
projektas projektai projektų projektą projektams
pasiūlymas pasiūlymai pasiūlymų pasiūlymą
pastaba pastabos pastabų pastabas
rodiklis rodiklio rodikliai rodiklių rodiklį
tikslas tikslai tikslų tikslą
uždavinys uždavinio uždaviniai uždavinių uždavinį
veiksmas veiksmai veiksmų veiksmą
priemonė priemonės priemonių priemonę
mokymas mokymai mokymų mokymus mokymo
seniūnija seniūnijos seniūnijoje seniūnijų
miestas miesto mieste miestai miestų miestą
kvartalas kvartalo kvartale kvartalų
jaunuolis jaunuolio jaunuoliai jaunuolių
šeima šeimos šeimų šeimoms šeimą
smurtas smurto smurtą
sveikata sveikatos sveikatą sveikatai
biudžetas biudžeto biudžetą biudžetai
valdžia valdžios valdžią valdžiai
kultūra kultūros kultūrą kultūrai
sprendimas sprendimai sprendimų sprendimą
partneris partneriai partnerių partneriams
narys nario nariai narių nariams
susirinkimas susirinkimo susirinkimą susirinkimai
balsuoti balsuoja balsuojame
parkas parke parkai parkų
tiltas tilto tiltą tiltai
kelias kelio keliai kelių kelią
turgus turgaus turgų
sodas sodai sodų sode
darbas darbo darbą darbai darbų
skolos skolų skola
integracija integracijos integraciją
teritorija teritorijos teritorijoje teritorijų
susisiekimas susisiekimo susisiekimą
vyresnis vyresnio vyresni vyresnių vyresniems
amžius amžiaus amžių
bendradarbiavimas bendradarbiavimo
stotelė stotelės stotelių stotelėje stotelę
"""

# Words that look alike and are about something else.
STRANGERS = """
vieta viešas, kalba kalnas, parkas partneris, sodas sostinė, darželis darbas, mokestis mokykla,
šeima seniūnija, gatvė gatavas, naktis naujas, pastaba pastatas, paslauga paslaptis, tikslas tiltas,
veiksmas vaikas, miestas miškas, kaimas kaimynas, verslas versmė, lėšos lėlė, senas sėti,
laikas laiškas, žemė žmonės, būstas būrys, sąrašas sąskaita, takas tekėti, šviesa švietimas,
sveikata sveikinimas, darbas darbininkas, jaunimas jautis, socialinis sociologas, akcija akis,
rinkimai rinkti, projektas profesija, kultūra kulti, medis mada
"""


def meet(one, other):
    return not set(word_keys(one)).isdisjoint(word_keys(other))


@pytest.mark.parametrize("family", FAMILIES.split("\n")[1:-1])
def test_a_word_is_found_in_every_case_with_and_without_its_letters(family):
    forms = family.split()
    spelled = forms + [fold(form) for form in forms]

    assert [pair for pair in combinations(spelled, 2) if not meet(*pair)] == []


@pytest.mark.parametrize("pair", [pair.strip() for pair in STRANGERS.split(",")])
def test_words_about_something_else_do_not_meet(pair):
    assert not meet(*pair.split())


def test_no_family_of_words_meets_another():
    families = [line.split() for line in FAMILIES.split("\n")[1:-1]]
    keys = [{key for form in family for key in word_keys(form)} for family in families]

    assert [pair for pair in combinations(keys, 2) if pair[0] & pair[1]] == []


@pytest.mark.parametrize("family", FAMILIES.split("\n")[1:-1])
def test_a_word_is_found_while_it_is_being_typed(family):
    for form in family.split():
        index = search_text(form)
        typed = [form[:length] for length in range(1, len(form) + 1)]

        assert [part for part in typed if not matches(part, index)] == []


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("savaitgali", "Dirbkite ir savaitgaliais", True),
        ("savaitgalį", "Dirbkite ir savaitgaliais", True),
        ("DARBAS SAVAITGALIAIS", "Savaitgalių darbą apmokėti", True),
        ("darbas naktį", "Savaitgalių darbą apmokėti", False),
        ("takas iki mokyklos", "Nutieskite taką iki mokyklos", True),
        ("aut", "Autobusų per mažai", True),
        ("aut per", "Autobusų per mažai", False),
        ("2021", "2021–2027 metų programa", True),
        ("24.00", "iki 24.00 val.", True),
        ("pėstieji", "pesciuju takas", True),
        ("zmonems", "Žmonėms su negalia", True),
        ("roads", "The road is broken", True),
        ("road", "The road is broken", True),
        ("", "Bet kas", True),
        ("?!", "Bet kas", True),
        ("kas", "", False),
    ],
)
def test_a_query_matches_when_each_of_its_words_is_there(query, text, found):
    assert matches(query, search_text(text)) is found


def test_keys_come_once_and_in_the_order_of_the_words():
    assert search_keys("Takas, takai; TAKAS") == ["takas", "tak", "takai", "taka"]


@given(st.text())
def test_keys_hold_no_spaces_so_that_a_column_can_join_them(text):
    assert search_text(text).split() == search_keys(text)


@given(st.text())
def test_a_text_is_found_by_its_own_words(text):
    assert matches(text, search_text(text))
