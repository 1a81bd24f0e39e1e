"""Offices in three languages: "the former minister of trade" read as what it says of a person, in whichever language it is said.

The lexicon is short and ours: the offices that come to such tables, what they are of, and the words for a former one. A word that it does not
know is compared as it is written; a place by how it sounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracktwo.record.mask import plain
from tracktwo.record.skeleton import consonants, script, skeletons

_OFFICES = {
    "minister": "minister ministre وزير وزيرة",
    "secretary": "secretary secrétaire أمين أمينة",
    "mayor": "mayor maire mairesse عمدة",
    "judge": "judge juge magistrate magistrat magistrate قاضي قاض قاضية",
    "colonel": "colonel colonelle عقيد",
    "general": "general général لواء",
    "commander": "commander commandant commandante قائد قائدة",
    "officer": "officer officier ضابط",
    "head": "head president chair chairman chairwoman chairperson director chief leader directeur directrice président présidente chef cheffe"
    " responsable رئيس رئيسة مدير مديرة",
    "ambassador": "ambassador ambassadeur ambassadrice سفير سفيرة",
    "envoy": "envoy envoyé envoyée مبعوث مبعوثة",
    "consul": "consul consule قنصل",
    "governor": "governor gouverneur gouverneure préfet préfète prefect محافظ والي",
    "deputy": "député députée mp نائب نائبة",
    "senator": "senator sénateur sénatrice سيناتور",
    "bishop": "bishop évêque أسقف مطران",
    "archbishop": "archbishop archevêque",
    "priest": "priest prêtre curé قس كاهن",
    "imam": "imam إمام",
    "rabbi": "rabbi rabbin حاخام",
    "editor": "editor rédacteur rédactrice محرر محررة",
    "journalist": "journalist journaliste صحفي صحفية صحافي صحافية",
    "professor": "professor professeur professeure أستاذ أستاذة",
    "teacher": "teacher enseignant enseignante instituteur institutrice معلم معلمة",
    "doctor": "physician surgeon médecin chirurgien chirurgienne طبيب طبيبة",
    "midwife": "midwife sage-femme قابلة داية",
    "nurse": "nurse infirmier infirmière ممرض ممرضة",
    "lawyer": "lawyer avocat avocate محام محامي محامية",
    "engineer": "engineer ingénieur ingénieure مهندس مهندسة",
    "adviser": "adviser advisor conseiller conseillère مستشار مستشارة",
    "spokesperson": "spokesman spokeswoman spokesperson porte-parole ناطق ناطقة متحدث متحدثة",
}
_FORMER = "former ex retired past previous onetime ancien ancienne retraite retraité retraitée متقاعد متقاعدة سابق سابقة أسبق"
_VICE = "vice deputy adjoint adjointe نائب نائبة وكيل وكيلة"
_DOMAINS = {
    "trade": "trade commerce تجارة",
    "water": "water eau eaux مياه ماء",
    "finance": "finance finances مالية",
    "interior": "interior intérieur داخلية",
    "foreign": "foreign étrangères خارجية",
    "defence": "defence defense défense دفاع",
    "justice": "justice عدل",
    "health": "health santé صحة",
    "education": "education éducation تعليم تربية",
    "farmer": "farmers farmer agriculture agriculteurs agriculteur paysans مزارعين فلاحين زراعة",
    "herder": "herders herder éleveurs رعاة",
    "fisher": "fishers fishermen fisheries pêche pêcheurs صيد صيادين",
    "union": "union syndicat fédération federation نقابة اتحاد",
    "women": "women femmes نساء",
    "youth": "youth jeunesse jeunes شباب",
    "market": "market marché سوق",
    "port": "port harbour harbor ميناء مرفأ",
    "court": "court tribunal cour محكمة",
    "district": "district مقاطعة",
    "newspaper": "newspaper paper journal صحيفة جريدة",
    "authority": "authority agency office board autorité agence office سلطة هيئة",
    "party": "party parti حزب",
    "council": "council conseil مجلس",
    "parliament": "parliament parlement برلمان",
    "army": "army armée جيش",
    "police": "police شرطة",
    "university": "university université جامعة",
    "hospital": "hospital hôpital مستشفى",
    "law": "law droit قانون",
    "general": "general général générale عام عامة",
    "town": "town ville مدينة",
    "church": "church église كنيسة",
}
_OF = frozenset("of de du des d".split())
_LINKS = frozenset("the a an for in at from to on la le les l un une à au aux en dans pour sur s of de du des d".split())
_DEFINITE = frozenset("the la le l".split())
_INDEFINITE = frozenset("a an un une some any no every each chaque aucun aucune".split())
_TOKEN = re.compile(r"[^\W_]+")
_ARABIC_BEFORE = re.compile(r"^[وف]?(?:بال|كال|لل|ال|[بلك](?=...))?")
_LONGEST = 9
"""Words that are looked at on each side of the office."""


def _table(*groups: tuple[str, dict[str, str]]) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for kind, group in groups:
        for concept, words in group.items():
            for word in words.split():
                table.setdefault(_key(word), set()).add(f"{kind}:{concept}")
    return {word: frozenset(concepts) for word, concepts in table.items()}


def _key(word: str) -> str:
    return plain(word).casefold().replace("-", "")


_CONCEPTS = _table(("office", _OFFICES), ("of", _DOMAINS), ("was", {"former": _FORMER}), ("vice", {"vice": _VICE}))
_JOINED = {  # two words that are one office
    ("رييس", "بلديه"): frozenset({"office:mayor"}),
    ("رييس", "اساقفه"): frozenset({"office:archbishop"}),
    ("رييسه", "بلديه"): frozenset({"office:mayor"}),
    ("sage", "femme"): frozenset({"office:midwife"}),
}


@dataclass(frozen=True)
class Word:
    """A word of a text with what it can mean here."""

    start: int
    end: int
    text: str
    folded: str
    concepts: frozenset[str]
    article: bool
    """True where an Arabic article is written onto it."""

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Phrase:
    """An office that a text names, with all that is said of it."""

    start: int
    end: int
    offices: frozenset[str]
    domains: frozenset[str]
    names: tuple[str, ...]
    """Places and titles that are said with it, as written."""
    former: bool
    definite: bool
    vague: bool
    """True where it is of something that the lexicon does not know."""


def words(text: str) -> list[Word]:
    """The words of a text, whatever their script, with their concepts. Two words that make one office are one."""
    found: list[Word] = []
    for token in _TOKEN.finditer(text):
        folded = _key(token.group())
        concepts, article = _CONCEPTS.get(folded, frozenset()), False
        if script(folded) == "Arabic" and not concepts:
            before = _ARABIC_BEFORE.match(folded)
            cut = before.group() if before else ""
            concepts, article = _CONCEPTS.get(folded[len(cut) :], frozenset()), cut.endswith(("ال", "لل"))
        last = found[-1] if found else None
        joined = _JOINED.get((last.folded, folded)) if last else None
        if last and joined:
            found[-1] = Word(last.start, token.end(), text[last.start : token.end()], last.folded, joined, last.article)
        else:
            found.append(Word(token.start(), token.end(), token.group(), folded, concepts, article))
    return found


def phrases(text: str, holders: Sequence[Holder]) -> list[Phrase]:
    """Every office that a text names in the singular, with the words that belong to it."""
    found: list[Phrase] = []
    all_words = words(text)
    own = [name for one in holders for name in one.names]
    known = [any(alike(word.text, name) for name in own) for word in all_words]
    taken = -1
    for at, word in enumerate(all_words):
        if at > taken and any(concept.startswith("office:") for concept in word.concepts):
            left, right = _reach(text, all_words, known, at, -1), _reach(text, all_words, known, at, +1)
            found.append(_phrase(all_words, known, left, at, right))
            taken = right
    return found


def _reach(text: str, all_words: Sequence[Word], known: Sequence[bool], at: int, step: int) -> int:
    """How far the words go that can belong to the office: links, concepts, words of the roster, names with a capital."""
    now = at + step
    while 0 <= now < len(all_words) and abs(now - at) <= _LONGEST:
        one, two = (all_words[now - 1], all_words[now]) if step > 0 else (all_words[now], all_words[now + 1])
        if re.search(r"[.,;:!?()\n]", text[one.end : two.start]):
            break
        word = all_words[now]
        if step > 0 and "office:" in " ".join(word.concepts - {"office:general"}):
            break  # another office begins
        if not (word.concepts or known[now] or (word.capital and now > 0 and len(word.text) > 1) or word.folded in _LINKS):
            break
        if step < 0 and word.folded in _LINKS - {"s"}:
            return now if word.folded in _DEFINITE | _INDEFINITE else now + 1  # an article begins it
        now += step
    return now - step


def _phrase(all_words: Sequence[Word], known: Sequence[bool], left: int, at: int, right: int) -> Phrase:
    """What the words from left to right say of the office that stands at `at`. A link at the end of them leads to something unknown."""
    before = {all_words[number].folded for number in range(left, at)}
    last = right
    while last > at and all_words[last].folded in _LINKS:
        last -= 1
    vague = right > last and right + 1 < len(all_words) and all_words[last + 1].folded in _OF
    first = left
    while first < at and all_words[first].folded in _LINKS - _DEFINITE - _INDEFINITE:
        first += 1
    chosen = all_words[first : last + 1]
    others = [word for word in chosen if word is not all_words[at]]
    concepts = {concept for word in chosen for concept in word.concepts}
    names = tuple(word.text for number, word in enumerate(chosen, first) if not word.concepts and (known[number] or word.folded not in _LINKS))
    definite = all_words[at].article or (bool(before & _DEFINITE) and not before & _INDEFINITE)
    return Phrase(
        start=chosen[0].start,
        end=chosen[-1].end,
        offices=_offices(concepts),
        domains=frozenset(concept for word in others for concept in word.concepts if concept.startswith("of:")),
        names=tuple(name for name in names if _key(name) not in _LINKS),
        former="was:former" in concepts,
        definite=definite or (script(all_words[at].text) == "Arabic" and bool(others)),
        vague=vague,
    )


def _offices(concepts: Iterable[str]) -> frozenset[str]:
    """The offices among the concepts; a general secretary is no general, and a deputy minister no deputy of a parliament."""
    found = {concept for concept in concepts if concept.startswith(("office:", "vice:"))}
    for adjective in ("office:general", "office:deputy"):
        if len({one for one in found if one.startswith("office:")} - {adjective}) > 0:
            found.discard(adjective)
    if found == {"office:deputy", "vice:vice"}:
        found.discard("vice:vice")
    return frozenset(found)


@dataclass(frozen=True)
class Holder:
    """What is known of a person's office: from the words of the roster."""

    code: str
    offices: frozenset[str]
    domains: frozenset[str]
    names: tuple[str, ...]
    former: bool

    def matches(self, phrase: Phrase) -> bool:
        """True where everything that the phrase says is true of this person."""
        if not (phrase.offices & self.offices - {"vice:vice"}) or phrase.former != self.former or phrase.vague:
            return False
        if ("vice:vice" in phrase.offices) != ("vice:vice" in self.offices):
            return False
        return phrase.domains <= self.domains and all(any(alike(name, own) for own in self.names) for name in phrase.names)


