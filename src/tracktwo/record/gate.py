"""The gate: `Initiative` and its sections on one side, `Released` on the other. Nothing leaves by another way.

By default people are codes, in every sentence and exhibit and in whatever free text mentions them, and what concerns one
person's law or travel stays inside. With names, every page says that it names people. Contested names leave in the form agreed for the
initiative, or in the forms of all sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tracktwo.model import brief as b
from tracktwo.model.base import Noun
from tracktwo.model.exhibit import Graph, Section
from tracktwo.model.finding import Evidence, PersonRef, Quoted
from tracktwo.model.world import SourceState
from tracktwo.record.initiative import Initiative
from tracktwo.record.mask import SHARED, Mask, same
from tracktwo.record.names import Names, languages, shown

N = TypeVar("N", bound=Noun)


class ReleasedPerson(Noun):
    """A person as the outside sees them: a code and the sides; the name only where names were asked for."""

    code: str
    name: str | None
    kind: str
    sides: tuple[str, ...]
    invited: bool
    fictional: bool


class ReleasedName(Noun):
    """What a country is called whose own name is contested: in the brief's language, and in others as far as the brief has words for it."""

    country: str
    name: str
    in_languages: tuple[tuple[str, str], ...] = ()


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
    names: tuple[ReleasedName, ...] = ()
    """Countries whose own name is contested; a voice is told of them by `Voice.calling`."""


def release(
    initiative: Initiative,
    sections: Sequence[Section],
    sources: Sequence[SourceState],
    *,
    as_of: date,
    software: str,
    names: bool = False,
    inside: bool = False,
) -> Released:
    """Let out the sections of an initiative; with `names`, with the names of people and what concerns them alone.

    Whoever is invited and was not asked about it stays a code, also with names; `inside` is for pages in the team's own room, which show them.
    """
    named = _named(initiative, as_of, inside=inside) if names else frozenset()
    mask = NounMask(initiative, names, named)
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
                name=member.person.name if member.code in named else None,
                kind=member.person.kind,
                sides=member.person.sides,
                invited=member.invited,
                fictional=member.person.fictional,
            )
            for member in initiative.members
        ),
        sections=tuple(_open(section, mask, names) for section in sections),
        sources=tuple(mask.state(source) for source in sources),
        names=tuple(
            ReleasedName(country=name.country, name=shown(name), in_languages=tuple((tag, shown(name, tag)) for tag in languages(name)))
            for name in initiative.contested_names
            if name.country
        ),
    )


def recalled(
    initiative: Initiative, statements: Mapping[str, Mapping[str, str]], *, as_of: date, names: bool = False, inside: bool = False
) -> dict[str, dict[str, str]]:
    """What an earlier dossier said, row by row, in the names that are agreed now: the table may have grown since.

    Without `names`, people who are known now are codes in it too, since the earlier dossier may have known them by nothing but free text; with
    names those who were not asked are.
    """
    agreed, mask = Names(initiative.contested_names), _mask(initiative, _named(initiative, as_of, inside=inside) if names else None)
    return {row: {key: agreed.recalled(mask.text(statement)) for key, statement in said.items()} for row, said in statements.items()}


def _open(section: Section, mask: NounMask, names: bool) -> Section:
    return Section(
        consideration=section.consideration,
        findings=tuple(mask.noun(finding) for finding in section.findings if names or not finding.personal),
        exhibits=tuple(mask.noun(exhibit) for exhibit in section.exhibits if names or not exhibit.personal),
    )


_STRUCTURE = frozenset(
    "code term country language currency month row rows type kind id source target after group shape state consideration".split()
    + "start end date zone later ends".split()
)
"""Fields that hold tracktwo's own words and keys, never what a person wrote."""


