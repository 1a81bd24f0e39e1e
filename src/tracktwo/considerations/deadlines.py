"""Feasibility, continued: what has to be asked for before the first meeting, of whom, by whom and by when (rows B3, B6 and B12, told at B9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tracktwo.considerations.bars import tasks
from tracktwo.considerations.data_protection import retention
from tracktwo.considerations.inquiry import Inquiry, msg, term
from tracktwo.considerations.law import Legal
from tracktwo.considerations.places import Places
from tracktwo.methods.arc import Round
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Param

Line = tuple[date | None, Param, Param]


def exhibits(q: Inquiry, legal: Legal, places: Places, arc: tuple[Round, ...]) -> Iterator[AnyExhibit]:
    """One table, the earliest day first; what has no published time stands before everything, for it has to be asked at once."""
    lines: list[Line] = [
        (task.latest, msg("deadline.exemption", what=task.what, authority=task.authority, rule=task.rule), task.owner) for task in tasks(legal)
    ]
    if arc:
        lines += _papers(places, arc)
    lines += [(kept.due, msg("deadline.delete", what=term("held", kept.what)), q.team("logistics")) for kept in retention(q, arc) if kept.own]
    if lines:
        unknown = term("deadline", "at-once")
        ordered = sorted(lines, key=lambda line: (line[0] is not None, line[0] or date.max))
        yield Table(
            row="B9",
            title=msg("table.deadlines"),
            evidence=(legal.law.provenance.evidence(),),
            header=tuple(msg(f"column.{name}") for name in ("by-day", "what-to-do", "who-does")),
            cells=tuple((day or unknown, what, owner) for day, what, owner in ordered),
        )


def _papers(places: Places, arc: tuple[Round, ...]) -> Iterator[Line]:
    """For each proposed country by when the last papers are applied for, and for how many people; whose they are, is for the table of people."""
    for option in places.proposed:
        waiting = [item.days for item in option.journeys if not item.lost and item.burden in ("embassy", "online") and item.days]
        if waiting:
            day = arc[0].starts - timedelta(days=max(waiting))
            yield day, msg("deadline.papers", country=CountryRef(country=option.country), count=len(waiting)), term("who", "travellers")