def holder(code: str, affiliation: str, region: str | None) -> Holder | None:
    """Read the office of a person from the roster's words; None where no office of the lexicon is in them."""
    found = words(affiliation)
    concepts = frozenset(concept for word in found for concept in word.concepts)
    offices = _offices(concepts)
    if not any(concept.startswith("office:") for concept in offices):
        return None
    domains = frozenset(concept for concept in concepts if concept.startswith("of:"))
    names = [word.text for word in found if not word.concepts and word.folded not in _LINKS]
    names += [word.text for word in words(region or "")]
    return Holder(code, offices, domains, tuple(dict.fromkeys(names)), "was:former" in concepts)


def named(phrase: Phrase, holders: Iterable[Holder]) -> tuple[str, ...]:
    """The one person of the roster whom a phrase can mean, as a tuple; empty where it means several, or says too little."""
    codes = tuple(one.code for one in holders if one.matches(phrase))
    telling = phrase.former or bool(phrase.names) or phrase.definite
    return codes if len(codes) == 1 and telling else ()


def alike(name: str, other: str) -> bool:
    """True where two words for a place or title are the same, or, with capitals or across scripts, sound alike."""
    if _key(name) == _key(other):
        return True
    proper = script(name) != script(other) or (name[:1].isupper() and other[:1].isupper())
    return proper and any(consonants(shared) >= 2 for shared in skeletons(name) & skeletons(other))
