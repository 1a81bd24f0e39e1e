"""The facts of an initiative as people state and change them: which belong to which consideration, their versions, and where two contradict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracktwo.library.guide import ANSWERS
from tracktwo.model.base import Noun
from tracktwo.model.brief import Brief
from tracktwo.model.rows import ALL_ROWS, CONSIDERATIONS, Consideration
from tracktwo.record import entries as e
from tracktwo.record.entry import BaseEntry
from tracktwo.record.initiative import Initiative
from tracktwo.record.keeping import FactWithdrawn
from tracktwo.record.revision import stamped
from tracktwo.web.answers import answers

BELONGS: Mapping[Consideration, tuple[type[BaseEntry], ...]] = {
    "assessment": (
        e.InitiativeOpened, e.SettingNamed, e.SideDeclared, e.PartyAdded, e.IssueRaised, e.EventRecounted, e.ActorAdded, e.RelationDrawn,
        e.AttemptRecorded, e.ActivityReported, e.ConnectorNoted, e.DividerNoted, e.VoiceMissed, e.ChannelNoted, e.NameContested,
    ),
    "feasibility": (
        e.ConvenorNamed, e.TeamMemberAdded, e.PersonInvited, e.ActPlanned, e.CounselAnswered, e.ConsentGiven, e.BudgetEntered, e.EntryRuleFound,
        e.VenueProposed, e.VenueAnswered, e.IndexEntered, e.HarmForeseen, e.ToolNoted, e.ExposureNoted, e.RetentionSet, e.DocumentAttached,
        e.OfficialContactNoted,
    ),
    "strategy": (e.ChangeStated, e.MessagePlanned, e.PauseTriggerSet),
    "process": (e.WishStated, e.PanelWished, e.LanguagesAgreed, e.ObservanceNoted, e.CultureOffered, e.PracticeShared, e.GroundRuleSet),
    "follow_up": (e.FollowUpAgreed,),
    "evaluation": (e.EthicsAnswered,),
}  # fmt: skip
"""Consideration → the types of fact that it rests on. Each type stands under the one that looks at it first."""

BELOW: Mapping[str, tuple[type[BaseEntry], ...]] = {
    row: tuple(kind for kinds in BELONGS.values() for kind in kinds if row in ANSWERS.get(kind.field, ())) for row in ALL_ROWS
}
"""Row → the types of fact that its answer rests on."""

PEOPLE = (e.TeamMemberAdded, e.PersonInvited)
_TITLES = ("title", "name", "what", "statement", "who", "venue", "question", "about", "of", "process", "applies_to", "currency")
"""Fields by which a fact is called, the first that it has. A choice is none: its word is one of ours, and another one in each language."""


def slug(kind: type[BaseEntry]) -> str:
    """What stands for a type of fact in addresses and catalogue codes: `side-declared`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


KINDS: Mapping[str, type[BaseEntry]] = {slug(kind): kind for kinds in BELONGS.values() for kind in kinds}


def consideration_of(kind: type[BaseEntry]) -> Consideration:
    """The consideration under which a type of fact stands."""
    return next(name for name in CONSIDERATIONS if kind in BELONGS[name])


def body_of(kind: type[BaseEntry]) -> type[Noun]:
    """The noun that a type of fact states."""
    found = kind.model_fields["body"].annotation
    assert isinstance(found, type)
    assert issubclass(found, Noun)
    return found


def title_of(body: Noun) -> str | None:
    """The words by which a fact is called; None where it has none of its own."""
    fields = {one.name: one for one in answers(type(body))}
    if "from_" in fields:
        return None
    named = (name for name in _TITLES if name in fields and not fields[name].choices)
    return next((str(value) for name in named if isinstance(value := getattr(body, name), str)), None)


@dataclass(frozen=True)
class Fact:
    """One fact that counts now."""

    entry: BaseEntry
    versions: int
    """How many there were, this one among them."""
    rivals: tuple[str, ...]
    """Ids of versions that contradict it."""

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def title(self) -> str | None:
        return title_of(self.entry.body)


