"""Process design, continued: the days of the first meeting, in Kelman's order, with what each tradition asks of them (rows D6 and D9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, cycle

from tracktwo.considerations import culture, hosting, meals
from tracktwo.considerations import observances as kept
from tracktwo.considerations.conflict import locate
from tracktwo.considerations.inquiry import Inquiry, msg
from tracktwo.methods.arc import Round
from tracktwo.methods.programme import Needs, PlannedDay, PlannedSlot, plan_days
from tracktwo.model.exhibit import AnyExhibit, Day, Programme, Slot
from tracktwo.model.finding import Finding, Message
from tracktwo.sources.calendars import ObservedPeriod, sun
from tracktwo.sources.timezones import zone_of

_FASTS = ("observance.ramadan",)


def agenda(q: Inquiry) -> Iterator[Finding]:
    """D6: needs and fears first, then joint thinking, then constraints, then what to carry home."""
    wish = q.initiative.wish
    plan = _plan(q)
    sessions = [slot.stage for day in plan for slot in day.slots if slot.kind == "session"]
    yield q.assumed(
        "agenda.order",
        "D6",
        count=len(sessions),
        days=wish.days,
        needs=sessions.count("needs-and-fears"),
        joint=sessions.count("joint-thinking"),
        constraints=sessions.count("constraints") + sessions.count("overcoming-constraints"),
        home=sessions.count("carrying-home"),
        sides=q.side_names(),
        ask=q.team("facilitator"),
        decision="agenda",
    )
    if "constraints" not in sessions:
        yield q.assumed("agenda.too-short", "D6", severity="note", days=wish.days, title=q.initiative.opening.title, decision="dates")


def observances(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """D9: breaks, prayer, fasts, food and culture."""
    yield from kept.findings(q, arc)
    yield from woven(q)


def woven(q: Inquiry) -> Iterator[Finding]:
    """D9: what is eaten, what culture comes into the days, and whose turn it is to host."""
    yield from meals.findings(q, _needs(q, q.initiative.wish.starts).fasting)
    yield from culture.findings(q)
    yield from hosting.findings(q, _plan(q))


def woven_exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """D9: the proposals, the red list, the turns."""
    yield from culture.exhibits(q)
    yield from hosting.exhibits(q, _plan(q))


def _needs(q: Inquiry, starts: date | None) -> Needs:
    named = kept.traditions(q)
    if starts is None:
        return Needs(muslim=not kept.MUSLIM.isdisjoint(named))
    last = starts + timedelta(days=q.initiative.wish.days - 1)
    periods = [period for tradition in named for period in kept.periods(tradition, starts, last)]
    return Needs(
        muslim=not kept.MUSLIM.isdisjoint(named),
        friday_prayer=_numbers(periods, starts, last, "observance.friday-prayer"),
        fasting=_numbers(periods, starts, last, *_FASTS),
        shabbat=_numbers(periods, starts, last, "observance.shabbat"),
        sunday=_numbers(periods, starts, last, "observance.sunday"),
        sunset=_sunset(q, starts),
    )


def _numbers(periods: list[ObservedPeriod], first: date, last: date, *terms: str) -> frozenset[int]:
    """Numbers of the days from `first` to `last` that fall in a period of one of these names."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return frozenset((day - first).days + 1 for period in periods if period.term in terms for day in days if period.starts <= day <= period.ends)


def _sunset(q: Inquiry, day: date) -> int | None:
    """Minutes after local midnight at which the sun sets at the first venue that can be found; None where there is none."""
    for venue in q.initiative.venues:
        country = q.basis.shelf.countries.get(venue.place.country) if venue.place.country else None
        at = locate(q, venue.place)
        zone = zone_of(country.alpha2, *at) if country and at else None
        times = sun(*at, day, zone) if at and zone else None
        if times:
            return times.sunset.hour * 60 + times.sunset.minute
    return None


def _zone(q: Inquiry) -> str | None:
    """The IANA time zone of the first venue that can be found."""
    for venue in q.initiative.venues:
        country = q.basis.shelf.countries.get(venue.place.country) if venue.place.country else None
        at = locate(q, venue.place)
        if country and at:
            return zone_of(country.alpha2, *at)
    return None


def _plan(q: Inquiry) -> tuple[PlannedDay, ...]:
    starts = q.initiative.wish.starts
    return plan_days(starts, q.initiative.wish.days, hosting.hosts(q), _needs(q, starts))


def exhibits(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[AnyExhibit]:
    """The first programme, day by day; what culture may come into it; whose turn it is to host."""
    yield Programme(
        row="D6",
        title=msg("figure.programme"),
        days=tuple(
            Day(number=day.number, date=day.day.isoformat() if day.day else None, slots=tuple(_slot(q, slot, label) for slot, label in slots))
            for day, slots in labelled(q)
        ),
        zone=_zone(q),
        later=tuple((item.starts.isoformat(), item.ends.isoformat()) for item in arc[1:]),
    )
    yield from woven_exhibits(q)


def labelled(q: Inquiry) -> Iterator[tuple[PlannedDay, tuple[tuple[PlannedSlot, Message], ...]]]:
    """The days of the first meeting by the clock, each slot with what the programme calls it."""
    numbers = count(1)
    free = cycle(culture.evenings(q))
    for day in _plan(q):
        named = (msg("programme.session", number=next(numbers)) if slot.kind == "session" else _label(q, slot, free) for slot in day.slots)
        yield day, tuple(zip(day.slots, named, strict=True))


def _slot(q: Inquiry, slot: PlannedSlot, label: Message) -> Slot:
    return Slot(start=_clock(slot.start), end=_clock(slot.end), what=label, kind=slot.kind, stage=q.purpose(slot.stage) if slot.stage else None)


def _label(q: Inquiry, slot: PlannedSlot, free: Iterator[Message]) -> Message:
    """What the programme says of a slot. An evening for which nobody offers anything gets an activity that is nobody's heritage."""
    if slot.what == "evening-together":
        offered = next((item for item in culture.offers(q) if item.host == slot.host), None)
        if offered:
            host = msg("programme.third-party") if offered.host == "third party" else q.initiative.side(offered.host).name
            return msg("programme.hosted", what=offered.what, host=host)
        if (activity := next(free, None)) is not None:
            return msg("programme.evening-offer", activity=activity)
    return msg(f"programme.{slot.what}")


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
