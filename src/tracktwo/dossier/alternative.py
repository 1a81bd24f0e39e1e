"""The text alternative of every exhibit: one summary and one table, made from the same data as the figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tracktwo.dossier.language import Span, Voice
from tracktwo.model.exhibit import AnyExhibit, Edge, Graph, PointsMap, Programme, Runway, Slot, Table, Theory, Trend
from tracktwo.model.finding import Listing, Message, Money, Month, Param, Term

_PARTS = re.compile(r"\s+|(?<=[/\-–])(?!\d)")
"""Where a line may break."""
_GAP, _BOLD, _LINE = 2.0, 1.15, 108
"""In letters: the space that a column keeps from the next, a bold letter, and the longest line of a page in the smallest print of tables."""


@dataclass(frozen=True)
class Cell:
    """One cell: its words in pieces, whether it is a number (set at the end of its column), and what a spreadsheet can compute with."""

    spans: tuple[Span, ...]
    number: bool = False
    value: int | Decimal | date | None = None

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


EMPTY = Cell((Span("–", spoken=False),))
"""The cell of a value that nobody has."""


@dataclass(frozen=True)
class Alternative:
    """What a figure says without being seen: a summary, a header and lines, each line as long as the header."""

    summary: tuple[Span, ...]
    header: tuple[Cell, ...]
    lines: tuple[tuple[Cell, ...], ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """How wide each column is, in letters: at least its longest word, and more the more it holds while a line of the page has room."""
        least, wanted = [], []
        for place, head in enumerate(self.header):
            texts = [head.text, *(line[place].text for line in self.lines)]
            longest = max(len(part) for text in texts[1:] or [""] for part in _PARTS.split(text))
            heading = max(len(part) for part in _PARTS.split(head.text)) * _BOLD
            least.append(max(longest, heading) + (_GAP + _GAP if head.number else _GAP))
            wanted.append(max(least[-1], min(0.55 * sum(map(len, texts)) / len(texts), 60)))
        more = sum(wanted) - sum(least)
        room = min(1.0, max(0.0, (_LINE - sum(least)) / more)) if more else 0.0
        return tuple(round(few + room * (many - few), 1) for few, many in zip(least, wanted, strict=True))


def alternative(exhibit: AnyExhibit, voice: Voice) -> Alternative:
    """The alternative of an exhibit in the words of a voice. Raises MissingMessage."""
    teller = _Teller(voice)
    match exhibit:
        case Table():
            return teller.table(exhibit)
        case Trend():
            return teller.trend(exhibit)
        case Graph():
            return teller.graph(exhibit)
        case Theory():
            return teller.theory(exhibit)
        case Runway():
            return teller.runway(exhibit)
        case Programme():
            return teller.programme(exhibit)
        case PointsMap():
            return teller.points(exhibit)


def say(code: str, **params: Param) -> Message:
    """A message of the interface."""
    return Message(code=f"interface.{code}", params=params)


class _Teller:
    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def _cell(self, param: Param | None) -> Cell:
        if param is None:
            return EMPTY
        number = isinstance(param, int | Decimal | Money) and not isinstance(param, bool)
        worth = param.amount if isinstance(param, Money) else param
        value = worth if isinstance(worth, int | Decimal | date) and not isinstance(worth, bool) else None
        return Cell(tuple(self._voice.param(param)), number, value)

    def _made(self, summary: Message, header: Iterable[Param], lines: Iterable[Sequence[Param | None]]) -> Alternative:
        made = [[self._cell(param) for param in line] for line in lines]
        # An empty cell stands where the numbers of its column stand, and so does the head of the column.
        head = [self._cell(param) for param in header]
        numbers = [any(line[n].number for line in made) for n in range(len(head))]
        filled = tuple(tuple(replace(cell, number=numbers[n]) if cell == EMPTY else cell for n, cell in enumerate(line)) for line in made)
        return Alternative(tuple(self._voice.spans(summary)), tuple(replace(cell, number=numbers[n]) for n, cell in enumerate(head)), filled)

    def table(self, table: Table) -> Alternative:
        return self._made(say("table.summary", count=len(table.cells)), table.header, table.cells)

    def trend(self, trend: Trend) -> Alternative:
        many = len(trend.series) > 1
        names = [series.name for series in trend.series]
        lines: list[list[Param | None]] = []
        for number, year in enumerate(trend.years):
            values = [series.values[number] for series in trend.series]
            total = [None if all(value is None for value in values) else sum(value or 0 for value in values)] if many else []
            lines.append([str(year), *values, *total])
        sums = [(sum(series.values[n] or 0 for series in trend.series), -year) for n, year in enumerate(trend.years)]
        if not sums:
            return self._made(say("trend.empty", unit=trend.unit), [say("year"), *names], lines)
        peak, year = max(sums)
        summary = say("trend.summary", unit=trend.unit, first=str(trend.years[0]), last=str(trend.years[-1]), peak=peak, year=str(-year))
        return self._made(summary, [say("year"), *names, *([say("total")] if many else [])], lines)

    def graph(self, graph: Graph) -> Alternative:
        labels = {node.id: node.label for node in graph.nodes}
        sides = dict(graph.groups)
        lines: list[list[Param | None]] = []
        for node in graph.nodes:
            related = [_relation(edge, labels, edge.target) for edge in graph.edges if edge.source == node.id]
            related += [_relation(edge, labels, edge.source) for edge in graph.edges if edge.mutual and edge.target == node.id]
            side = sides.get(node.group, node.group) if node.group else say("graph.no-side")
            lines.append([node.label, side, Term(term=f"node.{node.shape}"), Listing(items=tuple(related)) if related else None])
        summary = say("graph.summary", actors=say("graph.actors", count=len(graph.nodes)), relations=say("graph.relations", count=len(graph.edges)))
        return self._made(summary, [say("graph.actor"), say("graph.side"), say("graph.what"), say("graph.related")], lines)

    def theory(self, theory: Theory) -> Alternative:
        untested = sum(link.state == "untested" for link in theory.links)
        summary = say("theory.summary", links=say("theory.links", count=len(theory.links)), untested=untested)
        header = [say("theory.link"), say("theory.if"), say("theory.then"), say("theory.after"), say("theory.assumes"), say("theory.state")]
        lines = [
            (link.id, link.if_, link.then, Listing(items=link.after) if link.after else None, link.assumes, Term(term=f"link.{link.state}"))
            for link in theory.links
        ]
        return self._made(summary, header, lines)

    def runway(self, runway: Runway) -> Alternative:
        ends = say("runway.ends", month=Month(month=runway.ends)) if runway.ends else say("runway.lasts")
        summary = say("runway.summary", count=len(runway.months), ends=ends)
        lines = [
            (
                Month(month=month.month),
                Money.model_validate({"amount": month.firm, "currency": runway.currency}),
                Money.model_validate({"amount": month.promised, "currency": runway.currency}),
                month.meeting,
            )
            for month in runway.months
        ]
        return self._made(summary, [say("month"), say("runway.firm"), say("runway.promised"), say("runway.round")], lines)

    def programme(self, programme: Programme) -> Alternative:
        lines = [
            (
                self._voice.text("interface.programme.day", number=day.number),
                f"{slot.start}–{slot.end}",
                slot.what,
                Term(term=f"slot.{slot.kind}"),
                _about(slot),
            )
            for day in programme.days
            for slot in day.slots
        ]
        header = [say("programme.when"), say("programme.time"), say("programme.what"), say("programme.kind"), say("programme.about")]
        return self._made(say("programme.summary", count=len(programme.days)), header, lines)

    def points(self, points: PointsMap) -> Alternative:
        named = [point for point in points.points if point.label is not None]
        unnamed = len(points.points) - len(named)
        lines: list[list[Param | None]] = [
            [point.label, Term(term=f"point.{point.kind}"), f"{point.latitude:.2f}", f"{point.longitude:.2f}"] for point in named
        ]
        if unnamed:
            lines.append([say("points.unnamed", count=unnamed), None, None, None])
        summary = say("points.summary", places=len(named), count=unnamed)
        return self._made(summary, [say("points.place"), say("points.what"), say("points.latitude"), say("points.longitude")], lines)


def _relation(edge: Edge, labels: dict[str, Param], other: str) -> Message:
    return say("graph.relation", relation=edge.label, other=labels.get(other, other))


def _about(slot: Slot) -> Param | None:
    if slot.stage is not None and slot.note is not None:
        return say("programme.stage-and-note", stage=slot.stage, note=slot.note)
    return slot.stage or slot.note
