"""Letters of invented campaigns on one topic, and letters of people who wrote by themselves.

Everything is made of the same phrases about the same things, so that the topic, the words and the
everyday sentences are no help: only what was copied tells who took part.

A campaign is a text of four to six paragraphs of two to four sentences. Of its letters

    two in five    are the whole text, some with a paragraph of the author's own
    one in five    are it edited: words dropped, swapped, misspelt, without diacritics or shouted
    one in ten     are its paragraphs shuffled, with sentences of the author's own between them
    three in ten   are excerpts: one or two paragraphs among three to eight own sentences

Every letter has a greeting and a signature, many the opening sentence that everybody uses, and
lines broken as a mail program breaks them. Letters outside use the same opening; one in four
quotes a sentence of the draft; one in eight quotes a sentence of a campaign to speak against it.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

OUTSIDE = 0  # number of the campaign of letters that belong to none


@dataclass(frozen=True)
class Letters:
    """Letters, the number of each one's campaign, and the draft that people may quote."""

    texts: list[str]
    campaigns: list[int]
    draft: list[str]


@dataclass(frozen=True)
class _Tongue:
    """Phrases of one language: a sentence is one of each kind, in this order."""

    parts: tuple[tuple[str, ...], ...]
    greetings: tuple[str, ...]
    opening: str
    closings: tuple[str, ...]

    def sentence(self, chance: random.Random) -> str:
        said = " ".join(chance.choice(part) for part in self.parts)
        return said[0].upper() + said[1:] + "."


LITHUANIAN = _Tongue(
    parts=(
        ("mūsų kaimo bendruomenė", "dauguma Alksnių gyventojų", "vietos jaunimas",
         "vyresnio amžiaus žmonės", "Smilgynės ūkininkai", "šeimos su mažais vaikais",
         "bibliotekos lankytojai", "mokyklos tėvų komitetas", "vietos verslininkai",
         "seniūnijos žmonės", "kultūros centro kolektyvai", "Žvirgždės upės mylėtojai"),
        ("seniai laukia, kad", "labai prašo, kad", "kasmet kartoja, jog reikia, kad",
         "tikisi iš naujos strategijos, kad", "mano esant svarbiausia, kad",
         "susirinkime nutarė siekti, kad", "pasirašė kreipimąsi, kad", "nori pagaliau matyti, kad",
         "ragina vietos veiklos grupę pasirūpinti, kad",
         "nesupranta, kodėl iki šiol nepadaryta, kad"),
        ("prie ežero būtų sutvarkytas takas", "autobusas važiuotų ir savaitgaliais",
         "senoji pieninė taptų dirbtuvėmis", "biblioteka dirbtų vakarais",
         "gatvės būtų apšviestos iki vidurnakčio", "mokyklos sporto salė būtų atvira visiems",
         "malūno tvenkinys būtų išvalytas", "turguje būtų dengtų prekystalių",
         "jaunimui būtų pritaikyta senoji seniūnija", "vaikų aikštelė būtų aptverta",
         "kultūros centre veiktų amatų būrelis", "prie stotelės būtų įrengtas šaligatvis"),
        ("nes kito tokio traukos centro apylinkėse nėra", "nes žmonės kitaip išvažiuos į miestą",
         "ir tam užtektų kelių tūkstančių eurų per metus", "nors savivaldybė vis atidėlioja",
         "o lėšų tam numatyta dar ankstesnėje programoje", "nes to laukiame jau dvylika metų",
         "kol dar yra kam tuo naudotis", "ir prisidėtume patys savo darbu",
         "nes be to nepavyks išlaikyti jaunų šeimų", "kaip jau padarė gretima seniūnija",
         "nes dabar ten tamsu ir nesaugu", "ir tai būtų pigiau nei statyti iš naujo"),
        ("– apie tai kalbėjome su kaimynais", "(mano gatvėje taip mano beveik visi)",
         "– to prašau ir aš", "ir prašau atsakyti raštu", "– jau rašiau apie tai pernai",
         "ir nenoriu laukti kitos programos", "– pakaktų vienos vasaros darbų",
         "– ar tai tikrai taip sunku", "ir mielai paaiškinčiau susitikime",
         "– prašau pasižiūrėti patiems", "ir už tai balsuočiau",
         "– kitaip pinigai bus išleisti veltui"),
    ),
    greetings=("Laba diena,", "Sveiki,", "Gerbiamieji,", "Gerbiama strategijos rengėja,", ""),
    opening="Rašau Jums dėl naujos mūsų krašto strategijos projekto.",
    closings=("Pagarbiai\nA. B.", "Su pagarba\nJ. K., Smilgynė", "Ačiū\nV. P.",
              "R. D., tel. 8 600 00000", ""),
)  # fmt: skip
ENGLISH = _Tongue(
    parts=(
        ("people of our village", "most families here", "the young of Alksniai",
         "older people in the parish", "farmers around Smilgyne", "parents at the school",
         "readers of the library", "small firms in the town", "members of the choir",
         "anglers on the river", "everybody I have asked", "newcomers to the area"),
        ("have long waited that", "ask you to make sure that",
         "say every year that it is time that",
         "expect of the new strategy that", "find it most important that",
         "signed a petition that", "decided at a meeting to strive that",
         "would finally like to see that",
         "urge the group to take care that", "cannot understand why nobody took care that"),
        ("the path round the lake be repaired", "the bus run at weekends as well",
         "the old dairy become a workshop", "the library stay open in the evening",
         "the streets be lit until midnight", "the sports hall be open to all",
         "the mill pond be cleaned", "the market get covered stalls",
         "the old town hall be given to the young", "the playground be fenced",
         "crafts be taught in the culture house", "the stop get a proper pavement"),
        ("because there is no other such place near us", "because people will leave for the city",
         "and a few thousand euro a year would do", "although the council keeps putting it off",
         "and money for it stood in the last programme already",
         "because we have waited for twelve years",
         "while there is still somebody to use it", "and we would help with our own hands",
         "because young families will not stay without it", "as the next parish has done already",
         "because it is dark and unsafe there now", "and it would be cheaper than building anew"),
        ("– my neighbours and I spoke of it", "(nearly all in my street think so)",
         "– and so do I", "and please answer in writing", "– I wrote about it last year",
         "and I will not wait for another programme", "– one summer of work would be enough",
         "– is that really so hard", "and I would gladly explain it in person",
         "– please come and see for yourselves", "and I would vote for it",
         "– or else the money will be wasted"),
    ),
    greetings=("Dear Sir or Madam,", "Hello,", "To whom it may concern,", "Good morning,", ""),
    opening="I am writing to you about the draft of the new strategy for our area.",
    closings=("Yours faithfully\nA. B.", "Kind regards\nJ. K., Smilgyne", "Thank you\nV. P.",
              "R. D.", ""),
)  # fmt: skip


