"""Process design, continued: the exact programme of the first meeting, from what the initiative says to a SPEC, and what somebody tries out of it.

The plain programme of `days` says which items there are, in Kelman's order, and about when; the SPEC says what each needs, so that a solver can
move them: who is there, what people keep, who interprets and how long. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tracktwo.considerations import days, tongues
from tracktwo.considerations import observances as observed
from tracktwo.considerations.conflict import locate
from tracktwo.considerations.inquiry import Basis, Inquiry
from tracktwo.considerations.kept_times import with_times
from tracktwo.methods.programme import PlannedSlot
from tracktwo.model.finding import Message
from tracktwo.model.schedule import (
    DAY,
    Hours,
    House,
    Kept,
    Need,
    Pin,
    Preference,
    ProgrammeDay,
    ProgrammePerson,
    ProgrammeSession,
    Role,
    Schedule,
    Security,
    SpecTradition,
    Window,
)  # fmt: skip
from tracktwo.record.initiative import Initiative, Member
from tracktwo.sources.calendars import Tradition
from tracktwo.sources.shelf import Shelf
from tracktwo.sources.timezones import zone_of

OPENS, CLOSES = 8 * 60, 23 * 60
"""When the house is open unless somebody says otherwise."""
INTERPRETING, FACILITATING = 360, 600
"""Most minutes of work a day for an interpreter and for a facilitator, unless somebody says otherwise."""
SENSITIVE = frozenset(("needs-and-fears", "constraints", "overcoming-constraints"))
"""Stages that are not spoken about while somebody watches (D10); joint thinking and what to carry home are tangible and safe."""
FREE = "UTC"
_ROLES: Mapping[str, Role] = {"facilitator": "facilitator", "interpreter": "interpreter", "expert": "expert"}
_CHURCHES: Mapping[str, SpecTradition] = {
    "islam": "islam-sunni", "islam-sunni": "islam-sunni", "islam-shia": "islam-shia", "judaism": "judaism",
    "western christian": "western christian", "christian-catholic": "western christian", "christian-protestant": "western christian",
    "eastern christian": "eastern christian", "christian-orthodox": "eastern christian",
}  # fmt: skip
"""Traditions whose hours can be computed for a place → as which. Of the others the days are known and are asked about elsewhere."""

Say = Callable[[Message], str]


@dataclass(frozen=True)
class Late:
    """Somebody who arrives on a day, at a minute after midnight: sessions wait for them, meals and evenings do not."""

    code: str
    day: int
    at: int


@dataclass(frozen=True)
class Trial:
    """What is tried out. Without anything it is what the initiative says."""

    pins: Mapping[str, Pin] = field(default_factory=dict)
    out: frozenset[str] = frozenset()
    hours: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Day → when the house opens and closes."""
    late: tuple[Late, ...] = ()
    monitored: bool = False
    watched: tuple[Window, ...] = ()
    """When somebody watches; it counts in the monitored variant alone."""
    interpreting: int = INTERPRETING
    facilitating: int = FACILITATING

    @property
    def changes(self) -> bool:
        return self != Trial()


@dataclass(frozen=True)
class Own:
    """Something of the record that stands where it stands: entered by hand, or named there otherwise than here."""

    id: str
    title: str
    kind: str
    day: int
    start: int
    end: int
    who: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """Where the days are: the zone, and the place if it can be found."""

    zone: str
    at: tuple[float, float] | None


@dataclass(frozen=True)
class Draft:
    """What can be placed, before anything is tried: the items of the plain programme, and who comes."""

    q: Inquiry
    house: Site
    starts: date
    sessions: tuple[ProgrammeSession, ...]
    people: tuple[ProgrammePerson, ...]
    observances: tuple[Kept, ...]
    private: frozenset[str]
    """What single people keep for themselves: not for the plenary's programme."""
    remarks: tuple[str, ...]
    own: tuple[Own, ...] = ()

    @property
    def days(self) -> int:
        return self.q.initiative.wish.days

    def day(self, number: int) -> date:
        return self.starts + timedelta(days=number - 1)

    def opens(self, number: int, trial: Trial) -> tuple[int, int]:
        """When the house opens and closes on a day: as somebody tries, else early and late enough for what stands already."""
        if number in trial.hours:
            return trial.hours[number]
        mine = [one for one in self.own if one.day == number and one.id not in trial.out]
        first = [one.between.from_ for one in self.sessions if one.between and one.days == (number,) and one.id not in trial.out]
        opens = min([OPENS, *first, *(one.start for one in mine)])
        return opens // 15 * 15, max([CLOSES, *(one.end for one in mine)])  # the grid of beginnings is counted from when the house opens


