"""Pieces of a Word document that its library has no word for: fields, bookmarks, links, thin borders, elements in the order of the schema."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """Return the child of that tag, made if it is not there, with the attributes set."""
    found = parent.find(qn(tag))
    element = OxmlElement(tag) if found is None else found
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    if found is None:
        parent.append(element)
    return element


def thin_borders(properties: Any) -> None:
    """Thin lines between the rows and none between the columns, and cells whose words come near the edge."""
    borders = OxmlElement("w:tblBorders")
    for side, kind in (("top", "single"), ("left", "nil"), ("bottom", "single"), ("right", "nil"), ("insideH", "single"), ("insideV", "nil")):
        child(borders, f"w:{side}", val=kind, sz="4", space="0", color="C9C6BE")
    layout = properties.find(qn("w:tblLayout"))
    place = len(properties) if layout is None else list(properties).index(layout)
    properties.insert(place, borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        child(margins, f"w:{side}", w="50", type="dxa")
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else list(properties).index(look), margins)


_BEFORE_BIDI = ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:tblStyle")


def put_in_order(parent: Any, tag: str) -> None:
    """Put an element where the schema wants it: after those of `_BEFORE_BIDI`, before all others."""
    place = sum(child.tag in {qn(name) for name in _BEFORE_BIDI} for child in parent)
    parent.insert(place, OxmlElement(tag))


def bookmark(paragraph: WordParagraph, name: str, number: int) -> None:
    """Mark a paragraph as a place that links can lead to; `number` is unique in the document."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name[:40])
    end.set(qn("w:id"), str(number))
    element = paragraph._p
    place = 1 if element.pPr is not None else 0
    element.insert(place, start)
    element.append(end)


def link_to(paragraph: WordParagraph, anchor: str) -> Any:
    """Return a link to a bookmark at the end of the paragraph, still empty."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor[:40])
    paragraph._p.append(link)
    return link


def _mark(paragraph: WordParagraph, kind: str) -> None:
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(character)


def begin_field(paragraph: WordParagraph, instruction: str) -> None:
    """Begin a field; what follows until `end_field` is shown until a word processor computes it."""
    _mark(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    paragraph.add_run()._r.append(text)
    _mark(paragraph, "separate")


def end_field(paragraph: WordParagraph) -> None:
    """End the field that was begun."""
    _mark(paragraph, "end")


def field(paragraph: WordParagraph, instruction: str, shown: str) -> None:
    """A field with what it shows until a word processor computes it."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)
