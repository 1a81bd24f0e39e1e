"""Where the sides could meet: who can come, what it costs each of them, how safe and how neutral the ground is, and what the sides said of it.

There is no score. A place is looked at from six points, and stands in one of four classes for each: good, fair, poor, bad. What comes first is
what people have said: a place that a side refused stands behind every other, one that all accepted before every other. Then comes whether the
ground is a party's own, then how many people are lost altogether. Among places that are alike in that, the one whose weakest point is the least weak
stands first, then the one whose second weakest is, and so on (leximin): a place without visas that nobody reaches and that never hosted talks is
no good place. What is not known is never better than what is known to be fair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from tracktwo.model.world import EntryRule

Burden = Literal["none", "on arrival", "online", "embassy", "barred", "unknown"]
Bar = Literal["no admission", "exit ban", "transit barred", "travel ban", "arrest"]
"""Why somebody cannot come at all: hard bars. A listed traveller's ban has a committee that can exempt; until it has, it bars."""
Criterion = Literal["entry", "burden", "journey", "safety", "neutrality", "record"]
CRITERIA: tuple[Criterion, ...] = ("entry", "burden", "journey", "safety", "neutrality", "record")
Class = Literal[0, 1, 2, 3]
"""0 good, 1 fair, 2 poor, 3 bad."""

BURDEN: dict[str, Burden] = {
    "own country": "none",
    "visa free": "none",
    "visa on arrival": "on arrival",
    "electronic authorisation": "online",
    "e-visa": "online",
    "visa required": "embassy",
    "no admission": "barred",
    "unknown": "unknown",
}
_EASE = ("none", "on arrival", "online", "embassy", "unknown", "barred")
LEAD_DAYS: Mapping[Burden, int] = {"none": 0, "on arrival": 0, "online": 7, "embassy": 45}
"""Days to reckon with from the application to the paper in hand, where nobody has found out better: a planning figure of ours, not a promise."""
QUIET_DEATHS, VIOLENT_DEATHS = 25, 500
"""Deaths of organised violence in the years counted: under the first a country is called quiet, from the second on violent."""
FEW_TOWNS = 20
SPEED_KM_H, PER_JOURNEY_H = 750, 4
"""Speed on the great circle, and hours for the way to, through and from two airports: a figure to compare places with, no timetable."""


@dataclass(frozen=True)
class Traveller:
    """Somebody who would travel: a key and the passports held. The easiest passport counts."""

    key: str
    passports: tuple[str, ...]
    home: str | None = None
    """Alpha-3 of where the journey begins."""
    sides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stated:
    """What somebody found out about entry, exit or transit, with its day: it stands in place of the table."""

    rule: Literal["can enter", "visa", "no admission", "exit ban", "transit barred", "travel ban", "ask"]
    days: int | None
    as_of: date
    source: str


@dataclass(frozen=True)
class Journey:
    """What one traveller needs for one country: the easiest rule among the passports and its burden, or why the traveller cannot come."""

    traveller: str
    rule: EntryRule | None
    burden: Burden
    bars: tuple[Bar, ...] = ()
    days: int | None = None
    """Days to reckon with for the papers; None where nobody knows."""
    stated: Stated | None = None
    kilometres: int | None = None
    """Great circle from home to the capital, or to the venue where it is known."""

    @property
    def lost(self) -> bool:
        return bool(self.bars) or self.burden == "barred"

    @property
    def verdict(self) -> str:
        """One word for it: the hard bar, or the entry rule, or unknown."""
        if self.bars:
            return self.bars[0]
        if self.stated:
            return "ask" if self.stated.rule == "ask" else {"can enter": "visa free", "visa": "visa required"}.get(self.stated.rule, "unknown")
        return self.rule.entry if self.rule else "unknown"

    @property
    def as_of(self) -> date | None:
        """The day for which the verdict speaks."""
        if self.stated:
            return self.stated.as_of
        return self.rule.evidence.as_of if self.rule and self.rule.evidence else None

    @property
    def hours(self) -> float | None:
        """Hours on the great circle, one way; no timetable."""
        return None if self.kilometres is None else PER_JOURNEY_H * (self.kilometres > 0) + self.kilometres / SPEED_KM_H


