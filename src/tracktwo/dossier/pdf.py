"""The dossier on paper: `dossier.pdf`, set by typst with the fonts that travel with tracktwo and none of the machine's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from tracktwo.dossier.alternative import Alternative, Cell
from tracktwo.dossier.figures.svg import Svg, clean
from tracktwo.dossier.flow import Blank, Contents, Entry, Facts, Figure, FlowBlock, Grid, Heading, Items, Paragraph, flow
from tracktwo.dossier.language import Voice, direction_of
from tracktwo.dossier.reading import Reading, Words
from tracktwo.dossier.typefaces import FAMILIES, FONTS, with_stand_ins

TEMPLATES = Path(__file__).parent / "templates"
_ISOLATE, _END = "\u2068", "\u2069"
_LONG_ROW = 900
"""Characters beyond which a row of a table may be cut by the end of a page: it could be taller than one."""
_FEW_ROWS = 8
"""A table of at most so many rows, and of no more characters than a long row, stays on one page."""


def dossier_pdf(reading: Reading, voice: Voice) -> bytes:
    """`dossier.pdf`: tagged for screen readers (PDF/UA-1), A4; the same input gives the same bytes. Raises MissingMessage."""
    released = reading.released
    return paper(
        flow(reading, voice),
        voice,
        title=released.title,
        running=voice.text("interface.page.names-short") if released.names_people else "",
        day=datetime(released.as_of.year, released.as_of.month, released.as_of.day, tzinfo=UTC),
    )


def paper(blocks: Iterable[FlowBlock], voice: Voice, *, title: str, running: str, day: datetime) -> bytes:
    """Blocks set on A4. `running` is printed at the head of every page, `day` is the date that the file carries."""
    content: dict[str, Any] = {
        "language": voice.language,
        "direction": voice.direction,
        "families": FAMILIES,
        "title": _clean(title).strip() or "–",
        "running": _clean(running),
        "blocks": [_block(block) for block in blocks],
    }
    try:
        return _print(content, day)
    except typst.TypstError:
        return _print({**content, "blocks": [_as_picture(block, content, day) for block in content["blocks"]]}, day)


def _print(content: dict[str, Any], day: datetime) -> bytes:
    made: bytes = _compile((TEMPLATES / "paper.typ").read_bytes(), content, "pdf", timestamp=int(day.timestamp()), pdf_standards=["ua-1"])
    return made


def _as_picture(block: dict[str, Any], content: dict[str, Any], day: datetime) -> dict[str, Any]:
    """The block; a figure with words that the library cannot put into a tagged file as text, such as vowelled Arabic, becomes a picture."""
    if block["type"] != "figure":
        return block
    try:
        _print({**content, "blocks": [{**block, "sources": ()}]}, day)
    except typst.TypstError:
        alone = {"families": FAMILIES, "figures": [block]}
        drawn: bytes = _compile((TEMPLATES / "pictures.typ").read_bytes(), alone, "png", ppi=192.0)
        return {**block, "svg": "", "png": list(drawn)}
    return block


def pictures(drawings: Sequence[Svg]) -> list[bytes]:
    """The figures as PNG at twice their size, set with the same fonts."""
    if not drawings:
        return []
    content = {"families": FAMILIES, "figures": [{"svg": _svg(drawing), "width": drawing.width, "height": drawing.height} for drawing in drawings]}
    made: bytes | list[bytes] = _compile((TEMPLATES / "pictures.typ").read_bytes(), content, "png", ppi=192.0)
    return made if isinstance(made, list) else [made]


def _compile(template: bytes, content: dict[str, Any], form: Literal["pdf", "png"], **options: Any) -> Any:
    """Set a template. What it says goes in as one string in memory: nothing of a dossier is written to disk on the way."""
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    return typst.compile(template, format=form, font_paths=_fonts(), sys_inputs=inputs, **options)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of paper, read once: ours, and neither the machine's nor those that the library brings."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _block(block: FlowBlock) -> dict[str, Any]:
    match block:
        case Heading():
            return {
                "type": "heading", "level": block.level, "number": block.number, "words": _words(block.words), "new_page": block.new_page,
                "direction": direction_of(block.words) or "",
            }  # fmt: skip
        case Paragraph():
            return {"type": "paragraph", "style": block.style, "words": _words(block.words), "direction": direction_of(block.words) or ""}
        case Facts():
            return {"type": "facts", "items": [[_words(label), _words(words)] for label, words in block.items]}
        case Entry():
            return {
                "type": "entry", "kind": block.kind, "severity": block.severity, "marks": _words(block.marks), "words": _words(block.words),
                "sources": block.sources, "more": [_words(words) for words in block.more], "row": block.row,
            }  # fmt: skip
        case Items():
            return {"type": "items", "items": [_words(words) for words in block.items], "numbers": block.numbers}
        case Grid():
            return {"type": "grid", "caption": _words(block.caption), "sources": block.sources, **_table(block.words)}
        case Figure():
            return {
                "type": "figure", "svg": _svg(block.drawing), "png": [], "width": block.drawing.width, "height": block.drawing.height,
                "caption": _words(block.caption), "gist": _words(block.gist), "sources": block.sources,
                "alternative": _clean(block.drawing.alternative_text),
            }  # fmt: skip
        case Contents():
            return {"type": "contents", "title": _words(block.title)}
        case Blank():
            return {"type": "blank", "label": _words(block.label)}


def _table(words: Alternative) -> dict[str, Any]:
    lines = [[_cell(cell) for cell in line] for line in words.lines]
    whole = [sum(len(cell.text) for cell in line) <= _LONG_ROW for line in words.lines]
    short = len(lines) <= _FEW_ROWS and sum(len(cell.text) for line in words.lines for cell in line) <= _LONG_ROW
    return {"header": [_cell(cell) for cell in words.header], "lines": lines, "whole": whole, "short": short, "widths": words.shares}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"words": _words(cell.spans), "number": cell.number}


def _words(words: Words) -> str:
    """One string; what people wrote keeps its own direction."""
    return "".join(f"{_ISOLATE}{_clean(span.text)}{_END}" if span.spoken else _clean(span.text) for span in words)


def _clean(text: str) -> str:
    return with_stand_ins(clean(text))


@lru_cache(maxsize=1)
def _family() -> str:
    return ", ".join(f"'{family}'" for family in FAMILIES)


def _svg(drawing: Svg) -> str:
    """The markup with the fonts of paper, and a stand-in for what they cannot draw."""
    return re.sub(r'font-family="[^"]*"', f'font-family="{_family()}"', with_stand_ins(drawing.markup), count=1)
