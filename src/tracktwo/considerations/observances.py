"""Process design, continued: what the traditions that somebody named keep during the rounds, how surely, and who decides the days (row D9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.methods.arc import Round
from tracktwo.model.finding import Finding
from tracktwo.sources.calendars import CalendarUnknown, ObservedPeriod, Tradition, not_computed
from tracktwo.sources.calendars import observances as observed
from tracktwo.sources.traditions import TRADITIONS

MUSLIM: frozenset[Tradition] = frozenset({"islam", "islam-sunni", "islam-shia"})
_WORDS: dict[str, Tradition] = {
    "islam": "islam", "muslim": "islam", "sunni": "islam-sunni", "shia": "islam-shia", "shiite": "islam-shia",
    "western christian": "western christian", "catholic": "christian-catholic", "protestant": "christian-protestant",
    "adventist": "christian-adventist", "eastern christian": "eastern christian", "orthodox": "christian-orthodox", "coptic": "christian-oriental",
    "ethiopian orthodox": "christian-oriental", "armenian apostolic": "christian-oriental", "syriac orthodox": "christian-oriental",
    "judaism": "judaism", "jewish": "judaism", "jew": "judaism", "hindu": "hindu", "hinduism": "hindu", "buddhist": "buddhist",
    "buddhism": "buddhist", "sikh": "sikh", "sikhism": "sikh", "bahai": "bahai", "baha'i": "bahai", "bahá'í": "bahai",
    "zoroastrian": "zoroastrian", "parsi": "zoroastrian",
}  # fmt: skip
"""Words in which people name what they keep → tradition; anything else is asked about, never guessed."""


def traditions(q: Inquiry) -> tuple[Tradition, ...]:
    """Traditions that somebody named, for a side or a person; never guessed from a country or a name."""
    named: set[str] = {item.tradition for item in q.initiative.observances}
    for member in q.initiative.members:
        named |= read(member.person.observance or "")
    return tuple(name for name in TRADITIONS if name in named)


def read(said: str) -> set[Tradition]:
    """The traditions that a person's own words name. An Orthodox Jew or a Coptic Orthodox is not of the Byzantine year."""
    plain = " ".join(said.casefold().replace("’", "'").split())
    found = {tradition for word, tradition in _WORDS.items() if re.search(rf"(?<![\w']){re.escape(word)}s?(?![\w'])", plain)}
    return found - {"christian-orthodox"} if {"judaism", "christian-oriental"} & found else found


def findings(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """D9: the days of worship, fast and rest that fall into the rounds; and what no calendar here can give, with who can."""
    named = traditions(q)
    if not named and not q.initiative.observances:
        yield q.unknown("observances.none", "D9", q.each_side(), "programme", sides=q.side_names(), places=q.place_names())
    for tradition in named:
        yield from _unknown(q, arc, tradition)
    for item in arc:
        told: set[tuple[str, date]] = set()
        for tradition in named:
            yield from _during(q, item, tradition, told)
    for other in q.initiative.observances:
        if other.tradition == "other":
            side = q.initiative.side(other.side) if other.side else None
            note = other.note or msg("observances.no-note")
            ask = q.of_side(side) if side else q.each_side()
            whom = side.name if side else q.side_names()
            yield q.unknown("observances.other", "D9", ask, "dates", evidence=q.said(other), note=note, sides=whom)


def _unknown(q: Inquiry, arc: tuple[Round, ...], tradition: Tradition) -> Iterator[Finding]:
    """Rounds that no calendar reaches, and days that none can compute: asked, and never taken for free."""
    undated = [item for item in arc if not _dated(tradition, item)]
    name = term("tradition", tradition)
    if undated:
        yield q.unknown("observances.undated", "D9", q.each_side(), "dates", tradition=name, first=undated[0].starts, count=len(undated))
    missing = not_computed(tradition)
    if missing and arc:
        yield q.unknown(
            "observances.not-computed",
            "D9",
            q.each_side(),
            "dates",
            tradition=name,
            items=listing(term("observance", one.term.removeprefix("observance.")) for one in missing),
            authority=listing(term("authority", one.authority) for one in missing),
        )


def _during(q: Inquiry, item: Round, tradition: Tradition, told: set[tuple[str, date]]) -> Iterator[Finding]:
    """What of a tradition falls into a round, but for what another tradition has told of it already."""
    for period in periods(tradition, item.starts, item.ends):
        if (period.term, period.starts) in told:
            continue
        told.add((period.term, period.starts))
        more = {} if period.weekly else {"authority": term("authority", period.authority)}
        yield q.assumed(
            "observances.weekly" if period.weekly else "observances.falls" if period.doubt_days else "observances.falls-fixed",
            "D9",
            severity="info" if period.weekly else "note" if period.asks in _COLOURING else "warning",
            round=item.number,
            observance=term("observance", period.term.removeprefix("observance.")),
            first=max(period.starts, item.starts),
            last=min(period.ends, item.ends),
            **more,
            **({"doubt": period.doubt_days} if period.doubt_days and not period.weekly else {}),
            next_step=None if period.weekly else msg("observances.move-or-adapt", round=item.number),
            decision="dates",
        )


_COLOURING = ("season", "food")
"""What colours the days without closing them."""


def _dated(tradition: Tradition, item: Round) -> bool:
    """False where no calendar here reaches the round."""
    try:
        observed(tradition, item.starts, item.ends)
    except CalendarUnknown:
        return False
    return True


def periods(tradition: Tradition, first: date, last: date) -> tuple[ObservedPeriod, ...]:
    """The periods of a tradition that touch these days; none where its calendar does not reach them, which `findings` asks about."""
    try:
        return observed(tradition, first, last)
    except CalendarUnknown:
        return ()
