"""The dossier as a document to go on writing in: `dossier.docx`, with real headings, captions, tables and right-to-left paragraphs."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from tracktwo.dossier.figures.svg import clean
from tracktwo.dossier.flow import Blank, Contents, Entry, Facts, Figure, FlowBlock, Grid, Heading, Items, Paragraph, flow
from tracktwo.dossier.language import Span, Voice, direction_of
from tracktwo.dossier.ooxml import begin_field, bookmark, child, end_field, field, link_to, put_in_order, thin_borders
from tracktwo.dossier.pdf import pictures
from tracktwo.dossier.reading import Reading, Words
from tracktwo.dossier.zipped import settled

_LATIN, _COMPLEX = "Calibri", "Arial"
"""Fonts that word processors have or know how to replace."""
_INK, _SOFT, _ALERT = RGBColor(0x1C, 0x20, 0x24), RGBColor(0x56, 0x5D, 0x66), RGBColor(0xA8, 0x32, 0x00)
_KINDS = {"known": "1D6B45", "assumed": "6B5200", "unknown": "1F5A94", "conflicting": "8A2F5B"}
_WIDTH = Cm(16.6)
_TALLEST = Cm(21)
_WIDE, _SMALL = 80, Pt(7)
"""Letters across which a table is set in small print, so that no word and no year is broken."""
_LONGEST_PROPERTY = 255
_LOCALES = {"en": ("en-GB", "ar-SA"), "fr": ("fr-FR", "ar-SA"), "ar": ("en-GB", "ar-SA")}
_STYLES = {"lead": "Subtitle", "quiet": "Quiet", "eyebrow": "Quiet", "banner": "Notice", "names": "Notice", "answered-elsewhere": "Quiet"}


def dossier_docx(reading: Reading, voice: Voice) -> bytes:
    """`dossier.docx`; the same input gives the same bytes. Raises MissingMessage."""
    released = reading.released
    running = voice.text("interface.page.names-short") if released.names_people else ""
    return document(flow(reading, voice), voice, title=released.title, running=running, day=released.as_of)


def document(blocks: Iterable[FlowBlock], voice: Voice, *, title: str, running: str, day: date) -> bytes:
    """Blocks as a Word document on A4. `running` stands at the head of every page, `day` is the date that the file carries."""
    return _Writer(voice, title, running, day).write(tuple(blocks))


class _Writer:
    def __init__(self, voice: Voice, title: str, running: str, day: date) -> None:
        self._voice, self._rtl = voice, voice.direction == "rtl"
        self._doc: Document = docx.Document()
        self._marks = 0
        self._title(title, day)
        self._styles()
        self._ids: dict[str, str] = {str(style.name): style.style_id for style in self._doc.styles}
        self._page(title, running)

    def write(self, blocks: Sequence[FlowBlock]) -> bytes:
        figures = [block for block in blocks if isinstance(block, Figure)]
        drawn = iter(pictures([figure.drawing for figure in figures]))
        headings = [block for block in blocks if isinstance(block, Heading) and 1 <= block.level <= 2]
        for block in blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    self._words(self._turned(self._paragraph(_STYLES.get(block.style, "Normal")), block.words), block.words)
                case Facts():
                    self._facts(block)
                case Entry():
                    self._entry(block)
                case Items():
                    self._items(block)
                case Grid():
                    self._grid(block)
                case Figure():
                    self._figure(block, next(drawn))
                case Contents():
                    self._contents(block, headings)
                case Blank():
                    self._blank(block)
        stream = io.BytesIO()
        self._doc.save(stream)
        return settled(stream.getvalue())

    # -- the document -----------------------------------------------------------------------------------------------

    def _title(self, title: str, day: date) -> None:
        properties = self._doc.core_properties
        properties.title = clean(title)[:_LONGEST_PROPERTY]
        properties.author, properties.comments, properties.last_modified_by = "", "", ""
        properties.language = self._voice.language
        properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
        properties.revision = 1

    def _styles(self) -> None:
        styles = self._doc.styles
        for name, size, colour in (("Quiet", 9, _SOFT), ("Notice", 10, _ALERT), ("Finding", 10.5, _INK), ("Mark", 8.5, _SOFT), ("Cell", 8.5, _INK)):
            style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.font.size, style.font.color.rgb = Pt(size), colour
        sizes = {"Normal": 10.5, "Title": 24, "Subtitle": 13, "Heading 1": 18, "Heading 2": 13, "Heading 3": 11, "Caption": 9.5}
        for name, points in sizes.items():
            style = styles[name]
            style.font.size, style.font.color.rgb = Pt(points), _INK
            style.font.italic = False
        for name in (*sizes, "Quiet", "Notice", "Finding", "Mark", "Cell", "List Bullet"):
            self._style(styles[name])
        spacing = {
            "Normal": (0, 6),
            "Finding": (0, 2),
            "Mark": (6, 0),
            "Cell": (1, 1),
            "Heading 1": (18, 8),
            "Heading 2": (14, 5),
            "Caption": (10, 4),
        }
        for name, (before, after) in spacing.items():
            styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(before), Pt(after)
        for name in ("Caption", "Mark"):
            styles[name].paragraph_format.keep_with_next = True

    def _style(self, style: Any) -> None:
        """Fonts of both kinds, language and direction: a style says them once, so that new paragraphs follow."""
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        if fonts is None:
            fonts = OxmlElement("w:rFonts")
            properties.insert(0, fonts)
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for kind, font in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _COMPLEX), ("eastAsia", _LATIN)):
            fonts.set(qn(f"w:{kind}"), font)
        size = style.font.size
        if size is not None:
            child(properties, "w:szCs", val=str(int(size.pt * 2)))
        if style.font.bold:
            child(properties, "w:bCs")
        latin, complex_ = _LOCALES.get(self._voice.language, (self._voice.language, "ar-SA"))
        child(properties, "w:lang", val=latin, bidi=complex_)
        if self._rtl:
            paragraph = style.element.get_or_add_pPr()
            if paragraph.find(qn("w:bidi")) is None:
                put_in_order(paragraph, "w:bidi")

    def _page(self, title: str, running: str) -> None:
        section = self._doc.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2.2)
        if self._rtl:
            child(section._sectPr, "w:bidi")
        if running:
            head = section.header.paragraphs[0]
            self._styled(head, "Notice")
            head.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._words(head, (Span(running, spoken=False),), bold=True)
        foot = section.footer.paragraphs[0]
        self._styled(foot, "Quiet")
        self._words(foot, (Span(title, spoken=True), Span(" · ", spoken=False)))
        field(foot, "PAGE", "1")
        self._words(foot, (Span(" / ", spoken=False),))
        field(foot, "NUMPAGES", "1")

    # -- blocks -----------------------------------------------------------------------------------------------------

    def _paragraph(self, style: str) -> WordParagraph:
        return self._styled(self._doc.add_paragraph(), style)

    def _styled(self, paragraph: WordParagraph, style: str) -> WordParagraph:
        """Give a style by its id: looking each name up anew takes longer than all the rest."""
        paragraph._p.style = self._ids[style]
        return paragraph

    def _heading(self, heading: Heading) -> None:
        paragraph = self._paragraph("Title" if heading.level == 0 else f"Heading {heading.level}")
        paragraph.paragraph_format.page_break_before = heading.new_page
        number = (Span(f"{heading.number}\u2002", spoken=False),) if heading.number else ()
        self._words(self._turned(paragraph, heading.words), (*number, *heading.words))
        if 1 <= heading.level <= 2:
            bookmark(paragraph, _anchor(heading), self._next())

    def _turned(self, paragraph: WordParagraph, words: Words) -> WordParagraph:
        """Words that people wrote, in a language of the other direction, begin at the other side."""
        direction = direction_of(words)
        if direction is not None and direction != self._voice.direction:
            properties = paragraph._p.get_or_add_pPr()
            put_in_order(properties, "w:bidi")
            properties.find(qn("w:bidi")).set(qn("w:val"), "1" if direction == "rtl" else "0")
        return paragraph

    def _facts(self, facts: Facts) -> None:
        for label, words in facts.items:
            paragraph = self._paragraph("Normal")
            self._words(paragraph, (*label, *self._colon()), colour=_SOFT)
            self._words(paragraph, words, bold=True)

    def _entry(self, entry: Entry) -> None:
        loud = entry.severity in {"serious", "warning"}
        colour = _ALERT if loud else RGBColor.from_string(_KINDS[entry.kind])
        mark = self._paragraph("Mark")
        self._words(mark, entry.marks, bold=True, colour=colour)
        if entry.row:
            self._words(mark, (Span(f"\u2002{entry.row}", spoken=False),))
        said = self._paragraph("Finding")
        self._words(said, entry.words)
        self._sources(said, entry.sources)
        said.paragraph_format.keep_with_next = bool(entry.more)
        for words in entry.more:
            self._words(self._paragraph("Quiet"), words)

    def _items(self, items: Items) -> None:
        if not items.numbers:
            for words in items.items:
                self._words(self._paragraph("List Bullet"), words)
            return
        for number, words in zip(items.numbers, items.items, strict=True):
            paragraph = self._paragraph("Quiet")
            self._words(paragraph, (Span(f"{number}\u2002", spoken=False), *words))
            bookmark(paragraph, f"source_{number}", self._next())

    def _grid(self, grid: Grid) -> None:
        if grid.caption:
            self._caption(grid.caption, grid.sources)
        shares = grid.words.shares
        widths = [int(_WIDTH * share / sum(shares)) for share in shares]
        table: Any = self._doc.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        thin_borders(table._tbl.tblPr)
        if self._rtl:
            put_in_order(table._tbl.tblPr, "w:bidiVisual")
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = Emu(width)
        for place, line in enumerate((grid.words.header, *grid.words.lines)):
            row = table._tbl.add_tr()
            properties = row.get_or_add_trPr()
            child(properties, "w:cantSplit")
            if place == 0:
                child(properties, "w:tblHeader")
            for width, words in zip(widths, line, strict=True):
                cell = row.add_tc()
                cell.width = Emu(width)
                paragraph = self._styled(WordParagraph(cell.add_p() if not cell.p_lst else cell.p_lst[0], table), "Cell")
                if words.number:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                # A header never stands alone at the end of a page.
                paragraph.paragraph_format.keep_with_next = place == 0 or None
                self._words(paragraph, words.spans, bold=place == 0)
                for run in paragraph.runs if sum(shares) > _WIDE else ():
                    run.font.size = _SMALL
                    complex_size = OxmlElement("w:szCs")
                    complex_size.set(qn("w:val"), str(int(_SMALL.pt * 2)))
                    run._r.get_or_add_rPr().find(qn("w:sz")).addnext(complex_size)
        self._paragraph("Cell")

    def _figure(self, figure: Figure, picture: bytes) -> None:
        self._caption(figure.caption, figure.sources)
        width, height = figure.drawing.width * 9525, figure.drawing.height * 9525
        scale = min(1.0, _WIDTH / width, _TALLEST / height)
        paragraph = self._paragraph("Normal")
        paragraph.paragraph_format.keep_with_next = True
        shape: Any = paragraph.add_run().add_picture(io.BytesIO(picture), width=Emu(int(width * scale)))
        shape._inline.docPr.set("descr", clean(figure.drawing.alternative_text))
        self._words(self._paragraph("Quiet"), figure.gist)

    def _caption(self, words: Words, sources: Sequence[int]) -> None:
        paragraph = self._paragraph("Caption")
        self._words(paragraph, words, bold=True)
        self._sources(paragraph, sources)

    def _contents(self, contents: Contents, headings: Sequence[Heading]) -> None:
        """A table of contents that word processors renew; until then it lists the headings, each a link."""
        self._words(self._paragraph("Heading 1"), contents.title)
        first = True
        for heading in headings:
            paragraph = self._paragraph("Quiet")
            paragraph.paragraph_format.left_indent = Cm(0.6 * (heading.level - 1))
            if first:
                begin_field(paragraph, 'TOC \\o "1-2" \\h')
                first = False
            number = (Span(f"{heading.number}\u2002", spoken=False),) if heading.number else ()
            with_link = link_to(paragraph, _anchor(heading))
            self._words(paragraph, (*number, *heading.words), into=with_link)
        if not first:
            end_field(paragraph)

    def _blank(self, blank: Blank) -> None:
        paragraph = self._paragraph("Normal")
        side = WD_TAB_ALIGNMENT.RIGHT
        paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, side, WD_TAB_LEADER.LINES)
        paragraph.paragraph_format.space_before = Pt(10)
        self._words(paragraph, (*blank.label, Span("\t", spoken=False)))

    # -- words ------------------------------------------------------------------------------------------------------

    def _words(self, paragraph: WordParagraph, words: Words, *, bold: bool = False, colour: RGBColor | None = None, into: Any = None) -> None:
        for span in words:
            for text, right in _by_direction(span.text, self._rtl):
                run = paragraph.add_run(text)
                if bold:
                    run.bold = True
                    child(run._r.get_or_add_rPr(), "w:bCs")
                if colour is not None:
                    run.font.color.rgb = colour
                if right:
                    run.font.rtl = True
                if into is not None:
                    into.append(run._r)

    def _sources(self, paragraph: WordParagraph, numbers: Sequence[int]) -> None:
        for place, number in enumerate(numbers):
            link = link_to(paragraph, f"source_{number}")
            run = paragraph.add_run(f"{', ' if place else ' '}{number}")
            run.font.superscript = True
            link.append(run._r)

    def _colon(self) -> Words:
        return (Span(self._voice.text("interface.mark.colon"), spoken=False),)

    def _next(self) -> int:
        self._marks += 1
        return self._marks


def _anchor(heading: Heading) -> str:
    text = "".join(span.text for span in heading.words)
    return f"row_{heading.number}" if heading.number else "h_" + "".join(char if char.isalnum() else "_" for char in text)[:30]


_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of the scripts that run from right to left."""


def _by_direction(text: str, right: bool) -> list[tuple[str, bool]]:
    """The text in pieces of one direction; digits and signs go with the piece before them, at the start with the paragraph."""
    text = clean(text) if text != "\t" else text
    if not right and not _RIGHT.search(text):
        return [(text, False)] if text else []
    directions: list[bool] = []
    now = right
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            now = True
        elif kind == "L":
            now = False
        elif kind in {"WS", "ON", "CS", "ES"}:
            now = now if now == right else _rejoin(text, len(directions), now, right)
        directions.append(now)
    pieces = groupby(range(len(text)), key=lambda place: directions[place])
    return [("".join(text[place] for place in places), direction) for direction, places in pieces]


def _rejoin(text: str, place: int, now: bool, right: bool) -> bool:
    """Signs between two pieces of one direction belong to them, before a turn to the paragraph."""
    for char in text[place:]:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            return now if now else right
        if kind == "L":
            return right if now else now
    return right
