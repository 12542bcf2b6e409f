"""The idea call of the invented town, before there was a text: six parts, what people told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sutarta.apps.consultations.actions import (
    answering,
    attaching,
    entering,
    ideas,
    moderating,
    running,
    sorting,
    speaking,
    territory,
)
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import (
    Channel,
    Consultation,
    ForWhom,
    Kind,
    Outcome,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import attachments
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Strategy, Version
from sutarta.apps.tenants.models import Group, Ward
from sutarta.apps.tenants.territory import Point
from sutarta.cli.demo import files, places, words
from sutarta.core import deadlines

DAYS = 24  # between the first and the last day one could tell
ANSWERED = timedelta(days=10)  # after the close
DAY = timedelta(days=1)

# The town as in the figure of its strategy: a river from west to east, three parts on each side.
RIVER = [(0, 3.1), (1.5, 2.7), (3, 3.2), (4.6, 2.8), (6, 3.3), (7.6, 2.9), (9.2, 3.2), (10, 2.8)]
PARTS: dict[str, list[Point]] = {
    "Pušynas": [*RIVER[:3], (3.3, 4.2), (3.0, 5.2), (3.4, 6.1), (1.8, 6.4), (0.5, 5.6),
                (-0.2, 4.4)],
    "Senamiestis": [*RIVER[2:5], (6.4, 4.1), (6.2, 5.1), (6.6, 5.9), (5.0, 6.3), (3.4, 6.1),
                    (3.0, 5.2), (3.3, 4.2)],
    "Ąžuolų mikrorajonas": [*RIVER[4:], (10.4, 4.2), (9.8, 5.4), (8.4, 6.1), (6.6, 5.9),
                            (6.2, 5.1), (6.4, 4.1)],
    "Sodai „Obelėlė“": [*RIVER[:3], (3.2, 2.0), (2.8, 1.0), (3.0, -0.2), (1.5, -0.5),
                        (0.2, 0.4), (-0.4, 1.8)],
    "Gluosniai": [*RIVER[2:5], (6.3, 2.1), (6.6, 1.0), (6.2, -0.1), (4.6, -0.6), (3.0, -0.2),
                  (2.8, 1.0), (3.2, 2.0)],
    "Malūno kvartalas": [*RIVER[4:], (10.5, 1.6), (9.9, 0.4), (8.2, -0.3), (6.2, -0.1),
                         (6.6, 1.0), (6.3, 2.1)],
}  # fmt: skip
WEST, SOUTH, WIDE, HIGH = 24.10, 55.30, 0.008, 0.0046  # degrees of a step of the drawing

SUMMARY = (
    "Rengiame miesto vietos plėtros strategiją. Teksto dar nėra: pirma klausiame jūsų. "
    "Parašykite, ko jums ar jūsų artimiesiems trūksta ir kas padėtų. Galite pažymėti miesto "
    "dalį ir pridėti nuotrauką."
)
DECIDERS = (
    "Kiekvienas poreikis ir idėja gaus atsakymą. Iš jų rašomas strategijos projektas, kurį "
    "aptarsime dar kartą, o tvirtins visuotinis narių susirinkimas."
)


@dataclass(frozen=True)
class Told:
    """One need or idea: when, how, where, whom it is for, what was answered, what came of it."""

    day: float
    kind: Kind
    ward: str
    place: str
    text: str
    answer: str
    outcome: Outcome = Outcome.ACCEPTED
    via: Channel = Channel.WEB
    whom: tuple[ForWhom, ...] = ()
    name: str = ""
    photo: str = ""
    words: str = ""  # the passage that came of it, as places.find reads it


NEED, IDEA = Kind.NEED, Kind.IDEA
OLDER, CHILDREN, DISABLED = ForWhom.OLDER, ForWhom.CHILDREN, ForWhom.DISABLED
TOLD = [
    Told(0.3, NEED, "Pušynas", "namai prie miško",
         "Kai po operacijos grįžau namo, dvi savaites niekas negalėjo ateiti padėti nusiprausti. "
         "Dukra dirba kitame mieste.",
         "Ačiū, įrašyta. Pagalba į namus taps atskiru veiksmu.", whom=(OLDER, DISABLED),
         name="V. S.", words="6.3.1"),
    Told(0.9, IDEA, "Ąžuolų mikrorajonas", "buvusi parduotuvė „Giraitė“",
         "„Giraitė“ stovi tuščia ketvirtus metus. Ten galėtų būti vieta vaikams po pamokų: "
         "pamokoms ruošti, stalo žaidimams, būreliams.",
         "Ačiū, įrašyta. Savivaldybė sutiko patalpas perduoti.", whom=(CHILDREN,),
         words="6.2.2"),
    Told(1.6, NEED, "Senamiestis", "poliklinikos įėjimas",
         "Į polikliniką veda penki laipteliai ir jokio nuolydžio. Su vežimėliu tenka laukti, kol "
         "kas nors užneš.",
         "Ačiū, įrašyta. Įėjimų pritaikymas bus vienas iš veiksmų.", whom=(DISABLED,),
         photo="laiptai-poliklinika.jpg", words="6.2.3"),
    Told(2.4, IDEA, "Malūno kvartalas", "Malūno g. 4",
         "Senosios siuvyklos valgykla turi virtuvę ir salę. Išeitų bendruomenės namai visai "
         "šiai upės pusei.",
         "Ačiū, įrašyta kaip pirmas veiksmas.", whom=(ForWhom.EVERYBODY,), name="R. B.",
         photo="planas-valgykla.png", words="6.2.1"),
    Told(3.1, NEED, "Gluosniai", "pervaža",
         "Už geležinkelio nėra jokios vietos susitikti, net suolelio. Vakare į miestą neina "
         "paskutinis autobusas.",
         "Susitikimo vieta įrašyta. Autobusų tvarkaraštis – ne strategijos dalykas, prašymą "
         "perdavėme savivaldybei.", Outcome.PARTLY, Channel.MEETING,
         (OLDER, CHILDREN), words="3.5"),
    Told(4.5, IDEA, "Senamiestis", "biblioteka",
         "Senjorams reikia ne kursų, o žmogaus, kuris pasėdėtų prie jų telefono tiek, kiek "
         "reikia. Biblioteka tam tinka.",
         "Ačiū, įrašyta: pagalba po vieną, bibliotekoje.", Outcome.ACCEPTED, Channel.PHONE,
         (OLDER,), words="6.3.5"),
    Told(5.2, NEED, "Malūno kvartalas", "bendrabučių kiemas",
         "Atvykusios šeimos niekur negali išmokti kalbos vakare, po pamainos. Vaikai verčia "
         "tėvams pas gydytoją.",
         "Ačiū. Kalbos kursus jau perka savivaldybė, todėl atskiro veiksmo nebus; vakaro grupės "
         "poreikį jai perdavėme.", Outcome.NOTED, whom=(ForWhom.NEWCOMERS,)),
    Told(7.0, IDEA, "Ąžuolų mikrorajonas", "",
         "Jaunimui pirmą vasaros darbą galėtų duoti miesto įmonės, o VVG – apmokėti mentorių.",
         "Ačiū, įrašyta.", whom=(CHILDREN, ForWhom.JOBLESS), name="D. K.", words="6.3.2"),
    Told(8.8, NEED, "Sodai „Obelėlė“", "Slyvų gatvė",
         "Gatvės neapšviestos, žvyras. Žiemą su vaikais einame į stotelę su žibintais.",
         "Gatvių ši programa nefinansuoja. Jūsų raštą su nuotrauka perdavėme savivaldybei, ji "
         "atsakys atskirai.", Outcome.OUT_OF_SCOPE, whom=(ForWhom.FAMILIES, CHILDREN)),
    Told(10.2, IDEA, "", "",
         "Kaimynai mielai padėtų vieni kitiems: malkas suvežti, vaistus parnešti. Trūksta "
         "žmogaus, kuris suvestų.",
         "Ačiū, įrašyta: savanorių koordinatorius.", Outcome.ACCEPTED, Channel.EMAIL,
         (OLDER,), words="6.3.3"),
    Told(12.7, NEED, "Gluosniai", "",
         "Mama serga demencija, prižiūriu viena. Norėčiau bent kelių valandų per savaitę.",
         "Ačiū, kad parašėte. Atokvėpio valandos įrašytos prie pagalbos į namus.",
         Outcome.ACCEPTED, Channel.PAPER, (OLDER, ForWhom.FAMILIES), words="6.3.1"),
    Told(15.3, IDEA, "Pušynas", "senosios mokyklos dirbtuvės",
         "Mokyklos dirbtuvėse liko staklės. Atidarykite jas vakarais: vyrai turėtų kur ateiti, "
         "jaunimas – iš ko išmokti.",
         "Ačiū, įrašyta.", name="A. P.", words="6.2.4"),
    Told(18.9, NEED, "Senamiestis", "",
         "Skyrybų metu neradau, kas patartų dėl vaiko išlaikymo. Advokatas per brangus.",
         "Ačiū, įrašyta: teisininko ir psichologo valandos.", whom=(ForWhom.FAMILIES,),
         words="6.3.4"),
    Told(22.4, IDEA, "Sodai „Obelėlė“", "upės pakrantė",
         "Prie upės įrenkite pirtį ir prieplauką baidarėms, būtų ir verslas, ir pramoga.",
         "Idėja graži, bet šios programos lėšos skirtos socialinei atskirčiai mažinti. "
         "Siūlome kreiptis į žvejybos regionų grupę.", Outcome.NOT_ACCEPTED),
]  # fmt: skip


def collect(group: Group, strategy: Strategy, actor: User, at: datetime) -> Consultation:
    """Hold the call from `at` on, answer it, and return it.

    strategy   has no version yet
    """
    territory.draw(actor=actor, group=group, outlines=_outlines(), at=at)
    call = _begin(group, strategy, actor, at)
    wards = {ward.name: ward for ward in Ward.objects.filter(group=group)}
    for told in TOLD:
        moment = at + told.day * DAY
        submission = _tell(call, told, wards, actor, moment)
        _publish(submission, actor, moment + timedelta(hours=20))
    _answer(call, actor, call.deadline.closes_at + ANSWERED)
    return call


def link(call: Consultation, version: Version, actor: User, at: datetime) -> None:
    """Place each idea beside the words that came of it; words that are not there are skipped."""
    for told in TOLD:
        try:
            block = places.find(version.document, told.words) if told.words else None
        except places.NoSuchPlace:
            continue
        if block is not None:
            submission = _found(call, told)
            sorting.file(actor=actor, submission=submission, lineage_id=block.id, at=at)


def _outlines() -> dict[str, list[list[Point]]]:
    return {
        name: [[(round(WEST + x * WIDE, 5), round(SOUTH + y * HIGH, 5)) for x, y in ring]]
        for name, ring in PARTS.items()
    }


def _begin(group: Group, strategy: Strategy, actor: User, at: datetime) -> Consultation:
    last_day = (at + DAYS * DAY).date()
    facts = running.Facts(
        title="Ko reikia mūsų miestui?",
        opens_at=at,
        answers_by=last_day + timedelta(days=14),
        summary=SUMMARY,
        deciders=DECIDERS,
        waived=("broad_terms", "planned", "not_planned", "open_questions"),
        **words.CONTACT,
    )
    last = deadlines.Deadline.of(last_day, deadlines.END_OF_DAY, group.zone)
    call = ideas.begin(
        actor=actor, group=group, strategy=strategy, facts=facts, deadline=last, at=at
    )
    running.announce(actor=actor, consultation=call, at=at)
    return call


def _tell(
    call: Consultation, told: Told, wards: dict[str, Ward], actor: User, at: datetime
) -> Submission:
    """On the website people write themselves; what came another way the office enters."""
    said = Words(
        kind=told.kind,
        body=told.text,
        place=told.place,
        ward=str(wards[told.ward].pk) if told.ward else "",
        for_whom=tuple(str(one) for one in told.whom),
        author_name=told.name,
        show_name=bool(told.name),
    )
    if told.via == Channel.WEB:
        submission = speaking.submit(
            consultation=call, words=said, at=at, recorded_at=at, request_key=_key(call, told),
            language="lt",
        ).submission  # fmt: skip
    else:
        submission = entering.enter(
            actor=actor, consultation=call, words=said, channel=told.via, received_at=at,
            at=at + timedelta(hours=2), request_key=_key(call, told),
        )  # fmt: skip
    if told.photo:
        attaching.attach(
            submission=submission, name=told.photo, data=files.made(told.photo), at=at, actor=None
        )
    return submission


def _publish(submission: Submission, actor: User, at: datetime) -> None:
    moderating.moderate(
        actor=actor, submission=submission, visibility=Visibility.PUBLIC,
        despite="Autorius pats taip parašė, kitų žmonių nemini.", seen=submission.digest, at=at,
    )  # fmt: skip
    submission.refresh_from_db()
    for file in attachments.of(submission):
        attaching.approve(actor=actor, attachment=file, at=at)


def _answer(call: Consultation, actor: User, at: datetime) -> None:
    for told in TOLD:
        answering.draft_answer(
            actor=actor, submission=_found(call, told),
            outcome=told.outcome, reason=told.answer, is_ready=True, at=at,
        )  # fmt: skip
    answering.publish_answers(actor=actor, consultation=call, at=at)


def _found(call: Consultation, told: Told) -> Submission:
    return Submission.objects.get(consultation=call, body=told.text)


def _key(call: Consultation, told: Told) -> str:
    return hashlib.sha256(f"demo ideas {call.number} {told.day}".encode()).hexdigest()
