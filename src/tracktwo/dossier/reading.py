"""The dossier in reading order: every row with its statements and exhibits in words, before any format draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracktwo.dossier.alternative import Alternative, alternative
from tracktwo.dossier.document import each_once
from tracktwo.dossier.figures import draw
from tracktwo.dossier.figures.svg import Svg
from tracktwo.dossier.language import Span, Voice
from tracktwo.dossier.references import References, Source, Use
from tracktwo.model.exhibit import AnyExhibit, Section, Table
from tracktwo.model.finding import Finding, Kind, Listing, Severity
from tracktwo.model.rows import CONSIDERATIONS, ROWS, Consideration
from tracktwo.record.gate import Released

KINDS: tuple[Kind, ...] = ("known", "assumed", "conflicting", "unknown")
STANDING_OUT, OPEN_QUESTIONS = 5, 10
_WEIGHT: dict[Severity, int] = {"serious": 0, "warning": 1, "note": 2, "info": 3}
Words = tuple[Span, ...]


@dataclass(frozen=True)
class Statement:
    """A finding as it is shown in its first row."""

    id: str
    row: str
    finding: Finding
    words: Words
    next_step: Words | None
    ask: Words | None
    decision: Words | None
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Exhibit:
    """An exhibit as it is shown at its row: a drawn figure or none, and its table. Figures and tables are numbered apart."""

    number: int
    table: bool
    title: Words
    drawing: Svg | None
    words: Alternative
    uses: tuple[Use, ...]
    source: AnyExhibit


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
class Reading:
    """Everything that a format shows, in the words of one language."""

    released: Released
    parts: tuple[Part, ...]
    standing_out: tuple[Statement, ...]
    more_standing_out: int
    open_questions: tuple[Statement, ...]
    more_open: int
    kinds: tuple[tuple[Kind, int], ...]
    sources: tuple[Source, ...]

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every exhibit, in reading order."""
        return tuple(exhibit for part in self.parts for row in part.rows for exhibit in row.exhibits)


def reading_of(released: Released, voice: Voice) -> Reading:
    """Return the released view in reading order. Raises MissingMessage."""
    return _Reader(released, voice).reading()


class _Reader:
    """Puts findings and exhibits at their rows and numbers what they rest on, in the order of reading."""

    def __init__(self, released: Released, voice: Voice) -> None:
        self._released, self._voice = released, voice
        self._references = References()
        self._figures = {True: 0, False: 0}

    def reading(self) -> Reading:
        sections = {section.consideration: section for section in self._released.sections}
        findings = each_once(self._released.sections)
        shown = self._statements(findings, [exhibit for section in self._released.sections for exhibit in section.exhibits])
        parts = tuple(self._part(number, name, sections.get(name), shown) for number, name in enumerate(CONSIDERATIONS, 1))
        ordered = sorted(shown.values(), key=lambda statement: _WEIGHT[statement.finding.severity])
        loud = [statement for statement in ordered if statement.finding.severity in {"serious", "warning"}]
        first = _one_of_each_row_first(loud)[:STANDING_OUT]
        still_open = [statement for statement in ordered if statement.finding.kind == "unknown"]
        return Reading(
            released=self._released,
            parts=parts,
            standing_out=tuple(statement for statement in loud if statement in first),
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
            words=tuple(self._voice.spans(finding.message)),
            next_step=tuple(self._voice.spans(finding.next_step)) if finding.next_step else None,
            ask=tuple(self._voice.param(Listing(items=finding.ask))) if finding.ask else None,
            decision=tuple(self._voice.param(finding.decision)) if finding.decision else None,
            uses=self._references.use(finding.evidence),
        )

    def _exhibit(self, exhibit: AnyExhibit) -> Exhibit:
        table = isinstance(exhibit, Table)
        self._figures[table] += 1
        return Exhibit(
            number=self._figures[table],
            table=table,
            title=tuple(self._voice.spans(exhibit.title)),
            drawing=draw(exhibit, self._voice),
            words=alternative(exhibit, self._voice),
            uses=self._references.use(exhibit.evidence),
            source=exhibit,
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


def _one_of_each_row_first(statements: Iterable[Statement]) -> list[Statement]:
    """Statements in order of severity, rearranged so that no question with many answers hides the others: of each severity the first of every
    row, then the second of every row, and so on."""
    seen: Counter[tuple[Severity, str]] = Counter()
    placed = []
    for statement in statements:
        key = (statement.finding.severity, statement.row)
        placed.append((_WEIGHT[statement.finding.severity], seen[key], statement))
        seen[key] += 1
    return [statement for _, _, statement in sorted(placed, key=lambda one: one[:2])]


def _count(findings: Iterable[Finding]) -> tuple[tuple[Kind, int], ...]:
    counts = Counter(finding.kind for finding in findings)
    return tuple((kind, counts[kind]) for kind in KINDS)
