"""The dossier as a flow of blocks, top to bottom: what paper has and a screen need not. PDF and DOCX draw the same flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from tracktwo.dossier.alternative import EMPTY, Alternative, Cell
from tracktwo.dossier.figures.svg import Svg
from tracktwo.dossier.language import Span, Voice
from tracktwo.dossier.reading import Exhibit, Part, Reading, Row, Statement, Words
from tracktwo.dossier.remarks import place_in, remark_on
from tracktwo.dossier.texts import DayOneText, day_one_texts
from tracktwo.model.exhibit import Programme, Table
from tracktwo.model.finding import Kind, Listing, Message, Param, Severity, Term
from tracktwo.record.gate import Released

LIMITS = ("people", "safety", "silence", "cause")
Style = Literal["body", "lead", "quiet", "banner", "names", "eyebrow", "answered-elsewhere"]


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 0 is the title of the dossier. `number` stands before it."""

    level: int
    words: Words
    number: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    words: Words
    style: Style = "body"


@dataclass(frozen=True)
class Facts:
    """Short facts, each with its label."""

    items: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True)
class Entry:
    """A finding: how firmly it stands, how loud it is, its sentence and what hangs on it. `row` is given where it stands away from its row."""

    kind: Kind
    severity: Severity
    marks: Words
    words: Words
    sources: tuple[int, ...]
    more: tuple[Words, ...]
    row: str = ""


