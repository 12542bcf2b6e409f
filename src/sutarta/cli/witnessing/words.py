"""What a witness says, in English and Lithuanian: this runs where no catalogue is."""

from __future__ import annotations

import os

from sutarta.cli.stop import tame

LANGUAGES = ("en", "lt")

ALARMS = {
    "went_back": (
        "THE LOG WENT BACK: it had {former} acts and now shows {size}. An older state was put "
        "back, or this address serves an old copy.",
        "ŽURNALAS GRĮŽO ATGAL: veiksmų jame buvo {former}, o dabar rodoma {size}. Atkurta "
        "ankstesnė būsena arba šiuo adresu rodoma sena kopija.",
    ),
    "went_back_changed": (
        "THE LOG WENT BACK AND WAS CHANGED: it had {former} acts and now shows {size}, and these "
        "are not the ones it showed at that size before.",
        "ŽURNALAS GRĮŽO ATGAL IR BUVO PAKEISTAS: veiksmų jame buvo {former}, o dabar rodoma "
        "{size}, ir tai ne tie patys, kuriuos jis tokio dydžio rodė anksčiau.",
    ),
    "same_size": (
        "THE LOG WAS REWRITTEN: it shows {size} acts as before, but not the same ones.",
        "ŽURNALAS PERRAŠYTAS: veiksmų tiek pat ({size}), bet jie nebe tie patys.",
    ),
    "rewritten": (
        "THE PAST WAS REWRITTEN: the log shows {size} acts, but the first {former} of them are not "
        "those it showed before.",
        "PRAEITIS PERRAŠYTA: veiksmų žurnale dabar {size}, bet pirmieji {former} nebe tie, "
        "kuriuos jis rodė anksčiau.",
    ),
    "hashes": (
        "THE LOG CONTRADICTS ITSELF: what it shows does not give the sum it signed for {size} "
        "acts.",
        "ŽURNALAS PRIEŠTARAUJA SAU: iš to, ką jis rodo, negaunama suma, kurią jis pasirašė "
        "(veiksmų {size}).",
    ),
    "entry": (
        "AN ACT WAS CHANGED: entry {leaf} of the log (the {number}th from its beginning) is not "
        "the one that was signed.",
        "ĮRAŠAS PAKEISTAS: žurnalo įrašas {leaf} ({number}-as nuo pradžios) nėra tas, kuris buvo "
        "pasirašytas.",
    ),
    "unknown_key": (
        "ANOTHER KEY SIGNS THE LOG, and no key we know handed over to it.",
        "ŽURNALĄ PASIRAŠO KITAS RAKTAS, ir nė vienas mums žinomas raktas jam teisės neperdavė.",
    ),
    "other_log": (
        "ANOTHER LOG STANDS AT THIS ADDRESS: {shown}. We keep {origin}.",
        "ŠIUO ADRESU – KITAS ŽURNALAS: {shown}. Mes saugome {origin}.",
    ),
}