@dataclass(frozen=True)
class Kind:
    """One type of fact with what is stated of it."""

    kind: type[BaseEntry]
    facts: tuple[Fact, ...]

    @property
    def slug(self) -> str:
        return slug(self.kind)

    @property
    def more(self) -> bool:
        """Whether another one can be added: of some types there is one."""
        return self.kind.many or not self.facts


def kinds_of(name: Consideration, settled: Iterable[BaseEntry], entries: Iterable[BaseEntry], initiative: Initiative) -> tuple[Kind, ...]:
    """What is stated under a consideration, type by type."""
    there = {entry.id: entry for entry in entries}
    rivals: dict[str, tuple[str, ...]] = {}
    for conflict in initiative.conflicts:
        for one in conflict.entries:
            rivals[one] = tuple(other for other in conflict.entries if other != one)
    live = list(settled)
    return tuple(
        Kind(
            kind,
            tuple(Fact(entry, len(versions(entry, there)), rivals.get(entry.id, ())) for entry in live if type(entry) is kind),
        )
        for kind in BELONGS[name]
    )


def versions(entry: BaseEntry, there: Mapping[str, BaseEntry]) -> tuple[BaseEntry, ...]:
    """An entry and all that it came to replace, the newest first; those that cannot be read any more are left out."""
    found: dict[str, BaseEntry] = {entry.id: entry}
    todo = list(entry.replaces)
    while todo:
        old = todo.pop()
        if old in there and old not in found:
            found[old] = there[old]
            todo += there[old].replaces
    return tuple(sorted(found.values(), key=lambda one: (one.lamport, one.on), reverse=True))


def withdrawn(entry: BaseEntry, entries: Iterable[BaseEntry]) -> BaseEntry | None:
    """The entry by which a fact was taken back, if it was."""
    return next((one for one in entries if isinstance(one, FactWithdrawn) and entry.id in one.replaces), None)


def follower(entry: BaseEntry, entries: Iterable[BaseEntry]) -> BaseEntry | None:
    """The newest entry that came to replace a fact, through however many versions; None where it counts itself."""
    after, known = entry, {entry.id}
    everything = sorted(entries, key=lambda one: (one.lamport, one.on))
    while (next_one := next((one for one in everything if known & set(one.replaces) and one.id not in known), None)) is not None:
        after = next_one
        known.add(after.id)
    return None if after is entry else after


def stated(
    kind: type[BaseEntry], body: Noun, on: date, settled: Iterable[BaseEntry], entries: Iterable[BaseEntry], old: BaseEntry | None
) -> BaseEntry:
    """A fact that is new, or stands in place of an older one and of what contradicted that. A person gets a code, or keeps the one there is."""
    live = list(settled)
    if not kind.many:
        replaces = tuple(one.id for one in live if one.field == kind.field)
    else:
        replaces = (old.id,) if old is not None else ()
    if old is not None and kind.many:
        replaces += tuple(one.id for one in live if one.id != old.id and set(one.replaces) & set(old.replaces) and type(one) is kind)
    person = getattr(body, "person", None)  # a form offers people by their codes
    entry = kind(on=on, lamport=0, body=body, replaces=replaces, about=person if isinstance(person, str) else old.about if old else None)
    if issubclass(kind, PEOPLE) and entry.about is None:
        others = [one for one in live if isinstance(one, e.STATED)]
        entry = stamped((*others, entry), tuple(entries))[-1]
    return entry


def loose(kind: type[BaseEntry], body: Noun, old: BaseEntry | None, initiative: Initiative) -> tuple[str, ...]:
    """What would not fit together once the fact stands: a currency without a rate, a side declared twice. Sentences, in English."""
    before = _loose(_brief(initiative))
    if kind.field in ("opening", "setting", "tongues"):
        return ()
    now = list(getattr(initiative, kind.field)) if kind.many else []
    if old is not None:
        now = [one for one in now if one != old.body]
    changed = _brief(initiative, **{kind.field: (*now, body) if kind.many else body})
    return tuple(sentence for sentence in _loose(changed) if sentence not in before)


def _brief(initiative: Initiative, **changed: object) -> Brief:
    same = {name: getattr(initiative, name) for name in Brief.model_fields if hasattr(initiative, name)}
    return Brief.model_construct(**{**same, **changed})


def _loose(brief: Brief) -> list[str]:
    return [sentence for _, sentence in brief.loose_references()]