def asked_of(initiative: Initiative, shelf: Shelf, as_of: date) -> Inquiry:
    """The inquiry of a programme. Of all outside data it looks at countries and towns alone, so that a page need not wait for the rest."""
    return Inquiry(initiative, Basis(shelf=places_alone(shelf), cases=(), methods={}, similar=(), as_of=as_of))


def places_alone(shelf: Shelf) -> Shelf:
    """A shelf on which nothing stands but countries and towns."""
    return Shelf(shelf.countries, None, None, shelf.gazetteer, ())


def house_of(q: Inquiry, zone: str | None = None) -> Site:
    """The first venue that can be found, of those by whose clock the record speaks if it speaks of any; else that clock, and no place."""
    for venue in q.initiative.venues:
        country = q.basis.shelf.countries.get(venue.place.country) if venue.place.country else None
        at = locate(q, venue.place)
        found = zone_of(country.alpha2, *at) if country and at else None
        if found and zone in (None, found):
            return Site(found, at)
    return Site(zone or FREE, None)


def drafted(q: Inquiry, panel: Sequence[str], say: Say, called: Mapping[str, str], zone: str | None = None) -> Draft | None:
    """What an initiative would place; None where nobody is invited or no day is named. Raises TimesUnknown.

    `panel` are the people who were settled on, if anybody was; `called` says what is kept in the reader's words.
    """
    starts = q.initiative.wish.starts
    people_invited = [member for member in q.initiative.members if member.invited and member.person.kind == "person"]
    coming = [member for member in people_invited if member.person.agreed_to_come is not False]
    if panel:
        coming = [member for member in coming if member.code in panel]
    if starts is None or not coming:
        return None
    team = [member for member in q.initiative.members if not member.invited and member.person.kind == "person"]
    people = (*(_person(member, "participant") for member in coming), *(_person(m, _ROLES.get(m.person.role or "", "team")) for m in team))
    house = house_of(q, zone)
    plain = tuple(_sessions(q, people, house.at is not None, say))
    timed, private, remarks = _observances(q, people, house, coming, called)
    return Draft(q, house, starts, plain, people, timed, private, remarks)


def _person(member: Member, role: Role) -> ProgrammePerson:
    person = member.person
    spoken = tuple(sorted(tongues.spoken(person)))
    return ProgrammePerson(code=member.code, role=role, side=person.sides[0] if len(person.sides) == 1 and member.invited else None, languages=spoken)


# -- items ----------------------------------------------------------------------------------------------------------------


def _sessions(q: Inquiry, people: Sequence[ProgrammePerson], placed: bool, say: Say) -> Iterator[ProgrammeSession]:
    """The items of the plain programme. Prayers are not among them where their hours can be computed for the place."""
    needs = _interpreted(q, people)
    team = tuple(f"role:{role}" for role in ("facilitator", "interpreter", "team") if any(person.role == role for person in people))
    number = 0
    staged: list[str] = []
    for day, slots in days.labelled(q):
        seen: dict[str, int] = {}
        for slot, label in slots:
            if slot.kind == "session":
                number += 1
                staged.append(f"session-{number}")
                part = "morning" if slot.start < 12 * 60 + 30 else "afternoon" if slot.start < 18 * 60 else "evening"
                yield ProgrammeSession(
                    id=staged[-1],
                    title=say(label),
                    stage=slot.stage,
                    minutes=slot.end - slot.start,
                    needs=needs,
                    after=tuple(staged[-2:-1]),
                    sensitive=slot.stage in SENSITIVE and not q.of_friends,
                    between=Hours(**{"from": OPENS + 30}, until=21 * 60 + 30),
                    wish=Preference(day=day.number, part=part),
                )
            elif (slot.kind != "observance" or not placed) and (slot.what != "debrief" or team):
                seen[slot.what] = seen.get(slot.what, 0) + 1
                again = f"-{seen[slot.what]}" if seen[slot.what] > 1 else ""
                yield _daily(slot, f"{slot.what}-{day.number}{again}", day.number, say(label), tuple(staged), team)


