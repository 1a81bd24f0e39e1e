"""The initiative: what a record amounts to when its entries are replayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracktwo.model import brief as b
from tracktwo.model.base import Stated
from tracktwo.model.finding import Evidence
from tracktwo.record.dialogue import Dialogue, dialogue_of
from tracktwo.record.entries import STATED, Entry, Opening, Setting, Tongues
from tracktwo.record.mask import same
from tracktwo.record.screening import Screening, screening_of


@dataclass(frozen=True)
class Member:
    """A person or organisation of the initiative under the code that stands for its name outside the team's room."""

    code: str
    person: b.Person
    invited: bool


@dataclass(frozen=True)
class Conflict:
    """Two or more entries that put the same thing right without knowing of each other: a person has to choose."""

    field: str
    entries: tuple[str, ...]
    """Ids, in the order in which the record tells them; the last one is shown where only one can be."""


@dataclass(frozen=True)
class Initiative:
    """The state of one initiative. Tuples keep the order in which things were entered."""

    opening: Opening
    setting: Setting = Setting()
    tongues: Tongues = Tongues()
    convenor: b.Convenor | None = None
    wish: b.Wish = b.Wish()
    panel: b.PanelWish | None = None
    budget: b.Budget | None = None
    change: b.Change | None = None
    sides: tuple[b.Side, ...] = ()
    parties: tuple[b.Party, ...] = ()
    contested_names: tuple[b.ContestedName, ...] = ()
    issues: tuple[b.Issue, ...] = ()
    history: tuple[b.PastEvent, ...] = ()
    actors: tuple[b.Actor, ...] = ()
    relations: tuple[b.Relation, ...] = ()
    attempts: tuple[b.Attempt, ...] = ()
    activities: tuple[b.Activity, ...] = ()
    connectors: tuple[b.Tie, ...] = ()
    dividers: tuple[b.Tie, ...] = ()
    voices: tuple[b.Voice, ...] = ()
    channels: tuple[b.Channel, ...] = ()
    team: tuple[b.Person, ...] = ()
    invited: tuple[b.Person, ...] = ()
    venues: tuple[b.Venue, ...] = ()
    venue_answers: tuple[b.VenueAnswer, ...] = ()
    entry_rules: tuple[b.EntryRuleStated, ...] = ()
    exposures: tuple[b.Exposure, ...] = ()
    indices: tuple[b.CountryIndex, ...] = ()
    observances: tuple[b.Observance, ...] = ()
    culture: tuple[b.Culture, ...] = ()
    shared_practices: tuple[b.SharedPractice, ...] = ()
    acts: tuple[b.Act, ...] = ()
    counsel: tuple[b.CounselSaid, ...] = ()
    harms: tuple[b.Harm, ...] = ()
    tools: tuple[b.Tool, ...] = ()
    retention: tuple[b.Retention, ...] = ()
    screening: Screening = Screening()
    """What was compared with lists, and what was decided on what was found."""
    officials: tuple[b.OfficialContact, ...] = ()
    documents: tuple[b.Document, ...] = ()
    consents: tuple[b.Consent, ...] = ()
    public: tuple[b.PublicMessage, ...] = ()
    pause_triggers: tuple[b.PauseTrigger, ...] = ()
    follow_up: tuple[b.FollowUp, ...] = ()
    ethics: tuple[b.EthicsAnswer, ...] = ()
    ground_rules: tuple[b.GroundRule, ...] = ()
    members: tuple[Member, ...] = field(default=())
    conflicts: tuple[Conflict, ...] = ()
    dialogue: Dialogue = Dialogue()
    """What was said in the sessions and what of it was let out."""
    hidden: bool = False
    """True where the record holds more than the reader has keys for."""

    @property
    def sides_declared(self) -> bool:
        """False where the brief named no sides and each party stands for itself."""
        return any(side.line != _DERIVED for side in self.sides)

    @property
    def countries(self) -> tuple[str, ...]:
        """Alpha-3 codes of where the challenge lies: the setting's countries, then the places', then the parties'."""
        named = [*self.setting.countries, *(place.country for place in self.setting.places), *(party.country for party in self.parties)]
        return tuple(dict.fromkeys(country for country in named if country))

    @property
    def table(self) -> tuple[b.Side, ...]:
        """The sides that are to meet: those with a party at the table, or all where no party says."""
        seated = {party.side for party in self.parties if party.at_the_table}
        return tuple(side for side in self.sides if side.id in seated) or self.sides

    def side(self, side_id: str) -> b.Side:
        return next(side for side in self.sides if side.id == side_id)

    def code_of(self, person: b.Person) -> str:
        """The code of a person of the team or of the invited. Raises StopIteration for a stranger."""
        return next(member.code for member in self.members if member.person is person)

    def member_of(self, name: str) -> Member | None:
        """Who is meant by a code or a name; None for a stranger."""
        by_code = next((member for member in self.members if member.code == name), None)
        return by_code or next((member for member in self.members if same(member.person.name) == same(name)), None)

    def of_side(self, side_id: str) -> tuple[Member, ...]:
        """The invited who belong to the side, among them those who belong to several."""
        return tuple(member for member in self.members if member.invited and side_id in member.person.sides)

    def said(self, *nouns: Stated, what: str | None = None) -> tuple[Evidence, ...]:
        """The brief as evidence for what these nouns state, with the lines on which they stand."""
        lines = sorted({noun.line for noun in nouns if noun.line and noun.line > 0})
        locator = _lines(lines) or what
        return (
            Evidence(
                publisher=self.convenor.name if self.convenor else "convenor",
                dataset="brief",
                version=b.FORMAT,
                locator=locator,
                as_of=self.opening.written,
            ),
        )


