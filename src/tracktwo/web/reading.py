"""What the considerations found, as the pages show it: in words and figures of the reader's language, with what templates need to draw it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from tracktwo.dossier.figures.svg import Svg
from tracktwo.dossier.language import Voice
from tracktwo.dossier.page import web_address
from tracktwo.dossier.reading import Exhibit, Reading, Statement, Words, reading_of
from tracktwo.dossier.remarks import place_in
from tracktwo.model.finding import Listing, Message
from tracktwo.model.rows import ROWS
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.findings import Outlook, outlook
from tracktwo.web.typesetting import FindingHands

LONGEST = 400
"""Letters of an enumeration within a sentence; a longer one stands below it, item by item."""
LENGTHY, MANY = frozenset({"table.rules"}), 15
"""Tables that are closed at first: those whose cells hold whole texts, and those of more lines."""
_WEIGHT = {"serious": 0, "warning": 1, "note": 2, "info": 3}
_PART = {row: name for name, rows in ROWS.items() for row in rows}


@dataclass(frozen=True)
class Page:
    """The findings for one page; without them while they are being worked out."""

    desk: Desk
    voice: Voice
    outlook: Outlook

    @cached_property
    def spoken(self) -> Voice:
        """The voice that calls countries as the initiative agreed."""
        released = self.outlook.released
        return self.voice.calling(released.names) if released else self.voice

    @cached_property
    def reading(self) -> Reading | None:
        return reading_of(self.outlook.released, self.spoken) if self.outlook.released else None

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every finding, in reading order."""
        return tuple(one for part in self.reading.parts for row in part.rows for one in row.statements) if self.reading else ()

    @property
    def by_severity(self) -> list[Statement]:
        """Every finding, the serious ones first."""
        return sorted(self.statements, key=lambda one: _WEIGHT[one.finding.severity])

    @property
    def context(self) -> dict[str, Any]:
        """What a template needs to show them."""
        standing = self.outlook.standing
        hands = FindingHands(self.spoken, "interface.web")
        return {
            **hands_of(self.spoken),
            "outlook": self.outlook,
            "fault": standing.fault if standing else None,
            "reading": self.reading,
            "released": self.outlook.released,
            "where": self.where,
            "link": web_address,
            "drawn": drawn,
            "place_in": lambda evidence: hands.spans(place_in(evidence, self.spoken)),
        }

    def where(self, row: str) -> str:
        """The address of the page on which a row stands."""
        return reverse("consideration", kwargs={"tag": self.desk.tag, "part": _PART[row].replace("_", "-")})


def hands_of(spoken: Voice) -> dict[str, Any]:
    """What the templates of findings call to show them in a language."""
    hands = FindingHands(spoken, "interface.web")
    return {
        "t": hands.text,
        "w": hands.param,
        "s": hands.spans,
        "message": hands.message,
        "unrolled": lambda statement: unrolled(statement, spoken),
        "folded": folded,
    }


def unrolled(statement: Statement, spoken: Voice) -> tuple[Words, tuple[Words, ...]]:
    """A statement, and of its enumerations the one that is too long for a sentence, item by item, if there is one."""
    said = statement.finding.message
    for name, param in said.params.items():
        if isinstance(param, Listing) and len(spoken.word(param)) > LONGEST:
            below = Message(code="interface.web.considerations.below", params={"count": len(param.items)})
            words = spoken.spans(said.model_copy(update={"params": {**said.params, name: below}}))
            return tuple(words), tuple(tuple(spoken.param(item)) for item in param.items)
    return statement.words, ()


def folded(exhibit: Exhibit) -> bool:
    """Whether a table is closed until somebody opens it: it would drown what stands around it."""
    return exhibit.table and (exhibit.source.title.code in LENGTHY or len(exhibit.words.lines) > MANY)


def page_of(asked: Asked, desk: Desk) -> Page:
    """The findings as of today, for a page in the reader's language."""
    return Page(desk, asked.voice, outlook(asked, desk))


def drawn(drawing: Svg) -> Markup:
    """A figure as markup: it is written by ElementTree, which escapes, and has presentation attributes only."""
    return Markup(drawing.markup)  # noqa: S704
