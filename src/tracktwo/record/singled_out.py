"""What a text says of people without naming them: attributes that, together, only one person of the roster has.

"The only woman judge from Tesma" names somebody to all who know the district. Gender, office, age, groups, expertise, sides and places are
looked for in English, French and Arabic, as far as the roster has them; two or three that meet in one sentence are laid beside everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tracktwo.record import offices
from tracktwo.record.initiative import Initiative, Member
from tracktwo.record.mask import plain

_GENDER = {
    "woman": "woman female lady femme dame امرأة سيدة المرأة السيدة she her elle",
    "man": "man male gentleman homme رجل الرجل",
}
_YOUTH = "young youth youngest jeune شاب شابة الشاب الشابة"
_SMALL = frozenset("the and for with from that this les des une dans pour avec من في على عن".split())
_SENTENCE = re.compile(r"[^.!?\n؟]+")
_MOST = 3
"""Attributes that are laid together: with more, everybody is the only one."""

Attribute = tuple[str, str]
"""What kind of attribute, and its value."""


@dataclass(frozen=True)
class SingledOut:
    """Words of a text that only one person answers to, and whose they are."""

    words: tuple[str, ...]
    code: str
    kinds: tuple[str, ...]


def singled_out(text: str, initiative: Initiative) -> tuple[SingledOut, ...]:
    """The fewest words of each sentence that single out one person of the roster, each person once a sentence, in the order of the text."""
    members = [member for member in initiative.members if member.person.kind == "person"]
    sides = {side.id: side.name for side in initiative.sides}
    everybody = {member.code: _attributes(member, sides) for member in members}
    found: list[SingledOut] = []
    for sentence in _SENTENCE.finditer(text):
        found += _in_sentence(sentence.group(), everybody)
    return tuple(dict.fromkeys(found))


def _in_sentence(sentence: str, everybody: dict[str, frozenset[Attribute]]) -> Iterator[SingledOut]:
    said: dict[Attribute, str] = {}
    for attribute, word in _said(sentence, frozenset().union(*everybody.values()) if everybody else frozenset()):
        said.setdefault(attribute, word)
    told: set[str] = set()
    for count in range(1, _MOST + 1):
        for chosen in combinations(said, count):
            if not any(kind in ("gender", "office", "age", "group", "expertise", "word") for kind, _ in chosen):
                continue  # a place or a side alone says where, not who
            codes = [code for code, attributes in everybody.items() if attributes.issuperset(chosen)]
            if len(codes) == 1 and codes[0] not in told and len(everybody) > 1:
                told.add(codes[0])
                yield SingledOut(tuple(dict.fromkeys(said[one] for one in chosen)), codes[0], tuple(kind for kind, _ in chosen))


def _said(sentence: str, known: frozenset[Attribute]) -> Iterator[tuple[Attribute, str]]:
    """The attributes of the roster that a sentence names, with the word that does."""
    for word in offices.words(sentence):
        folded = plain(word.text).casefold()
        for concept in sorted(word.concepts):
            kind, _, value = concept.partition(":")
            if kind == "office":
                yield ("office", value), word.text
        for gender, words in _GENDER.items():
            if folded in {plain(one) for one in words.split()}:
                yield ("gender", gender), word.text
        if folded in {plain(one) for one in _YOUTH.split()}:
            yield ("age", "young"), word.text
        for kind, value in sorted(known):
            if kind in ("place", "side", "group", "expertise", "word") and offices.alike(word.text, value):
                yield (kind, value), word.text


def _attributes(member: Member, sides: dict[str, str]) -> frozenset[Attribute]:
    person = member.person
    holder = offices.holder(member.code, person.affiliation or "", None)
    found: set[Attribute] = set()
    if person.gender in ("woman", "man"):
        found.add(("gender", person.gender))
    if person.youth:
        found.add(("age", "young"))
    if holder:
        found |= {("office", office.partition(":")[2]) for office in holder.offices if office.startswith("office:")}
    found |= {("place", word) for word in _content(person.region or "")}
    found |= {("side", word) for side in person.sides for word in _content(sides.get(side, ""))}
    found |= {("group", word) for group in person.groups for word in _content(group)}
    found |= {("expertise", word) for one in person.expertise for word in _content(one)}
    # A name inside an affiliation is mostly that of a place or a body: it says where, as the region does.
    found |= {("place" if word[:1].isupper() else "word", word) for word in _content(person.affiliation or "")}
    return frozenset(found)


def _content(text: str) -> Sequence[str]:
    """The telling words of a text: no small ones, and none that the lexicon of offices already reads."""
    return [word.text for word in offices.words(text) if len(word.text) > 3 and not word.concepts and plain(word.text).casefold() not in _SMALL]