@dataclass(frozen=True)
class Items:
    """A list; with `numbers`, each item has the number under which the text refers to it."""

    items: tuple[Words, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table with its caption; none where the heading above says enough."""

    words: Alternative
    caption: Words = ()
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A drawn figure with its caption and what it says in one sentence."""

    drawing: Svg
    caption: Words
    gist: Words
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Contents:
    """The table of contents."""

    title: Words


@dataclass(frozen=True)
class Blank:
    """A line to fill in by hand, with its label."""

    label: Words


FlowBlock = Heading | Paragraph | Facts | Entry | Items | Grid | Figure | Contents | Blank


def flow(reading: Reading, voice: Voice) -> tuple[FlowBlock, ...]:
    """Return the dossier as blocks. Raises MissingMessage."""
    return tuple(_Flow(reading, voice).blocks())


def text_flow(text: DayOneText, voice: Voice, *, level: int = 0, new_page: bool = False) -> Iterator[FlowBlock]:
    """Yield one of the texts for the first day, its title at `level`."""
    yield Heading(level, _say(voice, text.title), new_page=new_page)
    for kind, blocks in groupby(text.blocks, key=lambda block: block.kind):
        said = [_say(voice, block.message) for block in blocks]
        match kind:
            case "heading":
                yield from (Heading(level + 1, words) for words in said)
            case "paragraph":
                yield from (Paragraph(words) for words in said)
            case "item":
                yield Items(tuple(said))
            case "blank":
                yield from (Blank(words) for words in said)


def _say(voice: Voice, message: Message) -> Words:
    return tuple(voice.spans(message))


class _Flow:
    def __init__(self, reading: Reading, voice: Voice) -> None:
        self._reading, self._voice = reading, voice
        self._released: Released = reading.released
        self._colon, self._comma = (_say(voice, Message(code=f"interface.mark.{mark}")) for mark in ("colon", "comma"))

    def blocks(self) -> Iterator[FlowBlock]:
        yield from self._title()
        yield from self._summary()
        yield Contents(self._text("contents"))
        for part in self._reading.parts:
            yield from self._part(part)
        yield Heading(1, self._text("texts"), new_page=True)
        yield Paragraph(self._text("texts-about"), "quiet")
        for place, text in enumerate(day_one_texts(self._released)):
            yield from text_flow(text, self._voice, level=2, new_page=place > 0)
        yield from self._people()
        yield from self._sources()
        yield from self._limits()

    def _text(self, code: str, **params: Param) -> Words:
        return _say(self._voice, Message(code=f"interface.page.{code}", params=params))

    def _word(self, param: Param) -> Words:
        return tuple(self._voice.param(param))

    def _title(self) -> Iterator[FlowBlock]:
        released = self._released
        if released.names_people:
            yield Paragraph((*self._text("names"), _SPACE, *self._text("names-about")), "names")
        if released.fictional:
            yield Paragraph(self._text("fictional"), "banner")
        yield Paragraph(self._text("dossier"), "eyebrow")
        yield Heading(0, (Span(released.title, spoken=True),))
        for text, style in ((released.purpose, "lead"), (released.summary, "body")):
            if text:
                yield Paragraph((Span(text, spoken=True),), style)  # type: ignore[arg-type]
        sides: Param = Listing(items=tuple(name for _, name in released.sides))
        convenor = self._word(released.convenor) if released.convenor else self._text("no-convenor")
        yield Facts(
            (
                (self._text("convenor"), convenor),
                (self._text("sides"), self._word(sides)),
                (self._text("challenge"), self._word(term("challenge", released.challenge))),
                (self._text("as-of"), self._word(released.as_of)),
            )
        )
        if not released.names_people:
            yield Paragraph(self._text("codes"), "quiet")
        yield Paragraph(self._text("not-yet-read"), "quiet")

    def _summary(self) -> Iterator[FlowBlock]:
        reading = self._reading
        yield Heading(1, self._text("summary"))
        for statement in reading.standing_out:
            yield self._entry(statement, short=True)
        if reading.more_standing_out:
            yield Paragraph(self._text("more-stands-out", count=reading.more_standing_out), "quiet")
        if not reading.standing_out:
            yield Paragraph(self._text("nothing-stands-out"))
        yield Heading(2, self._text("how-much"))
        yield Grid(self._counts())
        yield Items(tuple((*self._word(term("kind", kind)), *self._colon, *self._text(f"kind.{kind}")) for kind, _ in reading.kinds))
        yield Heading(2, self._text("open"))
        for statement in reading.open_questions:
            yield self._entry(statement, short=True)
        if reading.more_open:
            yield Paragraph(self._text("more-open", count=reading.more_open), "quiet")
        if not reading.open_questions:
            yield Paragraph(self._text("nothing-open"))

    def _counts(self) -> Alternative:
        """How much is known, as a table: a line for each consideration, a column for each kind."""
        kinds = [kind for kind, _ in self._reading.kinds]
        header = (Cell(self._text("consideration")), *(Cell(self._word(term("kind", kind)), number=True) for kind in kinds))
        lines = tuple((Cell(_plain(part.title)), *(self._number(count) for _, count in part.kinds)) for part in self._reading.parts)
        return Alternative((), header, lines)

    def _number(self, count: int) -> Cell:
        return Cell(self._word(count), number=True)

    def _part(self, part: Part) -> Iterator[FlowBlock]:
        yield Heading(1, _plain(part.title), str(part.number), new_page=True)
        yield Paragraph(_plain(part.about), "quiet")
        for row in part.rows:
            yield from self._row(row)

    def _row(self, row: Row) -> Iterator[FlowBlock]:
        yield Heading(2, _plain(row.question), row.id)
        for statement in row.statements:
            yield self._entry(statement)
        for statement in row.elsewhere:
            yield Paragraph((*self._text("see", row=statement.row), _SPACE, *statement.words), "answered-elsewhere")
        if not row.statements and not row.elsewhere:
            yield Paragraph(self._text("no-answer", people=self._released.convenor or term("who", "convenor")), "answered-elsewhere")
        for exhibit in row.exhibits:
            yield from self._exhibit(exhibit)

    def _entry(self, statement: Statement, *, short: bool = False) -> Entry:
        finding = statement.finding
        marks = self._word(term("kind", finding.kind))
        if finding.severity != "info":
            marks = (*marks, Span(" · ", spoken=False), *self._word(term("severity", finding.severity)))
        more: list[Words] = []
        if statement.next_step and not short:
            more.append((*self._text("next-step"), *self._colon, *statement.next_step))
        people: Param = Listing(items=finding.ask)
        if finding.ask and finding.decision:
            more.append(self._text("ask-for", people=people, decision=finding.decision))
        elif finding.ask:
            more.append(self._text("ask-only", people=people))
        elif finding.decision:
            more.append(self._text("decides", decision=finding.decision))
        if finding.as_of != self._released.as_of and not short:
            more.append(self._text("speaks-for", date=finding.as_of))
        sources = () if short else tuple(use.number for use in statement.uses)
        return Entry(finding.kind, finding.severity, marks, statement.words, sources, tuple(more), statement.row if short else "")

    def _exhibit(self, exhibit: Exhibit) -> Iterator[FlowBlock]:
        label = self._text("table" if exhibit.table else "figure", number=exhibit.number)
        caption = (*label, *self._colon, *exhibit.title)
        sources = tuple(use.number for use in exhibit.uses)
        if exhibit.drawing is None:
            assert isinstance(exhibit.source, Table)
            yield Grid(exhibit.words, caption, sources)
            return
        yield Figure(exhibit.drawing, caption, exhibit.words.summary, sources)
        if isinstance(exhibit.source, Programme):
            yield Grid(exhibit.words)

    def _people(self) -> Iterator[FlowBlock]:
        released, voice = self._released, self._voice
        yield Heading(1, self._text("people"), new_page=True)
        if not released.people:
            yield Paragraph(self._text("no-people"))
            return
        yield Paragraph(self._text("people-named-about" if released.names_people else "people-about"), "quiet")
        named = [self._text("name")] if released.names_people else []
        header = [self._text("code"), *named, *(self._text(code) for code in ("kind-of-person", "sides", "role-in"))]
        sides = dict(released.sides)
        lines = []
        for person in released.people:
            kind = self._word(term("person", person.kind))
            if person.fictional:
                kind = (*kind, *self._comma, *self._text("fictional-person"))
            of = Listing(items=tuple(sides.get(side, side) for side in person.sides))
            line = [_plain(person.code), *([(Span(person.name or "–", spoken=True),)] if named else []), kind]
            lines.append((*line, tuple(voice.param(of)) if person.sides else EMPTY.spans, self._text("invited" if person.invited else "in-team")))
        yield Grid(_table(header, lines))

    def _sources(self) -> Iterator[FlowBlock]:
        yield Heading(1, self._text("sources"))
        if not self._reading.sources:
            yield Paragraph(self._text("no-sources"))
        items = []
        for source in self._reading.sources:
            item = source.evidence
            parts: list[Words] = [(Span(item.publisher, spoken=True),), (Span(item.dataset, spoken=True),)]
            parts += [self._text("version", version=item.version)] if item.version else []
            parts += [place_in(item, self._voice)] if item.locator else []
            parts += [(Span(item.url, spoken=True),)] if item.url else []
            parts.append(self._text("speaks-for", date=item.as_of))
            parts += [self._text("licence", licence=item.licence)] if item.licence else []
            items.append(tuple(span for n, part in enumerate(parts) for span in ((*self._comma, *part) if n else part)))
        yield Items(tuple(items), tuple(source.number for source in self._reading.sources))
        if self._released.sources:
            yield Heading(1, self._text("states"))
            yield Paragraph(self._text("states-about"), "quiet")
            yield Grid(self._states())

    def _states(self) -> Alternative:
        header = [self._text(code) for code in ("source", "state", "source-as-of", "source-rows", "source-reason")]
        lines = []
        for source in self._released.sources:
            origin = source.provenance
            known = self._voice.knows(f"term.source.{source.name}")
            name = self._word(Term(term=f"source.{source.name}") if known else source.name)
            reason = remark_on(source, self._released.as_of, self._voice) or EMPTY.spans
            as_of = self._word(origin.as_of) if origin else EMPTY.spans
            rows = self._word(source.rows) if source.rows is not None else EMPTY.spans
            lines.append((name, self._word(term("state", source.state)), as_of, rows, reason))
        return _table(header, lines)

    def _limits(self) -> Iterator[FlowBlock]:
        released, counts = self._released, dict(self._reading.kinds)
        yield Heading(1, self._text("limits"))
        limits = [self._text(f"limit.{limit}") for limit in LIMITS]
        limits.append(self._text("limit.age", date=released.as_of))
        limits.append(self._text("limit.unknown", findings=sum(counts.values()), unknown=counts["unknown"]))
        yield Items(tuple(limits))
        yield Paragraph(self._text("end", software=released.software, written=released.written, date=released.as_of), "quiet")


_SPACE = Span(" ", spoken=False)


def term(table: str, value: str) -> Term:
    """The word of a code table, as the considerations write it."""
    return Term(term=f"{table}.{value.replace(' ', '-')}")


def _plain(text: str) -> Words:
    return (Span(text, spoken=False),)


def _table(header: Iterable[Words], lines: Iterable[Iterable[Words]]) -> Alternative:
    return Alternative((), tuple(Cell(words) for words in header), tuple(tuple(Cell(words) for words in line) for line in lines))