def _daily(slot: PlannedSlot, name: str, day: int, title: str, staged: tuple[str, ...], team: tuple[str, ...]) -> ProgrammeSession:
    """An item of one day, somewhere about the hour of the plain programme."""
    sooner, later = _LEEWAY.get(slot.what) or _LEEWAY.get(slot.kind, (60, 60))
    around = Hours(**{"from": max(0, slot.start - sooner)}, until=min(DAY, slot.end + later))
    kind = "transfer" if slot.what == "transfer-slot" else "team" if slot.what == "debrief" else "plenary" if slot.kind == "team" else slot.kind
    return ProgrammeSession(
        id=name,
        title=title,
        kind=kind,
        minutes=slot.end - slot.start,
        attendees=team if kind == "team" else ("all",),
        after=staged if kind == "transfer" else (),
        days=(day,),
        between=around,
        host=slot.host if slot.host != "third party" else None,
    )


_LEEWAY = {
    "opening": (30, 60), "looking-back": (30, 60), "lunch": (30, 60), "dinner": (30, 60), "meal-at-sunset": (0, 90), "debrief": (30, 150),
    "transfer-slot": (240, 240), "culture": (60, 120), "break": (30, 45), "quiet": (30, 90), "noon-prayer": (30, 120),
    "sunset-prayer": (0, 60), "observance": (0, 0),
}  # fmt: skip
"""What of a slot, or its kind → by how many minutes it may begin sooner and end later than in the plain programme."""


def _interpreted(q: Inquiry, people: Sequence[ProgrammePerson]) -> tuple[Need, ...]:
    """Somebody who interprets, where those who come have no language in common and the team has somebody."""
    able = [person for person in people if person.role == "interpreter"]
    speaking = [set(person.languages) for person in people if person.role == "participant" and person.languages]
    if not able or not speaking or set.intersection(*speaking):
        return ()
    wanted = tuple(tag for tag in tongues.needed(q))
    whole = len(wanted) > 1 and any(set(wanted) <= set(person.languages) for person in able)
    return (Need(languages=wanted if whole else ()),)


# -- what people keep -----------------------------------------------------------------------------------------------------

Timed = tuple[tuple[Kept, ...], frozenset[str], tuple[str, ...]]


def _observances(q: Inquiry, people: Sequence[ProgrammePerson], house: Site, coming: Sequence[Member], called: Mapping[str, str]) -> Timed:
    """The windows of what sides and single people keep, by the sun of the place; none where the place cannot be found. Raises TimesUnknown."""
    starts = q.initiative.wish.starts
    if house.at is None or starts is None:
        return (), frozenset(), ()
    wanted: dict[SpecTradition, tuple[str, ...]] = {}
    sides: set[str | None] = {person.side for person in people if person.side}
    for tradition in observed.traditions(q):
        who = tuple(_keepers(q, tradition, sides, coming))
        spec = _CHURCHES.get(tradition)
        if spec is not None and who:
            together = (*wanted.get(spec, ()), *who)
            wanted[spec] = ("all",) if "all" in together else tuple(dict.fromkeys(together))
    bare = Schedule(
        title="–",
        venue=House(latitude=house.at[0], longitude=house.at[1]),
        days=tuple(ProgrammeDay(date=starts + timedelta(days=n), zone=house.zone) for n in range(q.initiative.wish.days)),
        people=tuple(people),
        sessions=(ProgrammeSession(id="one", minutes=5),),
        observances=tuple(Kept(tradition=tradition, people=who) for tradition, who in wanted.items()),
    )
    timed, remarks = with_times(bare)
    named = tuple(kept.model_copy(update={"what": called.get(kept.what or "", kept.what)}) for kept in timed.observances)
    alone = frozenset(f"kept-{place}" for place, kept in enumerate(named, 1) if not any(word == "all" or ":" in word for word in kept.people))
    return named, alone, remarks