_DERIVED = -1
"""The line of a noun that stands in no brief because replay derived it."""


def _lines(lines: list[int]) -> str | None:
    if not lines:
        return None
    if len(lines) == 1:
        return f"line {lines[0]}"
    return "lines " + ", ".join(str(line) for line in lines)


HIDDEN = Opening(title="▮", challenge="political dispute", written=date.min)
"""What opens an initiative for a reader without the key to its opening."""


def replay(entries: Iterable[Entry], *, hidden: bool = False, taken: Iterable[str] = ()) -> Initiative:
    """Fold entries into the initiative. Pure; the order in which entries arrive does not matter.

    Entries with the same id count once. An entry that another one replaces or withdraws no longer counts. Of a field that holds one value the
    last entry wins, by Lamport clock, then day. `hidden` says that the record holds more than these entries; then an initiative needs no opening.
    `taken` are codes that no new person may get.

    Raises ValueError where no entry opens the initiative.
    """
    live, conflicts = settled(entries)
    state: dict[str, list[object]] = {}
    codes: dict[int, str] = {}
    for entry in live:
        if entry.field:
            body = entry.body
            state.setdefault(entry.field, []).append(body)
            if entry.about:
                codes[id(body)] = entry.about
    if "opening" not in state:
        if not hidden:
            raise ValueError("the record holds no InitiativeOpened entry")
        state["opening"] = [HIDDEN]
    values = {field: tuple(bodies) if field in _MANY else bodies[-1] for field, bodies in state.items()}
    opened = Initiative(**values, conflicts=conflicts, dialogue=dialogue_of(live), screening=screening_of(live), hidden=hidden)  # type: ignore[arg-type]
    return _with_members(_with_sides(opened), codes, taken)


_MANY = frozenset(cls.field for cls in STATED if cls.many)


def settled(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Conflict, ...]]:
    """The entries that count, each once and in the order of the record, and where two replace the same one, the conflicts between them."""
    once: dict[str, Entry] = {}
    for entry in sorted(entries, key=_line):  # of two copies the one that knows its line, whichever came first
        once.setdefault(entry.id, entry)
    gone = {old for entry in once.values() for old in entry.replaces}
    ordered = sorted(once.items(), key=lambda item: (item[1].lamport, item[1].on, item[1].author, item[0]))
    live = [(entry_id, entry) for entry_id, entry in ordered if entry_id not in gone]
    rivals: dict[tuple[str, str], list[str]] = {}
    for entry_id, entry in live:
        for old in entry.replaces if entry.many else ("",) * bool(entry.field):
            rivals.setdefault((entry.field, old), []).append(entry_id)
    conflicts = dict.fromkeys(Conflict(field, tuple(ids)) for (field, _), ids in rivals.items() if len(ids) > 1)
    return tuple(entry for _, entry in live), tuple(conflicts)


def _line(entry: Entry) -> tuple[bool, int]:
    line = getattr(getattr(entry, "body", None), "line", None)
    return line is None, line or 0


def _with_sides(initiative: Initiative) -> Initiative:
    """Where nobody declared sides, let each party at the table be its own side, or each party where none is said to sit there."""
    if initiative.sides:
        return initiative
    sides, parties = [], []
    nobody = not any(party.at_the_table for party in initiative.parties)
    for number, party in enumerate(initiative.parties, 1):
        if party.at_the_table or nobody:
            side = b.Side(id=f"side-{number}", name=party.name, line=_DERIVED)
            sides.append(side)
            party = party.model_copy(update={"side": side.id})
        parties.append(party)
    return replace(initiative, sides=tuple(sides), parties=tuple(parties))


def _with_members(initiative: Initiative, codes: Mapping[int, str], taken: Iterable[str]) -> Initiative:
    """Give each person a code: T for the team, A, B, C … by side, N for no side, M for several, O for an organisation.

    Whom an entry already gave a code keeps it, also when others leave; a new one is never one that was given before.
    """
    letters = {side.id: _letter(number) for number, side in enumerate(initiative.sides)}
    counts: dict[str, int] = {}
    for code in (*codes.values(), *taken):
        prefix, _, number = code.rpartition("-")
        counts[prefix] = max(counts.get(prefix, 0), int(number))
    members = []
    for person, invited in [*((p, False) for p in initiative.team), *((p, True) for p in initiative.invited)]:
        if id(person) not in codes:
            prefix = _prefix(person, invited, letters)
            counts[prefix] = counts.get(prefix, 0) + 1
        code = codes.get(id(person)) or f"{prefix}-{counts[prefix]:02d}"
        members.append(Member(code=code, person=person, invited=invited))
    return replace(initiative, members=tuple(members))


def _letter(number: int) -> str:
    """A … L for the first twelve sides, then S13, S14 …: M, N, O and T mean something else."""
    return "ABCDEFGHIJKL"[number] if number < 12 else f"S{number + 1}"


def _prefix(person: b.Person, invited: bool, letters: dict[str, str]) -> str:
    if not invited:
        return "T"
    if person.kind == "organisation":
        return "O"
    if not person.sides:
        return "N"
    return letters[person.sides[0]] if len(person.sides) == 1 else "M"