SENTENCES = {
    **ALARMS,
    "key_made": (
        "This witness has a key now. Give the group this line, it is not secret:\n\n  {key}\n\n"
        "Its secret half is in {file}: let nobody have it, and keep a copy.",
        "Šis liudytojas jau turi raktą. Perduokite grupei šią eilutę, ji nėra slapta:\n\n"
        "  {key}\n\nSlaptoji rakto dalis yra faile {file}: niekam jo neduokite ir pasidarykite "
        "kopiją.",
    ),
    "trusted": (
        "First look at {origin}. From now on this key is trusted:\n\n  {key}\n\nCompare it with "
        "the one printed on the group’s notices: whoever misled this first look would mislead "
        "all that follow.",
        "{origin}: pirmas žvilgsnis. Nuo šiol pasitikima šiuo raktu:\n\n  {key}\n\nPalyginkite jį "
        "su tuo, kuris išspausdintas grupės skelbimuose: kas apgautų per šį pirmą žvilgsnį, "
        "apgaudinėtų ir toliau.",
    ),
    "pinned": (
        "First look at {origin}: it is signed with the key you gave.",
        "{origin}: pirmas žvilgsnis. Pasirašyta jūsų nurodytu raktu.",
    ),
    "grown": (
        "{origin}: entries {size}, new {more}, none of the former changed. Signed.",
        "{origin}: veiksmų {size}, naujų {more}, ankstesni nepakeisti. Pasirašyta.",
    ),
    "begun": ("{origin}: entries {size}. Signed.", "{origin}: veiksmų {size}. Pasirašyta."),
    "same": (
        "{origin}: entries {size}, as before. Signed.",
        "{origin}: veiksmų {size}, kaip ir anksčiau. Pasirašyta.",
    ),
    "read_all": (
        "{origin}: all {size} acts were read and are those that were signed.",
        "{origin}: perskaityti visi veiksmai ({size}), jie tie patys, kurie buvo pasirašyti.",
    ),
    "rotated": (
        "{origin} has a fresh key, and the former one handed over to it:\n  {key}",
        "{origin} turi naują raktą, ankstesnysis jam perdavė teisę pasirašyti:\n  {key}",
    ),
    "shown": ("The site shows our signature.", "Svetainė rodo mūsų parašą."),
    "unnamed": (
        "The site does not show our signature: “{said}” Has the group named this witness? Its "
        "key:\n  {key}",
        "Svetainė mūsų parašo nerodo: „{said}“ Ar grupė paskyrė šį liudytoją? Jo raktas:\n  {key}",
    ),
    "not_taken": (
        "The checkpoint is kept, but the site did not take our signature: {said}",
        "Būsena išsaugota, bet svetainė mūsų parašo nepriėmė: {said}",
    ),
    "silent": (
        "{origin} has not been seen since {since}: {why}",
        "{origin} nematytas nuo {since}: {why}",
    ),
    "standing": (
        "{origin}: an alarm stands, so nothing is signed. Read {file}. When it is settled, move "
        "that file elsewhere and keep it.",
        "{origin}: pavojus neatšauktas, todėl niekas nepasirašoma. Perskaitykite {file}. Kai "
        "viskas bus išsiaiškinta, perkelkite šį failą kitur ir jį saugokite.",
    ),
    "evidence": (
        "Nothing is signed any more. Both signed checkpoints are in {file}: copy that file, show "
        "it to the group and to whoever should know.",
        "Niekas nebepasirašoma. Abi pasirašytos būsenos yra faile {file}: pasidarykite kopiją, "
        "parodykite grupei ir visiems, kas turi žinoti.",
    ),
    "evidence_shown": ("What the log shows now", "Ką žurnalas rodo dabar"),
    "evidence_kept": ("What it showed before", "Ką jis rodė anksčiau"),
    "evidence_key": ("The log’s keys", "Žurnalo raktai"),
    "maybe_epoch": (
        "If the group has told you that it had to begin its log anew, run this again with "
        "--accept-epoch: it looks whether the new log names what was lost.",
        "Jei grupė pranešė, kad žurnalą teko pradėti iš naujo, paleiskite dar kartą su "
        "--accept-epoch: bus patikrinta, ar naujasis žurnalas įvardija, kas prarasta.",
    ),
    "epoch_taken": (
        "{former} ended and {origin} follows it, signed for by the former key. It names its loss: "
        "{lost}.",
        "{former} baigtas, po jo eina {origin}: tai pasirašė ankstesnis raktas. Netektis "
        "įvardyta: {lost}.",
    ),
    "epoch_lost": (
        "of {seen} acts the new log took over {size}",
        "veiksmų matyta {seen}, naujasis žurnalas perėmė {size}",
    ),
    "epoch_whole": (
        "nothing that this witness had seen",
        "nieko, ką šis liudytojas buvo matęs",
    ),
    "hook_failed": (
        "The alarm command could not be run: {why}",
        "Pavojaus komandos paleisti nepavyko: {why}",
    ),
    "clock": (
        "This machine’s clock says {now}, but {origin} was signed at {last}: mend the clock. "
        "Nothing was signed.",
        "Šio kompiuterio laikrodis rodo {now}, bet {origin} pasirašytas {last}: sutvarkykite "
        "laikrodį. Niekas nepasirašyta.",
    ),
    "compare_none": (
        "The two folders have no log in common.",
        "Šiuose dviejuose aplankuose nėra to paties žurnalo.",
    ),
    "compare_fork": (
        "{origin}: TWO LOGS WERE SHOWN. At {size} acts one witness saw {one}, the other {two}.",
        "{origin}: RODYTI DU SKIRTINGI ŽURNALAI. Kai veiksmų buvo {size}, vienas liudytojas matė "
        "{one}, kitas – {two}.",
    ),
    "compare_old": (
        "{origin}: THE {which} WITNESS WAS SHOWN AN OLD STATE: on {late} only {small} acts, "
        "though {large} had been shown to the other since {early}.",
        "{origin}: {which} LIUDYTOJUI RODYTA SENA BŪSENA: {late} veiksmų tebuvo "
        "{small}, nors kitam jau nuo {early} rodyta {large}.",
    ),
    "first": ("FIRST", "PIRMAJAM"),
    "second": ("SECOND", "ANTRAJAM"),
    "compare_fine": (
        "{origin}: nothing contradicts. Both saw the same root at {same} sizes; newest sizes {one} "
        "and {two}.",
        "{origin}: prieštaravimų nėra. Abu matė tą patį: sutampančių būsenų {same}; naujausi "
        "dydžiai {one} ir {two}.",
    ),
}


def own_language() -> str:
    """Lithuanian where the machine speaks it, else English."""
    said = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "lt" if next(filter(None, said), "").lower().startswith("lt") else "en"


class Words:
    """Sentences of one language."""

    def __init__(self, language: str) -> None:
        self._place = LANGUAGES.index(language)

    def say(self, code: str, **facts: object) -> str:
        """The sentence; of what strangers named in it nothing steers the terminal."""
        tamed = {name: one if isinstance(one, int) else tame(one) for name, one in facts.items()}
        return SENTENCES[code][self._place].format(**tamed)
