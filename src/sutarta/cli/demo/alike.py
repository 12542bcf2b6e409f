"""Letters of one campaign: the same two paragraphs, most with something of the sender's own."""

from __future__ import annotations

from sutarta.cli.demo.voice import Voice

SHARED = (
    "Prašome į strategiją įrašyti susitikimo vietą Gluosniuose. Už geležinkelio gyvename visa "
    "miesto dalis, o susėsti kartu neturime kur: nei salės, nei stoginės, nei suolelio.\n\n"
    "Užtektų nedidelio šildomo namelio prie senosios stoties: kambario, virtuvėlės ir tualeto. "
    "Bendruomenė sutinka jį prižiūrėti ir užrakinti vakarais."
)
HEAD = "gluosniai-1"
WAITING = 2  # the last letters, which nobody has looked at yet
# Who sent it, and what they add before or after the shared words.
LETTERS = [
    ("J. K.", ""),
    ("A. ir P. V.", "Namą prie stoties prižiūrime jau dabar, raktas pas mus."),
    ("R. Š.", ""),
    ("", "Žiemą laukiame autobuso po pervažos stogu, vaikai šąla."),
    ("D. G.", "Galiu padovanoti krosnelę."),
    ("M. M.", ""),
    ("Močiutė iš Gluosnių", "Norėčiau kur nors sulošti šaškėmis, kol dar matau lentą."),
    ("T. L.", "Mūsų gatvėje auga vienuolika vaikų, žaidžia ant bėgių."),
    ("", ""),
    ("E. B.", "Prie namelio reikėtų ir lempos: nuo stotelės einame tamsoje."),
    ("V. N.", ""),
    ("G. A.", "Jei bus vieta, vesiu mezgimo būrelį. Nemokamai."),
    ("S. R.", "Pasirašau, nors tualetą siūlyčiau lauke – pigiau."),
    ("K. D.", ""),
]


def voices() -> list[Voice]:
    """They came within two days; those looked at already get one answer."""
    return [_voice(place, *letter) for place, letter in enumerate(LETTERS, 1)]


def _voice(place: int, who: str, own: str) -> Voice:
    is_waiting = place > len(LETTERS) - WAITING
    return Voice(
        id=f"gluosniai-{place}",
        when=f"{9 + place // 9} {8 + place % 9:02}:{place * 7 % 60:02}",
        kind="GENERAL",
        says=f"{SHARED}\n\n{own}".strip(),
        who=who,
        waits=is_waiting,
        same="" if is_waiting or place == 1 else HEAD,
    )