def _keepers(q: Inquiry, tradition: Tradition, sides: set[str | None], coming: Sequence[Member]) -> Iterator[str]:
    """Who keeps it: sides that are at the table, everybody where it is said of no side, and whoever said it of himself."""
    for item in q.initiative.observances:
        if item.tradition == tradition and (item.side is None or item.side in sides):
            yield f"side:{item.side}" if item.side else "all"
    for member in coming:
        if tradition in observed.read(member.person.observance or ""):
            yield member.code


# -- the SPEC of a trial --------------------------------------------------------------------------------------------------


def schedule_of(draft: Draft, trial: Trial) -> Schedule:
    """The SPEC of what is tried. An item that somebody put somewhere keeps to that alone, and not to the hours that we gave it."""
    late = {one.code: one for one in trial.late}
    numbers = range(1, draft.days + 1)
    staying = [person.code for person in draft.people if person.role in ("participant", "facilitator") and person.code not in late]
    sessions = [_tried(one, trial, tuple(staying) if late else None) for one in draft.sessions if one.id not in trial.out]
    kept = {one.id for one in sessions}
    sessions = [one.model_copy(update={"after": tuple(name for name in one.after if name in kept)}) for one in sessions]
    hours = {number: draft.opens(number, trial) for number in numbers}
    return Schedule(
        title=draft.q.initiative.opening.title,
        fictional=draft.q.initiative.opening.fictional,
        transfer_minutes=0,
        days=tuple(ProgrammeDay(date=draft.day(n), zone=draft.house.zone, opens=hours[n][0], closes=hours[n][1]) for n in numbers),
        people=tuple(_limited(person, trial, late.get(person.code)) for person in draft.people),
        sessions=(*sessions, *(_standing(own, tuple(staying)) for own in draft.own if own.id not in trial.out)),
        observances=draft.observances,
        watched=tuple(_watched(window) for window in trial.watched) if trial.monitored else (),
    )


def _tried(one: ProgrammeSession, trial: Trial, staying: tuple[str, ...] | None) -> ProgrammeSession:
    """An item as it is tried. Whoever arrives late is waited for by sessions; the rest of the day goes on without."""
    changed: dict[str, object] = {}
    opens = trial.hours.get(one.days[0], (0, 0))[0] if len(one.days) == 1 else 0
    if one.between and one.between.from_ < opens and one.kind == "plenary":  # what opens a day opens it whenever it begins
        changed["between"] = Hours(**{"from": opens}, until=min(DAY, opens + one.minutes + 30))
    if staying is not None and one.stage is None and one.kind != "transfer" and one.attendees == ("all",):
        changed["attendees"] = staying
    pin = trial.pins.get(one.id)
    if pin is not None:
        changed["pinned"] = pin
        if pin.day is not None:
            changed["days"] = (pin.day,)
        if pin.at is not None:
            changed["between"] = None
    return one.model_copy(update=changed)


def _limited(person: ProgrammePerson, trial: Trial, late: Late | None) -> ProgrammePerson:
    most = {"interpreter": trial.interpreting, "facilitator": trial.facilitating}.get(person.role)
    away: list[Window] = []
    if late is not None:
        away += [Window(days=tuple(range(1, late.day)))] if late.day > 1 else []
        away += [Window(days=(late.day,), until=late.at)] if late.at else []
    return person.model_copy(update={"max_minutes": most, "away": tuple(away)})


def _standing(own: Own, staying: tuple[str, ...]) -> ProgrammeSession:
    """Something of the record, where it stands."""
    return ProgrammeSession(
        id=own.id,
        title=own.title,
        kind=own.kind,
        minutes=own.end - own.start,
        attendees=staying if own.who == ("all",) else own.who,
        days=(own.day,),
        pinned=Pin(day=own.day, at=own.start),
    )


def _watched(window: Window) -> Security:
    return Security(days=window.days, **{"from": window.from_}, until=window.until)


def with_own(draft: Draft, own: Sequence[Own], held: Mapping[str, tuple[str, int]]) -> Draft:
    """The draft with what the record holds beside, and with the titles and minutes with which it holds the rest."""
    named = (one.model_copy(update={"title": held[one.id][0], "minutes": held[one.id][1]}) if one.id in held else one for one in draft.sessions)
    return replace(draft, own=tuple(own), sessions=tuple(named))
