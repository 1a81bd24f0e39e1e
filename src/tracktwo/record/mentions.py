"""People in free text: where a text seems to mean somebody of the initiative, for a person to look at before it goes further.

A warning, never a verdict. Nothing here says that a text is anonymous: what only one person would say names him without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tracktwo.record import offices
from tracktwo.record.initiative import Initiative, Member
from tracktwo.record.mask import fold, plain
from tracktwo.record.skeleton import consonants, script, skeletons

Why = Literal["name", "part of the name", "initials", "transliteration", "spelling", "title and name", "office", "former office", "nickname?"]


@dataclass(frozen=True)
class Mention:
    """A stretch of a text that seems to mean somebody: where it stands, its words, the codes of those it can mean, and why it was noticed."""

    start: int
    end: int
    words: str
    codes: tuple[str, ...]
    why: Why


_TITLES = frozenset(
    plain(title).casefold()
    for title in (
        "dr doctor docteur docteure mr mrs ms miss mme mlle madame monsieur mademoiselle m sir lady judge juge colonel general général"
        " captain capitaine commandant commander major mayor maire mairesse minister ministre ambassador ambassadeur ambassadrice rabbi"
        " rabbin father père mother mère brother frère sister soeur sœur bishop évêque archbishop archevêque imam sheikh shaykh cheikh"
        " hajj hadj el-hadj professor prof professeur professeure president président présidente senator sénateur governor mama mami"
        " tantie tonton tante oncle uncle aunt aunty tata papa baba cousin الدكتور الدكتورة دكتور دكتورة السيد السيدة الشيخ الشيخة"
        " القاضي القاضية العقيد اللواء السفير السفيرة الحاخام الإمام الأستاذ الأستاذة العمدة الوزير الوزيرة الرئيس الرئيسة الحاج الحاجة"
        " الأب الأم الأخ الأخت المطران الأسقف"
    ).split()
)
_PARTICLES = frozenset("al el ben bin ibn bint abu abou de del della den der di du la le ten ter van von zu o mac mc بن ابن بنت ابو ال de".split())
"""Small words inside names that are written in many ways, or left out."""
_TOKEN = re.compile(r"[^\W_\d]+(?:['\u2019](?=[^\W_\d]{4,})[^\W_\d]+)?")
_ELISION = re.compile(r"^(?:[dlnmtsjcDLNMTSJC]|[qQ]u)['\u2019]")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.[ \u00a0]?-?){1,3}[^\W\d_](?:\.|(?=$|[^\w.]))")
_CAPITALS = re.compile(r"(?<![\w.])[A-Z]{2,4}(?![\w.]*\w)")
_ACRONYMS = frozenset("UN EU AU US UK UAE NGO OK TV PM AM AD BC ID IT HR PR NO SO WE US IN ON AT IS OR AS IF UP GO DO MY BE BY TO OF AN HE".split())
_ARABIC_BEFORE = re.compile(r"^[وف]?(?:بال|كال|لل|ال|[بلك])?")
_NICKNAME = 4
"""Letters at the beginning of a name that may be a short form of it."""


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str
    folded: str
    forms: frozenset[str]
    """The word, and in Arabic also without what may be written onto it."""
    sounds: frozenset[str]
    """Its skeletons, and those of its forms."""

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper() or self.text.lower() == self.text.upper()


def mentions(text: str, people: Initiative | Sequence[Member], language: str | None = None) -> tuple[Mention, ...]:
    """Where a text seems to mean a person of the initiative: in the order of the text, none inside another.

    Names are looked for across seven scripts, in any order, with misspellings that sound alike; initials; a title with a name; an office that
    only one person of the roster holds or held, in English, French and Arabic. `language` is not needed: the script of each word is seen.
    """
    members = people.members if isinstance(people, Initiative) else people
    roster = _Roster([member for member in members if member.person.kind == "person"])
    found = [*roster.names(text), *roster.initials(text), *roster.offices(text)]
    found.sort(key=lambda one: (one.start - one.end, one.start, one.why))
    kept: list[Mention] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


class _Name:
    """A name as it is looked for: its telling words, with their skeletons."""

    def __init__(self, member: Member) -> None:
        self.code = member.code
        self.words = [word for word in _words(member.person.name) if word.folded not in _PARTICLES and len(word.folded) > 1]
        self.script = script(member.person.name)
        self.skeletons = [word.sounds for word in self.words]
        self.initials = _initials(member.person.name)


class _Roster:
    def __init__(self, members: Sequence[Member]) -> None:
        self._names = [_Name(member) for member in members]
        read = (offices.holder(member.code, member.person.affiliation or "", member.person.region) for member in members)
        self._holders = [one for one in read if one is not None]

    def names(self, text: str) -> Iterable[Mention]:
        """Whole names first; then single words of a name, which count for less."""
        found = _words(text)
        for at, word in enumerate(found):
            titled = at > 0 and found[at - 1].folded in _TITLES
            hits: dict[Why, set[str]] = {}
            last = at
            for name in self._names:
                reach, reason = self._whole(text, found, at, name)
                if reason is None:
                    reach, reason = at, self._single(word, name, titled)
                if reason is not None:
                    if reach > last:
                        hits, last = {}, reach
                    if reach == last:
                        hits.setdefault(reason, set()).add(name.code)
            if hits:
                why = min(hits, key=_RANK.index)
                codes = set().union(*(hits[one] for one in hits if _RANK.index(one) <= max(_RANK.index(why), _RANK.index("title and name"))))
                first = found[at - 1] if titled else word
                start = first.start if titled else word.start
                yield Mention(start, found[last].end, text[start : found[last].end], tuple(sorted(codes or hits[why])), why)

    def _whole(self, text: str, found: Sequence[_Word], at: int, name: _Name) -> tuple[int, Why | None]:
        """Two or more words of a name side by side, in any order, with particles between them."""
        if len(name.words) < 2:
            return at, None
        left = list(range(len(name.words)))
        exact, last, now = True, at, at
        while left and now < len(found) and now - last <= 2:
            if now > at and not re.fullmatch(r"[\s,.'\u2019_-]{0,3}", text[found[now - 1].end : found[now].start]):
                break
            word = found[now]
            same = next((one for one in left if word.forms & name.words[one].forms), None)
            alike = next((one for one in left if _stripped(word.sounds) & _stripped(name.skeletons[one])), None) if word.capital else None
            chosen = same if same is not None else alike
            if chosen is not None:
                exact = exact and same is not None
                left.remove(chosen)
                last = now
            elif word.folded not in _PARTICLES or now == at:
                break
            now += 1
        if len(name.words) - len(left) < 2:
            return at, None
        return last, "name" if exact else "transliteration" if script(found[at].text) != name.script else "spelling"

    def _single(self, word: _Word, name: _Name, titled: bool) -> Why | None:
        """One word of a name: as it is written, or, where it has enough consonants or a title, as it sounds."""
        if not word.capital or word.folded in _PARTICLES:
            return None
        for own, sounds in zip(name.words, name.skeletons, strict=True):
            if word.forms & own.forms and len(own.folded) > 2:
                return "title and name" if titled else "part of the name"
            shared = word.sounds & sounds
            other = script(word.text) != script(own.text)
            if shared and (titled or any(_telling(one) for one in shared)) and (other or script(word.text) == "Latin"):
                return "title and name" if titled else "transliteration" if other else "spelling"
            short = len(word.folded) >= _NICKNAME and own.folded.startswith(word.folded) and 0 < len(own.folded) - len(word.folded) <= 3
            if short and script(word.text) == "Latin":
                return "nickname?"
        return None

    def initials(self, text: str) -> Iterable[Mention]:
        """Initials with dots, in any script, and two to four capitals that stand alone."""
        shouted = text.upper() == text
        found = [(hit, re.sub(r"[^\w]", "", hit.group())) for hit in _DOTTED.finditer(text)]
        if not shouted:
            found += [(hit, hit.group()) for hit in _CAPITALS.finditer(text) if hit.group() not in _ACRONYMS]
        for hit, letters in found:
            codes = tuple(sorted(name.code for name in self._names if plain(letters).upper() in name.initials))
            if codes:
                yield Mention(hit.start(), hit.end(), hit.group(), codes, "initials")

    def offices(self, text: str) -> Iterable[Mention]:
        """Offices that one person of the roster alone holds, or held."""
        for phrase in offices.phrases(text, self._holders):
            codes = offices.named(phrase, self._holders)
            if codes:
                why: Why = "former office" if phrase.former else "office"
                yield Mention(phrase.start, phrase.end, text[phrase.start : phrase.end], codes, why)


_RANK: tuple[Why, ...] = (
    "name",
    "transliteration",
    "spelling",
    "title and name",
    "part of the name",
    "nickname?",
    "initials",
    "office",
    "former office",
)


def _words(text: str) -> list[_Word]:
    found = []
    for token in _TOKEN.finditer(text):
        start, word = token.start(), token.group()
        elided = _ELISION.match(word)
        if elided:
            start, word = start + elided.end(), word[elided.end() :]
        folded = re.sub(r"[^\w]", "", fold(word)[0].casefold())
        if folded:
            spoken = folded[:-1] + "\u0627" if word.endswith("\u0629") else folded  # an a at the end, not an h
            sounds = frozenset().union(*(skeletons(form) for form in _forms(spoken)))
            found.append(_Word(start, token.end(), word, folded, _forms(folded), sounds))
    return found


def _stripped(sounds: frozenset[str]) -> frozenset[str]:
    """Skeletons as whole names are compared: a vowel at the end, often mute, does not count."""
    return frozenset(sound.rstrip("A") for sound in sounds if sound.rstrip("A"))


def _telling(sound: str) -> bool:
    """True where a skeleton is long enough that few words share it."""
    return consonants(sound) >= 3 or len(sound) >= 4


def _forms(folded: str) -> frozenset[str]:
    """The word, and in Arabic also without what may be written onto it."""
    forms = {folded}
    before = _ARABIC_BEFORE.match(folded) if script(folded) == "Arabic" else None
    for length in range(1, len(before.group()) + 1 if before else 1):
        if len(folded) - length >= 2 and _ARABIC_BEFORE.fullmatch(folded[:length]):
            forms.add(folded[length:])
    return frozenset(forms)


_FIRST_LETTERS = {
    "X": "K",
    "S": "S",
    "C": "C",
    "c": "T",
    "j": "JZG",
    "k": "KGQC",
    "b": "BP",
    "f": "VFW",
    "z": "ZD",
    "A": "AEIOU",
    "y": "YIJ",
    "h": "HGK",
}
"""Latin letters with which a sound can begin."""


def _initials(name: str) -> frozenset[str]:
    """The initials of a name in its own letters, and in Latin ones where it has others; with and without its particles."""
    tokens: list[str] = re.findall(r"[^\W_\d]+", plain(name))
    found: set[str] = set()
    for chosen in (tokens, [token for token in tokens if token.casefold() not in _PARTICLES], [*tokens[:1], *tokens[-1:]]):
        if len(chosen) < 2:
            continue
        found.add("".join(token[0] for token in chosen).upper())
        if script(name) != "Latin":
            forms = [""]
            for token in chosen:
                bare = token[2:] if token.startswith("ال") else token
                letters = {letter for sound in skeletons(bare) for letter in _FIRST_LETTERS.get(sound[0], sound[0].upper())}
                forms = [form + letter for form in forms for letter in sorted(letters)][:64]
            found.update(forms)
    return frozenset(found)