@dataclass(frozen=True)
class Option:
    """A place to meet, with what was found about it. `deaths` are of organised violence in the years given; None is unknown."""

    country: str
    journeys: tuple[Journey, ...]
    deaths: int | None
    distance_km: int | None
    """Mean great-circle distance from the parties' places."""
    party_ground: bool
    """True where the country is a party's own, or where the challenge lies."""
    borders_a_party: bool
    precedents: tuple[str, ...]
    """Ids of past cases that met there."""
    counted: tuple[str, str] | None = None
    """The first and the last year of which deaths are counted."""
    city: str | None = None
    towns: int | None = None
    """Towns of over 5,000 people; None where no table is there."""
    hosted: int = 0
    """How many talks about somebody else's conflict are known to have met there."""
    violent_lately: bool = False
    """True where a year of the last ten was violent by `VIOLENT_DEATHS`."""
    before_council: bool = False
    """True where the Security Council has lately acted on the country under Chapter VII."""
    fought: bool = False
    """True where the state was a party to an armed conflict together with, or against, a state of the challenge."""
    close_to: tuple[str, ...] = ()
    """Sides or parties to which the host is allied, or with which it is at odds, by what is entered."""
    advice: tuple[tuple[str, int], ...] = ()
    """(Government, its step of 1 to 4) of travel advice, each written for that government's citizens."""
    accepted_by: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    """Sides that accept on a condition that nobody has met yet."""
    sides: int = 0
    """How many sides have to accept."""

    def count(self, *burdens: Burden) -> int:
        return sum(journey.burden in burdens and not journey.bars for journey in self.journeys)

    @property
    def lost(self) -> tuple[str, ...]:
        """Keys of those who cannot come at all."""
        return tuple(journey.traveller for journey in self.journeys if journey.lost)

    @property
    def answered(self) -> Literal["accepted", "partly", "nobody asked", "refused"]:
        """What the sides said of it."""
        if self.refused_by:
            return "refused"
        if self.sides and len(self.accepted_by) >= self.sides:
            return "accepted"
        return "partly" if self.accepted_by or self.conditions else "nobody asked"

    @property
    def worst_days(self) -> int | None:
        """The longest wait for papers among those who can come; None where somebody's is not known."""
        days = [journey.days for journey in self.journeys if not journey.lost]
        return None if None in days else max((one for one in days if one is not None), default=0)

    @property
    def worst_hours(self) -> float | None:
        """The longest journey; None where nobody's is known."""
        hours = [journey.hours for journey in self.journeys if journey.hours is not None]
        return max(hours, default=None)

    def classes(self) -> dict[Criterion, Class]:
        """The class of the place from each point of view."""
        return {
            "entry": _entry(self), "burden": _burden(self), "journey": _journey(self), "safety": _safety(self), "neutrality": _neutrality(self),
            "record": _record(self),
        }  # fmt: skip

    @property
    def weakest(self) -> tuple[Criterion, ...]:
        """The points from which the place looks worst; none where it looks good from all."""
        classes = self.classes()
        worst = max(classes.values())
        return tuple(name for name in CRITERIA if classes[name] == worst) if worst else ()


def _entry(option: Option) -> Class:
    """From how many people ask an embassy."""
    total = max(len(option.journeys), 1)
    asking = option.count("embassy", "unknown")
    if asking == 0:
        return 0 if option.count("online") == 0 else 1
    return 1 if asking * 4 <= total else 2 if asking * 4 <= total * 3 else 3


def _burden(option: Option) -> Class:
    """From the longest wait of one person."""
    days = option.worst_days
    return 2 if days is None else 0 if days <= 3 else 1 if days <= 21 else 2 if days <= 60 else 3


def _journey(option: Option) -> Class:
    """From the longest journey of one person."""
    hours = option.worst_hours
    if hours is None:
        hours = None if option.distance_km is None else PER_JOURNEY_H + option.distance_km / SPEED_KM_H
    return 2 if hours is None else 0 if hours <= 6 else 1 if hours <= 10 else 2 if hours <= 16 else 3


def _safety(option: Option) -> Class:
    """From violence counted, the strictest advice and what the Security Council acts on.

    Surveillance, exposure to arrest and the rest are for people to weigh, and are shown.
    """
    step = max((step for _, step in option.advice), default=0)
    if (option.deaths or 0) >= VIOLENT_DEATHS or step == 4:
        return 3
    if (option.deaths or 0) >= QUIET_DEATHS or step == 3 or option.before_council:
        return 2
    return 2 if option.deaths is None else 1 if step == 2 or option.violent_lately else 0


def _record(option: Option) -> Class:
    """From talks that are known to have met there. Where none are, a country with hardly a town is a postcard, not a host."""
    known = option.hosted + len(option.precedents)
    if known:
        return 0 if known >= 3 else 1
    return 3 if option.towns is not None and option.towns < FEW_TOWNS else 2


def _neutrality(option: Option) -> Class:
    if option.party_ground:
        return 3
    return 2 if option.fought or option.close_to else 1 if option.borders_a_party else 0


