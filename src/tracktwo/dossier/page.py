"""The dossier as one self-contained page: `dossier.html`, without scripts and without a single request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tracktwo.dossier.alternative import Alternative, alternative
from tracktwo.dossier.document import each_once
from tracktwo.dossier.figures import draw
from tracktwo.dossier.figures.svg import clean
from tracktwo.dossier.language import Span, Voice
from tracktwo.dossier.references import References, Source, Use
from tracktwo.model.exhibit import AnyExhibit, Section, Table
from tracktwo.model.finding import Finding, Kind, Listing, Message, Param, Severity, Term
from tracktwo.model.rows import CONSIDERATIONS, ROWS, Consideration
from tracktwo.record.gate import Released

TEMPLATES = Path(__file__).parent / "templates"
KINDS: tuple[Kind, ...] = ("known", "assumed", "conflicting", "unknown")
STANDING_OUT, OPEN_QUESTIONS = 5, 10
_WEIGHT: dict[Severity, int] = {"serious": 0, "warning": 1, "note": 2, "info": 3}
_LEAST_SCALE = 0.85
"""A figure shrinks to this part of its full size and then scrolls: its smallest words, eleven pixels, stay above nine."""


@dataclass(frozen=True)
class Statement:
    """A finding as it is shown in its first row."""

    id: str
    row: str
    finding: Finding
    words: Markup
    next_step: Markup | None
    ask: Markup | None
    decision: Markup | None
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Exhibit:
    """An exhibit as it is shown at its row: a drawn figure or none, and its table."""

    number: int
    table: bool
    title: Markup
    plain_title: str
    drawing: Markup | None
    least_width: int
    words: Alternative
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Row:
    """A question with its answers: statements shown here, statements shown elsewhere, exhibits."""

    id: str
    question: str
    statements: tuple[Statement, ...]
    elsewhere: tuple[Statement, ...]
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True)
class Part:
    """One consideration: its number, its words, how firmly it stands, its rows."""

    name: Consideration
    number: int
    title: str
    about: str
    kinds: tuple[tuple[Kind, int], ...]
    rows: tuple[Row, ...]

    @property
    def findings(self) -> int:
        return sum(count for _, count in self.kinds)


@dataclass(frozen=True)
class Page:
    """Everything that the templates show."""

    released: Released
    parts: tuple[Part, ...]
    standing_out: tuple[Statement, ...]
    more_standing_out: int
    open_questions: tuple[Statement, ...]
    more_open: int
    kinds: tuple[tuple[Kind, int], ...]
    sources: tuple[Source, ...]


def dossier_html(released: Released, voice: Voice) -> bytes:
    """`dossier.html` in UTF-8; the same input gives the same bytes. Raises MissingMessage."""
    page = _Builder(released, voice).page()
    hands = _Hands(voice)
    sides = dict(released.sides)
    text = (
        _templates()
        .get_template("dossier.html")
        .render(
            page=page,
            released=released,
            voice=voice,
            style=_style(),
            total=sum(count for _, count in page.kinds),
            side_names=sides.values(),
            sides_of=lambda person: (sides.get(side, side) for side in person.sides),
            listing=lambda items: Listing(items=tuple(items)),
            term=lambda table, value: Term(term=f"{table}.{value.replace(' ', '-')}"),
            t=hands.text,
            w=hands.param,
            s=hands.spans,
            link=hands.link,
            source_name=hands.source_name,
        )
    )
    return text.encode("utf-8")


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@lru_cache(maxsize=1)
def _style() -> Markup:
    return Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file


class _Hands:
    """What templates call: words of the catalogues, parameters, and links that can be trusted."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def text(self, code: str, **params: Param) -> Markup:
        """A message; with a dot in front it is one of the interface's pages: `.summary` is `interface.page.summary`."""
        full = f"interface.page{code}" if code.startswith(".") else code
        return self.spans(self._voice.spans(Message(code=full, params=params)))

    def param(self, param: Param) -> Markup:
        return self.spans(self._voice.param(param))

    def spans(self, spans: Iterable[Span]) -> Markup:
        """Pieces of a sentence as markup: words that people wrote keep their own direction."""
        return Markup("").join(Markup("<bdi>{}</bdi>").format(clean(span.text)) if span.spoken else escape(span.text) for span in spans)

    def link(self, url: str | None) -> str | None:
        """The address where it is one of the web, else None: no other kind of address becomes a link."""
        if url is None:
            return None
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        return url if parts.scheme in {"http", "https"} and parts.netloc else None

    def source_name(self, name: str) -> Markup:
        """The word for a source, or the name under which it was given."""
        return self.param(Term(term=f"source.{name}") if self._voice.knows(f"term.source.{name}") else name)