class NounMask:
    """Puts codes for names into nouns, or, with names, names for codes; and for contested names the form that is agreed, or all forms."""

    def __init__(self, initiative: Initiative, names: bool, named: frozenset[str] = frozenset()) -> None:
        """`named` are the codes of those whose names may stand."""
        self._names = {member.code: member.person.name for member in initiative.members if member.code in named}
        everybody = all(member.code in named for member in initiative.members)
        self._mask = None if names and everybody else _mask(initiative, named if names else None)
        self._contested = Names(initiative.contested_names, whole=self._names.values())

    def text(self, text: str) -> str:
        """Return the text with a code for every name of a person of the initiative, and the agreed or all forms of every contested name."""
        return self._contested.text(self.quoted(text))

    def quoted(self, text: str) -> str:
        """Return the text with a code for every name of a person, and else as it was written: a title that is cited is not ours to change."""
        return self._mask.text(text) if self._mask else text

    def noun(self, noun: N) -> N:
        """Return a copy of the noun in which every string and every person has passed the mask."""
        if isinstance(noun, Graph):
            # The keys of the groups are ids of sides, which the nodes name too.
            masked = {"groups": tuple((key, self._value(name)) for key, name in noun.groups)}
            return noun.model_copy(update=self._fields(noun) | masked)
        if isinstance(noun, Evidence):
            # What is cited keeps its title, publisher and address; only the brief has words of our own there.
            cited = ("url",) if noun.dataset == "brief" else ("publisher", "dataset", "url")
            as_written = {field: value and self.quoted(value) for field in cited for value in (getattr(noun, field),)}
            return noun.model_copy(update=self._fields(noun) | as_written)
        return noun.model_copy(update=self._fields(noun))

    def state(self, state: SourceState) -> SourceState:
        """Return the state of a source; its reason can hold a path, and a path the name of whoever owns the computer."""
        return replace(state, reason=state.reason and self.text(state.reason))

    def _fields(self, noun: Noun) -> dict[str, object]:
        return {field: self._value(getattr(noun, field)) for field in type(noun).model_fields if field not in _STRUCTURE}

    def _value(self, value: object) -> object:
        if isinstance(value, PersonRef):
            name = self._names.get(value.person)
            return f"{value.person} ({name})" if name else value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Quoted):
            return Quoted(quoted=self.quoted(value.quoted))
        if isinstance(value, Noun):
            return self.noun(value)
        if isinstance(value, tuple):
            return tuple(self._value(item) for item in value)
        if isinstance(value, dict):
            return {key: self._value(item) for key, item in value.items()}
        return value


def private_names(initiative: Initiative) -> dict[str, str]:
    """Every name that the gate keeps in, with the code shown for it: people of the initiative and actors who are private persons.

    Two people of one name are shown as `▮`. An organisation that is openly a party, or the convenor, has no name to keep in.
    """
    open_names = {same(name) for name in _openly_named(initiative)}
    kept = [
        (member.person.name, member.code)
        for member in initiative.members
        if member.person.kind == "person" or same(member.person.name) not in open_names
    ]
    private = [actor.name for actor in initiative.actors if actor.kind == "person" and not actor.public]
    members = {same(name) for name, _ in kept}
    kept += [(name, f"P-{number:02d}") for number, name in enumerate(private, 1) if same(name) not in members]
    codes: dict[str, set[str]] = {}
    for name, code in kept:
        codes.setdefault(same(name), set()).add(code)
    return {name: code if len(codes[same(name)]) == 1 else SHARED for name, code in kept}


def _named(initiative: Initiative, as_of: date, *, inside: bool) -> frozenset[str]:
    """Codes of those whose names may stand in what names people: the team's, and of the invited those who were asked, or inside everybody's."""
    return frozenset(member.code for member in initiative.members if inside or not member.invited or _asked(member.person, as_of))


def _asked(person: b.Person, as_of: date) -> bool:
    """True where the person has agreed that the data be kept, by the day."""
    return person.data_consent is not None and person.data_consent <= as_of


def _mask(initiative: Initiative, named: frozenset[str] | None = None) -> Mask:
    """The mask of everybody, or where some may be named, of the others among the members alone."""
    names = private_names(initiative)
    if named is not None:
        spoken = {same(member.person.name) for member in initiative.members if member.code in named}
        unasked = {same(member.person.name) for member in initiative.members if member.code not in named} - spoken
        names = {name: code for name, code in names.items() if same(name) in unasked}
    bodies = {member.person.name for member in initiative.members if member.person.kind == "organisation"}
    private = {same(name) for name in names}
    public = _openly_named(initiative) + [place.city for place in initiative.setting.places] + [issue.name for issue in initiative.issues]
    public += [venue.name for venue in initiative.venues] + [venue.place.city for venue in initiative.venues]
    public += [actor.name for actor in initiative.actors if actor.public]
    # Somebody who is invited may also stand among the actors, public by default: that they take part is still nobody's business.
    return Mask(
        {name: code for name, code in names.items() if name not in bodies},
        {name: code for name, code in names.items() if name in bodies},
        [name for name in public if same(name) not in private],
    )


def _openly_named(initiative: Initiative) -> list[str]:
    """Bodies that the brief names openly: parties, sides, the convenor."""
    named = [party.name for party in initiative.parties] + [side.name for side in initiative.sides]
    return named + ([initiative.convenor.name] if initiative.convenor else [])
