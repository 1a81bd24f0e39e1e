"""The gate: `Initiative` and its sections on one side, `Released` on the other. Nothing leaves by another way.

By default people are codes, in every sentence and exhibit and in whatever free text mentions them, and what concerns one
person's law or travel stays inside. With names, every page says that it names people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import TypeVar, cast

from tracktwo.model import brief as b
from tracktwo.model.base import Noun
from tracktwo.model.exhibit import Section
from tracktwo.model.finding import PersonRef
from tracktwo.model.world import SourceState
from tracktwo.record.initiative import Initiative

N = TypeVar("N", bound=Noun)


class ReleasedPerson(Noun):
    """A person as the outside sees them: a code and the sides; the name only where names were asked for."""

    code: str
    name: str | None
    kind: str
    sides: tuple[str, ...]
    invited: bool
    fictional: bool


class Released(Noun):
    """What may leave: the only thing a dossier is made from."""

    title: str
    purpose: str | None
    summary: str | None
    challenge: b.Challenge
    language: str
    fictional: bool
    names_people: bool
    convenor: str | None
    written: date
    as_of: date
    software: str
    sides: tuple[tuple[str, str], ...]
    people: tuple[ReleasedPerson, ...]
    sections: tuple[Section, ...]
    sources: tuple[SourceState, ...]


def release(
    initiative: Initiative, sections: Sequence[Section], sources: Sequence[SourceState], *, as_of: date, software: str, names: bool = False
) -> Released:
    """Let out the sections of an initiative; with `names`, with the names of people and what concerns them alone."""
    mask = _Mask(initiative, names)
    opening = initiative.opening
    return Released(
        title=mask.text(opening.title),
        purpose=opening.purpose and mask.text(opening.purpose),
        summary=opening.summary and mask.text(opening.summary),
        challenge=opening.challenge,
        language=opening.language,
        fictional=opening.fictional,
        names_people=names,
        convenor=initiative.convenor and mask.text(initiative.convenor.name),
        written=opening.written,
        as_of=as_of,
        software=software,
        sides=tuple((side.id, mask.text(side.name)) for side in initiative.sides),
        people=tuple(
            ReleasedPerson(
                code=member.code,
                name=member.person.name if names else None,
                kind=member.person.kind,
                sides=member.person.sides,
                invited=member.invited,
                fictional=member.person.fictional,
            )
            for member in initiative.members
        ),
        sections=tuple(_open(section, mask, names) for section in sections),
        sources=tuple(sources),
    )


def _open(section: Section, mask: _Mask, names: bool) -> Section:
    return Section(
        consideration=section.consideration,
        findings=tuple(mask.noun(finding) for finding in section.findings if names or not finding.personal),
        exhibits=tuple(mask.noun(exhibit) for exhibit in section.exhibits if names or not exhibit.personal),
    )


_STRUCTURE = frozenset("code term country language currency month row rows type kind id source target group shape state consideration".split())
"""Fields that hold tracktwo's own words and keys, never what a person wrote."""


class _Mask:
    """Puts codes for names into nouns, or, with names, names for codes."""

    def __init__(self, initiative: Initiative, names: bool) -> None:
        self._names = {member.code: member.person.name for member in initiative.members} if names else {}
        self._patterns = [] if names else list(_patterns(initiative))

    def text(self, text: str) -> str:
        """Return the text with every name of a person of the initiative replaced by the code."""
        if not self._patterns:
            return text
        text = unicodedata.normalize("NFC", text)
        for pattern, code in self._patterns:
            text = pattern.sub(code, text)
        return text

    def noun(self, noun: N) -> N:
        """Return a copy of the noun in which every string and every person has passed the mask."""
        return cast("N", self._value(noun))

    def _value(self, value: object) -> object:
        if isinstance(value, PersonRef):
            name = self._names.get(value.person)
            return f"{value.person} ({name})" if name else value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Noun):
            spoken = (field for field in type(value).model_fields if field not in _STRUCTURE)
            return value.model_copy(update={field: self._value(getattr(value, field)) for field in spoken})
        if isinstance(value, tuple):
            return tuple(self._value(item) for item in value)
        if isinstance(value, dict):
            return {key: self._value(item) for key, item in value.items()}
        return value


def private_names(initiative: Initiative) -> dict[str, str]:
    """Every name that the gate keeps in, with the code shown for it: people of the initiative and actors who are private persons."""
    names = {member.person.name: member.code for member in initiative.members}
    private = [actor.name for actor in initiative.actors if actor.kind == "person" and not actor.public]
    for number, name in enumerate(private, 1):
        names.setdefault(name, f"P-{number:02d}")
    return names


def _patterns(initiative: Initiative) -> list[tuple[re.Pattern[str], str]]:
    """Patterns for whole names first, the longest first, then for their single words that name nothing public in the brief."""
    names = private_names(initiative)
    public = {word for text in _public_words(initiative) for word in _words(text)}
    patterns = [(_pattern(name), code) for name, code in sorted(names.items(), key=lambda item: -len(item[0]))]
    owners: dict[str, set[str]] = {}
    for name, code in names.items():
        for word in _words(name):
            owners.setdefault(word, set()).add(code)
    for word, codes in sorted(owners.items(), key=lambda item: (-len(item[0]), item[0])):
        if len(word) >= 3 and word not in public:
            patterns.append((_pattern(word), min(codes) if len(codes) == 1 else "▮"))
    return patterns


def _pattern(name: str) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(part) for part in unicodedata.normalize("NFC", name).split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE if " " in name else 0)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", unicodedata.normalize("NFC", text))


def _public_words(initiative: Initiative) -> list[str]:
    """Names in the brief that are no secret: parties, sides, places, venues, issues, public actors, the convenor."""
    public = [party.name for party in initiative.parties] + [side.name for side in initiative.sides]
    public += [place.city for place in initiative.setting.places] + [issue.name for issue in initiative.issues]
    public += [venue.name for venue in initiative.venues] + [venue.place.city for venue in initiative.venues]
    public += [actor.name for actor in initiative.actors if actor.public]
    public += [initiative.convenor.name] if initiative.convenor else []
    return public
