"""The verb that lists what traditions keep at a place: days with their doubt and who decides, hours with the rule by which they were found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table as Printed

from tracktwo.cli.shared import AsJson, BadInput, home, out, print_json, print_table
from tracktwo.dossier.language import Voice, languages, voice
from tracktwo.model.finding import Term
from tracktwo.model.world import Holiday
from tracktwo.sources.calendars import CalendarUnknown, ObservedPeriod, Tradition, not_computed, observances, public_holidays
from tracktwo.sources.countries import load_countries
from tracktwo.sources.prayer import METHODS, RULES, Rule, method_named
from tracktwo.sources.shelf import open_shelf
from tracktwo.sources.sky import zone_named
from tracktwo.sources.timezones import zone_of
from tracktwo.sources.traditions import TRADITIONS
from tracktwo.sources.traditions.hours import CANDLES, DEFAULT_METHOD, ObservedWindow, windows

MOST_DAYS = 400
"""Days that one answer holds."""

Named = Annotated[
    list[str], typer.Option("--tradition", help="A tradition somebody named, such as islam-sunni; give it again for several.", metavar="NAME")
]
PlaceName = Annotated[str | None, typer.Option("--place", help="Town and country, such as 'Oslo, NO'.", metavar="TOWN,COUNTRY")]
Degrees = Annotated[str | None, typer.Option("--at", help="Latitude and longitude in degrees, in place of a town; needs --zone.", metavar="LAT,LON")]
Zone = Annotated[str | None, typer.Option("--zone", help="IANA time zone; that of the town if left out.", metavar="ZONE")]
From = Annotated[str, typer.Option("--from", help="The first day.", metavar="YYYY-MM-DD")]
To = Annotated[str | None, typer.Option("--to", help="The last day; the first if left out.", metavar="YYYY-MM-DD")]
MethodName = Annotated[
    str | None, typer.Option("--method", help=f"Method for the hours of prayer: {', '.join(m.name for m in METHODS)}.", metavar="NAME")
]
RuleName = Annotated[str, typer.Option("--rule", help=f"Rule where nights are not dark: {', '.join(RULES)}.", metavar="NAME")]
Shadow = Annotated[int, typer.Option("--shadow", help="Factor of the shadow at asr: 1, or 2 for the Hanafi school.", min=1, max=2)]
Candles = Annotated[int, typer.Option("--candles", help="Minutes from candles to sunset; 40 by the custom of Jerusalem.", min=0, max=120)]
Language = Annotated[str, typer.Option("--language", help="en, fr or ar.", metavar="TAG")]


@dataclass(frozen=True)
class Where:
    """A place in degrees with its zone, and its country (alpha-3) where a town was named."""

    latitude: float
    longitude: float
    zone: str
    country: str | None = None


@dataclass(frozen=True)
class Kept:
    """What one tradition keeps in the asked days; `beyond` says in one sentence why there are no days."""

    tradition: Tradition
    days: tuple[ObservedPeriod, ...]
    hours: tuple[ObservedWindow, ...]
    method: str | None
    """The method of the hours of prayer; None for a tradition that has none."""
    beyond: str | None = None


def observances_of(
    tradition: Named,
    first_day: From,
    last_day: To = None,
    place: PlaceName = None,
    at: Degrees = None,
    zone: Zone = None,
    method: MethodName = None,
    rule: RuleName = "middle of the night",
    shadow: Shadow = 1,
    candles: Candles = CANDLES,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """List what traditions keep at a place: days with doubt and who decides them, hours with the rule used, and what nobody can compute.

    Name only what people said that they keep. What is not listed may still be kept: ask.
    """
    if language not in languages():
        raise BadInput(f"--language should be one of {', '.join(languages())}, not '{language}'")
    named = tuple(dict.fromkeys(_tradition(name) for name in tradition))
    first, last = _days(first_day, last_day)
    if rule not in RULES:
        raise BadInput(f"--rule should be one of {', '.join(RULES)}, not '{rule}'")
    try:
        where = _where(place, at, zone)
        chosen = method_named(method).name if method else None
        kept = [_kept(name, where, first, last, chosen, rule, shadow, candles) for name in named]
    except CalendarUnknown as error:
        raise BadInput(str(error)) from error
    free = public_holidays(where.country, first, last) if where.country else None
    speaker = voice(language)
    if as_json:
        asked = {"method": chosen, "rule": rule, "shadow": shadow, "candles": candles}
        print_json(_json(where, asked, first, last, kept, free, speaker))
        return
    _print(where, kept, free, speaker)


def _tradition(name: str) -> Tradition:
    if name not in TRADITIONS:
        raise BadInput(f"--tradition should be one of {', '.join(TRADITIONS)}, not '{name}'")
    return name


def _days(first: str, last: str | None) -> tuple[date, date]:
    found = []
    for option, text in (("--from", first), ("--to", last or first)):
        try:
            found.append(date.fromisoformat(text))
        except ValueError:
            raise BadInput(f"{option} should be a day of the calendar written YYYY-MM-DD, not '{text}'") from None
    if found[1] < found[0]:
        raise BadInput(f"--to is {found[1]}, before --from, {found[0]}; correct one")
    if (found[1] - found[0]).days >= MOST_DAYS:
        raise BadInput(f"from {found[0]} to {found[1]} are more than {MOST_DAYS} days; ask for fewer at once")
    return found[0], found[1]


def _where(place: str | None, at: str | None, zone: str | None) -> Where:
    """The place by its degrees or its town. Raises BadInput and CalendarUnknown."""
    if (place is None) == (at is None):
        raise BadInput("name the place once: with --place 'Oslo, NO', or with --at 59.9,10.7 and --zone Europe/Oslo")
    if zone is not None:
        zone_named(zone)
    if at is not None:
        try:
            latitude, longitude = (float(part) for part in at.split(","))
        except ValueError:
            raise BadInput(f"--at should be latitude and longitude in degrees, such as 59.9,10.7, not '{at}'") from None
        if zone is None:
            raise BadInput("--at needs --zone, an IANA name such as Europe/Oslo")
        return Where(latitude, longitude, zone)
    town, _, land = (place or "").rpartition(",")
    countries = load_countries()
    country = countries.find(land)
    known = countries.get(country) if country else None
    if not town.strip() or known is None:
        raise BadInput(f"--place should be a town and its country, such as 'Oslo, NO', not '{place}'")
    gazetteer = open_shelf(home(), date.today()).gazetteer
    towns = gazetteer.find(town.strip(), country) if gazetteer else ()
    if not towns:
        raise BadInput(f"no town '{town.strip()}' of {countries.name(known.alpha3)} is in the table of towns; give --at and --zone instead")
    found = zone or zone_of(known.alpha2, towns[0].latitude, towns[0].longitude)
    if found is None:
        raise BadInput(f"the time zone of '{place}' is not known; give --zone, an IANA name such as Europe/Oslo")
    return Where(towns[0].latitude, towns[0].longitude, found, known.alpha3)


def _kept(
    tradition: Tradition, where: Where, first: date, last: date, method: str | None, rule: Rule, shadow: int, candles: int
) -> Kept:  # fmt: skip
    beyond = None
    try:
        days = observances(tradition, first, last)
    except CalendarUnknown as error:
        days, beyond = (), str(error)
    hours = []
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        at = (where.latitude, where.longitude)
        found = windows(tradition, at, where.zone, day, method=method, rule=rule, shadow=shadow, candles=candles)
        # What began on the day before was told there.
        hours += [window for window in found if number == 0 or window.starts.date() == day]
    return Kept(tradition, days, tuple(hours), method or DEFAULT_METHOD.get(tradition) if tradition in DEFAULT_METHOD else None, beyond)


def _json(
    where: Where, asked: dict[str, Any], first: date, last: date, kept: list[Kept], free: tuple[Holiday, ...] | None, speaker: Voice
) -> dict[str, Any]:  # fmt: skip
    return {
        "format": "observances/1",
        "place": {"latitude": where.latitude, "longitude": where.longitude, "zone": where.zone, "country": where.country},
        "from": first.isoformat(),
        "to": last.isoformat(),
        "asked": asked,
        "traditions": [
            {
                "tradition": one.tradition,
                "name": speaker.word(_term("tradition", one.tradition)),
                "method": one.method,
                "days": [_period(period, speaker) for period in one.days],
                "beyond": one.beyond,
                "hours": [_window(window, speaker) for window in one.hours],
                "not_computed": [
                    {"term": item.term, "name": speaker.word(Term(term=item.term)), "ask": item.authority} for item in not_computed(one.tradition)
                ],
            }
            for one in kept
        ],
        "public_holidays": {
            "known": free is not None,
            "days": [{"day": holiday.day.isoformat(), "name": holiday.name} for holiday in free or ()],
        },
    }


def _period(period: ObservedPeriod, speaker: Voice) -> dict[str, Any]:
    return {
        "term": period.term,
        "name": speaker.word(Term(term=period.term)),
        "first": period.starts.isoformat(),
        "last": period.ends.isoformat(),
        "doubt_days": period.doubt_days,
        "authority": period.authority,
        "asks": period.asks,
        "hours": period.hours,
        "rest_days": [day.isoformat() for day in period.rest_days],
        "weekly": period.weekly,
    }


def _window(window: ObservedWindow, speaker: Voice) -> dict[str, Any]:
    return {
        "term": window.term,
        "name": speaker.word(Term(term=window.term)),
        "starts": window.starts.isoformat(),
        "ends": window.ends.isoformat(),
        "latest_start": window.latest_start.isoformat(),
        "minutes": window.minutes,
        "keeps": window.keeps,
        "flexible": window.flexible,
        "congregational": window.congregational,
        "rule": window.rule,
        "doubt_days": window.doubt_days,
        "sure": window.sure,
        "authority": window.authority,
    }


def _print(where: Where, kept: list[Kept], free: tuple[Holiday, ...] | None, speaker: Voice) -> None:
    for one in kept:
        by = f", hours by {one.method}" if one.method else ""
        name = speaker.word(_term("tradition", one.tradition))
        out.print(f"{name}, at {where.latitude:.4f}, {where.longitude:.4f} ({where.zone}){by}", markup=False)
        if one.days:
            _print_days(one, speaker)
        if one.beyond:
            out.print(f"Days unknown: {one.beyond}.", markup=False)
        if one.hours:
            _print_hours(one, speaker)
        for item in not_computed(one.tradition):
            asked = speaker.word(_term("authority", item.authority))
            out.print(f"Not computed: {speaker.word(Term(term=item.term))}. Ask {asked}.", markup=False)
        out.print()
    if where.country is not None:
        land = load_countries().name(where.country)
        if free is None:
            out.print(f"Public holidays of {land}: unknown for these days, which does not mean none. Ask the host.", markup=False)
        else:
            told = "; ".join(f"{holiday.day} {holiday.name}" for holiday in free)
            out.print(f"Public holidays of {land}: {told or 'none in these days'}.", markup=False)


def _print_days(one: Kept, speaker: Voice) -> None:
    table = Printed("First", "Last", "±", "What", "Asks", "Who decides", box=None, pad_edge=False)
    for period in one.days:
        words = (Term(term=period.term), _term("asks", period.asks), _term("authority", period.authority))
        table.add_row(period.starts.isoformat(), period.ends.isoformat(), str(period.doubt_days or ""), *(speaker.word(word) for word in words))
    print_table(table)


def _print_hours(one: Kept, speaker: Voice) -> None:
    table = Printed("Day", "From", "To", "What", "Keep free", "Found by", box=None, pad_edge=False)
    for window in one.hours:
        last = window.ends.strftime("%H:%M" if window.ends.date() == window.starts.date() else "%d %b %H:%M")
        table.add_row(
            window.starts.strftime("%a %Y-%m-%d"),
            window.starts.strftime("%H:%M"),
            last,
            speaker.word(Term(term=window.term)),
            _asks(window),
            speaker.word(_term("hours-by", window.rule)) + ("" if window.sure else " (if the day is decided otherwise)"),
        )
    print_table(table)


def _asks(window: ObservedWindow) -> str:
    """What a window asks, in a few words."""
    if window.keeps == "pause":
        return f"{window.minutes} min, by {window.latest_start:%H:%M}" if window.flexible else f"{window.minutes} min, at once"
    return {"all": "no work", "meals": "nothing is eaten", "foods": "fasting food", "music": "no music"}[window.keeps]


def _term(table: str, value: str) -> Term:
    return Term(term=f"{table}.{value.replace(' ', '-')}")