class _Builder:
    """Puts findings and exhibits at their rows and numbers what they rest on, in the order of reading."""

    def __init__(self, released: Released, voice: Voice) -> None:
        self._released, self._voice = released, voice
        self._hands = _Hands(voice)
        self._references = References()
        self._figures = {True: 0, False: 0}

    def page(self) -> Page:
        sections = {section.consideration: section for section in self._released.sections}
        findings = each_once(self._released.sections)
        shown = self._statements(findings, [exhibit for section in self._released.sections for exhibit in section.exhibits])
        parts = tuple(self._part(number, name, sections.get(name), shown) for number, name in enumerate(CONSIDERATIONS, 1))
        ordered = sorted(shown.values(), key=lambda statement: _WEIGHT[statement.finding.severity])
        loud = [statement for statement in ordered if statement.finding.severity in {"serious", "warning"}]
        still_open = [statement for statement in ordered if statement.finding.kind == "unknown"]
        return Page(
            released=self._released,
            parts=parts,
            standing_out=tuple(loud[:STANDING_OUT]),
            more_standing_out=max(len(loud) - STANDING_OUT, 0),
            open_questions=tuple(still_open[:OPEN_QUESTIONS]),
            more_open=max(len(still_open) - OPEN_QUESTIONS, 0),
            kinds=_count(findings),
            sources=self._references.sources(),
        )

    def _statements(self, findings: Sequence[Finding], exhibits: Sequence[AnyExhibit]) -> dict[str, Statement]:
        """Every finding in words, in reading order: by rows, and within a row as the consideration wrote it. Exhibits are numbered along."""
        self._exhibits: dict[str, list[Exhibit]] = {}
        statements: dict[str, Statement] = {}
        for row in (row for rows in ROWS.values() for row in rows):
            for finding in findings:
                if finding.rows[0] == row:
                    statements[finding.id] = self._statement(finding, row)
            self._exhibits[row] = [self._exhibit(exhibit) for exhibit in exhibits if exhibit.row == row]
        return statements

    def _statement(self, finding: Finding, row: str) -> Statement:
        return Statement(
            id=finding.id,
            row=row,
            finding=finding,
            words=self._hands.spans(self._voice.spans(finding.message)),
            next_step=self._hands.spans(self._voice.spans(finding.next_step)) if finding.next_step else None,
            ask=self._hands.param(Listing(items=finding.ask)) if finding.ask else None,
            decision=self._hands.param(finding.decision) if finding.decision else None,
            uses=self._references.use(finding.evidence),
        )

    def _exhibit(self, exhibit: AnyExhibit) -> Exhibit:
        table = isinstance(exhibit, Table)
        self._figures[table] += 1
        drawing = draw(exhibit, self._voice)
        return Exhibit(
            number=self._figures[table],
            table=table,
            title=self._hands.spans(self._voice.spans(exhibit.title)),
            plain_title=clean(self._voice.say(exhibit.title)),
            drawing=Markup(drawing.markup) if drawing else None,  # noqa: S704 - written by ElementTree, which escapes
            least_width=round(drawing.width * _LEAST_SCALE) if drawing else 0,
            words=alternative(exhibit, self._voice),
            uses=self._references.use(exhibit.evidence),
        )

    def _part(self, number: int, name: Consideration, section: Section | None, shown: dict[str, Statement]) -> Part:
        own = each_once([section]) if section else []
        return Part(
            name=name,
            number=number,
            title=self._voice.text(f"section.{name}"),
            about=self._voice.text(f"section.{name}.about"),
            kinds=_count(own),
            rows=tuple(self._row(row, shown) for row in ROWS[name]),
        )

    def _row(self, row: str, shown: dict[str, Statement]) -> Row:
        return Row(
            id=row,
            question=self._voice.text(f"row.{row}"),
            statements=tuple(statement for statement in shown.values() if statement.row == row),
            elsewhere=tuple(statement for statement in shown.values() if statement.row != row and row in statement.finding.rows),
            exhibits=tuple(self._exhibits[row]),
        )


def _count(findings: Iterable[Finding]) -> tuple[tuple[Kind, int], ...]:
    counts = Counter(finding.kind for finding in findings)
    return tuple((kind, counts[kind]) for kind in KINDS)
