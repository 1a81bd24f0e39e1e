"""What a section shows beside its sentences: tables and figures, as data. The dossier draws them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tracktwo.model.base import Noun
from tracktwo.model.finding import Evidence, Finding, Message, Param, Term


class Exhibit(Noun):
    """Common to all exhibits: which row of the checklist it serves, its title, where its values come from."""

    row: str
    title: Message
    evidence: tuple[Evidence, ...] = ()
    personal: bool = False
    """True where the exhibit holds a person's legal or travel situation: released only with names."""


class Table(Exhibit):
    """A table: `header` and `cells` of parameters, one tuple a line. Every line is as long as the header."""

    type: Literal["table"] = "table"
    header: tuple[Message, ...]
    cells: tuple[tuple[Param, ...], ...]


class Series(Noun):
    """One line of a trend: values by year; None where the publisher has no value."""

    name: Param
    values: tuple[int | None, ...]


class Trend(Exhibit):
    """Values by year, stacked in the order given."""

    type: Literal["trend"] = "trend"
    years: tuple[int, ...]
    series: tuple[Series, ...]
    unit: Message


class Node(Noun):
    """A node of a graph: `group` is the side (None for nobody's), `shape` what kind of thing it is."""

    id: str
    label: Param
    group: str | None = None
    shape: Literal["party", "person", "organisation", "decision", "team"] = "organisation"


class Edge(Noun):
    """A relation between two nodes; `hostile` is drawn broken, `label` says what it is."""

    source: str
    target: str
    label: Param
    mutual: bool = True
    hostile: bool = False


class Graph(Exhibit):
    """The actor map: who is related to whom, and how."""

    type: Literal["graph"] = "graph"
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[tuple[str, Param], ...] = ()
    """Side ids and their names, in the order of the brief."""


class Link(Noun):
    """One link of a theory of change."""

    id: str
    if_: Param
    then: Param
    after: tuple[str, ...] = ()
    state: Literal["untested", "supported", "contradicted", "mixed"] = "untested"
    assumes: Param | None = None


class Theory(Exhibit):
    """The theory of change as linked if-then boxes."""

    type: Literal["theory"] = "theory"
    links: tuple[Link, ...]


class MonthOfMoney(Noun):
    """What is left at the end of a month, in whole units of the currency: firm money alone, and with promised money."""

    month: str
    firm: int
    promised: int
    meeting: int | None = None
    """Number of the round that is held in this month."""


class Runway(Exhibit):
    """Money month by month."""

    type: Literal["runway"] = "runway"
    currency: str
    months: tuple[MonthOfMoney, ...]
    ends: str | None = None


class Slot(Noun):
    """One item of a day: local start and end as HH:MM."""

    start: str
    end: str
    what: Param
    kind: Literal["session", "break", "meal", "culture", "observance", "team", "travel", "quiet"]
    stage: Term | None = None
    note: Message | None = None


class Day(Noun):
    """One day of the programme."""

    number: int
    date: str | None = None
    heading: Message | None = None
    slots: tuple[Slot, ...]


class Programme(Exhibit):
    """The first meeting, day by day."""

    type: Literal["programme"] = "programme"
    days: tuple[Day, ...]
    zone: str | None = None
    """IANA time zone of the times; None where the venue, and so its clock, is not known."""
    later: tuple[tuple[str, str], ...] = ()
    """First and last day of each later round, YYYY-MM-DD."""


class Point(Noun):
    """A point on the map; `weight` scales it (1 for a town)."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    label: Param | None = None
    kind: Literal["event", "venue", "place", "seat"]
    weight: float = 1


class PointsMap(Exhibit):
    """Points only, never borders."""

    type: Literal["points"] = "points"
    points: tuple[Point, ...]


AnyExhibit = Table | Trend | Graph | Theory | Runway | Programme | PointsMap


class Section(Noun):
    """One of the six considerations, answered."""

    consideration: Literal["assessment", "feasibility", "strategy", "process", "follow_up", "evaluation"]
    findings: tuple[Finding, ...]
    exhibits: tuple[AnyExhibit, ...] = ()