def journey(
    traveller: Traveller,
    rules: Sequence[EntryRule],
    *,
    stated: Sequence[Stated] = (),
    bars: Sequence[Bar] = (),
    kilometres: int | None = None,
) -> Journey:
    """The easiest of the rules, one for each passport of the traveller; unknown where there is none.

    `stated` is what somebody found out for this traveller and place, the newest first: the first ruling on entry stands in place of the table,
    and every ban bars. `bars` are found elsewhere: a warrant that is entered, a listed traveller's ban.
    """
    hard: list[Bar] = list(dict.fromkeys([*_bans(stated), *bars]))
    own = next((one for one in stated if one.rule in ("can enter", "visa", "no admission", "ask")), None)
    if own is not None and own.rule == "no admission":
        hard.append("no admission")
    best = min(rules, key=lambda rule: (_EASE.index(BURDEN[rule.entry]), rule.passport), default=None)
    if own is not None:
        burden: Burden = {"can enter": "none", "visa": "embassy", "ask": "unknown", "no admission": "barred"}[own.rule]  # type: ignore[assignment]
        days = own.days if own.days is not None else LEAD_DAYS.get(burden)
    else:
        burden = BURDEN[best.entry] if best else "unknown"
        days = LEAD_DAYS.get(burden)
        if burden == "barred":
            hard.append("no admission")
    return Journey(traveller.key, best, burden, tuple(dict.fromkeys(hard)), days, own, kilometres)


def _bans(stated: Sequence[Stated]) -> Iterator[Bar]:
    for one in stated:
        if one.rule in ("exit ban", "transit barred", "travel ban"):
            yield one.rule


def shortlist(options: Sequence[Option], limit: int) -> tuple[Option, ...]:
    """The options in order, at most `limit`."""
    return tuple(sorted(options, key=_order)[:limit])


def best(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options that no other equals or beats from every point and beats from one (Pareto): each of them has something for it.

    What is compared is finer than the classes: the people lost, the exact days, hours and deaths. O(n²).
    """
    seen = [(option, _points(option)) for option in options]
    return tuple(option for option, points in seen if not any(_beats(other, points) for _, other in seen))


def _points(option: Option) -> tuple[float, ...]:
    classes = option.classes()
    days, hours = option.worst_days, option.worst_hours
    return (
        len(option.lost), classes["entry"], 10_000 if days is None else days, 100.0 if hours is None else round(hours),
        classes["safety"], classes["neutrality"], classes["record"],
    )  # fmt: skip


def _beats(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one != other and all(a <= b for a, b in zip(one, other, strict=True))


def trade_off(option: Option, other: Option) -> tuple[tuple[Criterion, ...], tuple[Criterion, ...]]:
    """From which points `other` is better than `option`, and from which worse."""
    mine, theirs = option.classes(), other.classes()
    return tuple(name for name in CRITERIA if theirs[name] < mine[name]), tuple(name for name in CRITERIA if theirs[name] > mine[name])


@dataclass(frozen=True)
class Waiver:
    """What one waiver would change: with the traveller's papers in hand the place would stand at `rank` among the options instead of at `before`."""

    country: str
    traveller: str
    before: int
    rank: int
    regained: bool
    """True where the traveller could not come at all before."""


def waivers(options: Sequence[Option], among: Sequence[Option]) -> tuple[Waiver, ...]:
    """For each of `options` the one waiver of entry or papers that moves it up furthest among `among`; none where none moves it.

    Only entry can be waived by a host: an exit ban, a warrant or a party's own ground cannot. O(options × travellers × among).
    """
    keys = {option.country: _order(option) for option in among}
    found = []
    for option in options:
        others = [key for country, key in keys.items() if country != option.country]
        own = _order(option)
        before = 1 + sum(key < own for key in others)
        tried = []
        for number, item in enumerate(option.journeys):
            rest = tuple(bar for bar in item.bars if bar not in ("no admission", "transit barred", "travel ban"))
            if rest or (not item.bars and item.burden in ("none", "on arrival")):
                continue
            waived = replace(item, burden="none", bars=(), days=0, stated=None)
            changed = replace(option, journeys=(*option.journeys[:number], waived, *option.journeys[number + 1 :]))
            then = _order(changed)
            tried.append(Waiver(option.country, item.traveller, before, 1 + sum(key < then for key in others), item.lost))
        better = [one for one in tried if one.rank < before or one.regained]
        if better:
            found.append(min(better, key=lambda one: (one.rank, not one.regained, one.traveller)))
    return tuple(found)


def _order(option: Option) -> tuple[object, ...]:
    classes = option.classes()
    papers = sum({"none": 0, "on arrival": 1, "online": 2, "embassy": 4, "unknown": 4, "barred": 20}[j.burden] for j in option.journeys)
    distance = option.distance_km if option.distance_km is not None else 20_000
    return (
        ("accepted", "partly", "nobody asked", "refused").index(option.answered),
        option.party_ground,
        len(option.lost),
        tuple(sorted(classes.values(), reverse=True)),
        -min(len(option.precedents), 1),
        -min(option.hosted, 3),
        distance // 1500,
        papers,
        distance,
        option.country,
    )
