"""The open discussion in easy words and in Ukrainian, and what a resident said in Ukrainian."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.actions import languages, moderating, speaking, translating
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import Consultation, Kind, Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.queries.translations import public_digest
from sutarta.apps.people.models import User

OFFERED = ("uk", "pl", "ru")
EASY = (
    "Ką darys Alksniai. Trumpai ir paprastai",
    "Alksniai rašo planą iki 2029 metų.\n\n"
    "Plane parašyta, kam leisime pinigus. Pinigų yra 1 195 000 eurų.\n\n"
    "Ką planuojame:\n"
    "– namus, kur kaimynai susitinka;\n"
    "– vietą vaikams po pamokų;\n"
    "– dirbtuvę, kur mokomasi amato;\n"
    "– pagalbą žmonėms namuose.\n\n"
    "Dar galima viską keisti. Pasakykite, ko trūksta.\n\n"
    "Galite parašyti čia, paskambinti arba ateiti. Mes atsakysime kiekvienam.",
)
RENDITIONS = {
    "uk": (
        "Що робитиме місто Альксняй: розкажіть, що ви думаєте",
        "До 2029 року ми хочемо, щоб допомога була ближче до дому, щоб діти й молодь мали де бути "
        "після уроків, а сусіди – де зустрічатися.\n\n"
        "Плануємо громадський дім на вулиці Малуно, денний центр для дітей, майстерню ремесел, "
        "допомогу вдома, перші робочі місця для молоді та консультації для родин.\n\n"
        "Усе це ще можна змінити. Напишіть своєю мовою: ми перекладемо й відповімо.",
    ),
    "en": (
        "What the town of Alksniai will do: tell us what you think",
        "By 2029 we want help to be close to home, children and young people to have somewhere to "
        "be after school, and neighbours to have somewhere to meet.\n\n"
        "We plan a community house in Malūno Street, a day centre for children, a craft workshop, "
        "help at home, first jobs for young people and advice for families.\n\n"
        "All of it can still change. Write to us; we will answer everybody.",
    ),
}
SAID = (
    "Ми приїхали до Альксняя два роки тому. Моя мама добре шила, але литовською говорить ще мало, "
    "тому нікуди не ходить. Нехай у майстерні ремесел раз на тиждень буде вечір, коли вчать і "
    "ремесла, і мови."
)
TRANSLATED = (
    "Į Alksnius atvažiavome prieš dvejus metus. Mano mama gerai siūdavo, bet lietuviškai dar kalba "
    "mažai, todėl niekur neina. Tegul amatų dirbtuvėje kartą per savaitę būna vakaras, kai mokoma "
    "ir amato, ir kalbos."
)


def tell(consultation: Consultation, actor: User, at: datetime) -> None:
    """Tell it in other words on the day it opened; let somebody speak, and translate it.

    at   now: nothing happens after it
    """
    group, opened = consultation.group, consultation.opens_at
    for code in OFFERED:
        words = tongues.starting_words(code)
        languages.set_form_words(actor=actor, group=group, language=code, words=words, at=opened)
    told = [(group.language, True, EASY), *((code, False, it) for code, it in RENDITIONS.items())]
    for code, is_easy, (title, text) in told:
        languages.set_rendition(
            actor=actor,
            consultation=consultation,
            language=code,
            is_easy=is_easy,
            title=title,
            text=text,
            at=opened,
        )
    _speak(consultation, actor, min(opened + timedelta(days=4, hours=9), at))


def _speak(consultation: Consultation, actor: User, at: datetime) -> None:
    words = Words(kind=Kind.GENERAL, body=SAID, author_name="О. К.", show_name=True)
    said = speaking.submit(
        consultation=consultation,
        words=words,
        at=at,
        recorded_at=at,
        request_key=sha256(SAID.encode()).hexdigest(),
        language="uk",
    ).submission
    moderating.moderate(
        actor=actor,
        submission=said,
        visibility=Visibility.PUBLIC,
        despite="Taip pasakė pats žmogus, pavardės nėra.",
        seen=said.digest,
        at=at,
    )
    said.refresh_from_db()
    translating.translate(
        actor=actor,
        submission=said,
        language=consultation.group.language,
        text=Text(TRANSLATED),
        seen=public_digest(said),
        at=at,
    )