def letters(sizes: Sequence[int], outside: int, seed: int = 11) -> Letters:
    """Campaigns of these sizes, in Lithuanian and English by turns, and letters of nobody's."""
    chance = random.Random(seed)
    draft = [LITHUANIAN.sentence(chance) for _ in range(30)]
    draft += [ENGLISH.sentence(chance) for _ in range(30)]
    made: list[tuple[str, int]] = []
    texts: list[tuple[_Tongue, list[list[str]]]] = []
    for number, size in enumerate(sizes, start=1):
        tongue = (LITHUANIAN, ENGLISH)[number % 2]
        text = _text(tongue, chance)
        texts.append((tongue, text))
        made += [(_letter(tongue, text, chance), number) for _ in range(size)]
    for _ in range(outside):
        tongue = chance.choice((LITHUANIAN, LITHUANIAN, ENGLISH))
        made.append((_by_oneself(tongue, draft, texts, chance), OUTSIDE))
    chance.shuffle(made)
    return Letters([text for text, _ in made], [number for _, number in made], draft)


def _text(tongue: _Tongue, chance: random.Random) -> list[list[str]]:
    return [
        [tongue.sentence(chance) for _ in range(chance.randint(2, 4))]
        for _ in range(chance.randint(4, 6))
    ]


def _letter(tongue: _Tongue, text: list[list[str]], chance: random.Random) -> str:
    make = chance.choices((_whole, _edited, _shuffled, _excerpt), (4, 2, 1, 3))[0]
    return make(tongue, text, chance)


def _whole(tongue: _Tongue, text: list[list[str]], chance: random.Random) -> str:
    paragraphs = [" ".join(one) for one in text]
    if chance.random() < 0.5:
        paragraphs.insert(chance.randint(0, len(paragraphs)), _own(tongue, chance, 1, 3))
    return _framed(tongue, paragraphs, chance)


def _edited(tongue: _Tongue, text: list[list[str]], chance: random.Random) -> str:
    paragraphs = [" ".join(_worn(one, chance) for one in part) for part in text]
    look = chance.choice((str, str, _bare, str.upper))
    return look(_framed(tongue, paragraphs, chance))


def _shuffled(tongue: _Tongue, text: list[list[str]], chance: random.Random) -> str:
    paragraphs = [" ".join([*one, tongue.sentence(chance)]) for one in text]
    chance.shuffle(paragraphs)
    return _framed(tongue, paragraphs, chance)


def _excerpt(tongue: _Tongue, text: list[list[str]], chance: random.Random) -> str:
    paragraphs = [" ".join(one) for one in chance.sample(text, chance.randint(1, 2))]
    paragraphs += [_own(tongue, chance, 1, 4), _own(tongue, chance, 2, 4)]
    chance.shuffle(paragraphs)
    return _framed(tongue, paragraphs, chance)


def _by_oneself(
    tongue: _Tongue,
    draft: list[str],
    texts: list[tuple[_Tongue, list[list[str]]]],
    chance: random.Random,
) -> str:
    paragraphs = [_own(tongue, chance, 2, 4) for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.25:
        paragraphs.insert(0, " ".join(chance.sample(draft, chance.randint(1, 2))))
    if texts and chance.random() < 0.125:
        quoted = chance.choice([one for _, text in texts for part in text for one in part])
        paragraphs.append(f"{quoted} {tongue.sentence(chance)}")
    return _framed(tongue, paragraphs, chance)


def _own(tongue: _Tongue, chance: random.Random, least: int, most: int) -> str:
    return " ".join(tongue.sentence(chance) for _ in range(chance.randint(least, most)))


def _worn(sentence: str, chance: random.Random) -> str:
    """One sentence in five loses a word, doubles one or misspells one."""
    words = sentence.split()
    if chance.random() < 0.2:
        at = chance.randrange(len(words))
        words[at : at + 1] = chance.choice(([], [words[at]] * 2, [words[at][::-1]]))
    return " ".join(words)


_BARE = str.maketrans("ąčęėįšųūžĄČĘĖĮŠŲŪŽ", "aceeisuuzACEEISUUZ")


def _bare(text: str) -> str:
    return text.translate(_BARE)


def _framed(tongue: _Tongue, paragraphs: list[str], chance: random.Random) -> str:
    if chance.random() < 0.4:
        paragraphs = [tongue.opening, *paragraphs]
    if chance.random() < 0.5:
        paragraphs = [textwrap.fill(one, chance.choice((60, 68, 72, 76))) for one in paragraphs]
    parts = [chance.choice(tongue.greetings), *paragraphs, chance.choice(tongue.closings)]
    return "\n\n".join(filter(None, parts))
