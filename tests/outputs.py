"""The words of every file of a dossier, whatever its format: so that a test can look for what must not stand in any of them."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html legend li"
    " main nav ol p section summary svg table tbody td tfoot th thead title tr ul".split()
)
_SPOKEN = frozenset(("alt", "title", "aria-label", "content", "value", "placeholder"))


def texts(path: Path) -> list[str]:
    """The sentences and cells of a file, in order, white space as one space.

    A PDF has no cells: there each page is one. A sealed bundle should have no words: there it is whatever its bytes would read as.
    Raises ValueError for a format that nobody taught this to read, so that none is forgotten.
    """
    readers = {".html": _html, ".json": _json, ".ics": _ics, ".docx": _docx, ".xlsx": _xlsx, ".pdf": _pdf, ".t2": _t2}
    if path.suffix not in readers:
        raise ValueError(f"no test reads {path.suffix} files yet: teach tests/outputs.py")
    # What turns the direction of words is not seen, and a soft hyphen at the end of a line was put there by the printer.
    plain = (re.sub(r"[\u2066-\u2069\u200e\u200f\u202a-\u202e]|\u00ad\s*", "", text) for text in readers[path.suffix](path.read_bytes()))
    return [text for text in (re.sub(r"\s+", " ", text).strip() for text in plain) if text]


class _Page(HTMLParser):
    """Ends a text where a block ends; a figure is one text, for its names are broken into lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._words: list[str] = []
        self._figures = 0
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in _SPOKEN and value]
        self._style = tag == "style"
        self._figures += tag == "svg"
        if tag in _BLOCKS and not (self._figures and tag == "title"):
            self._close()
        elif self._figures:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._style = False
        self._figures -= tag == "svg"
        if tag in _BLOCKS and not self._figures:
            self._close()

    def handle_data(self, data: str) -> None:
        if not self._style:
            self._words.append(data)

    def _close(self) -> None:
        self.found.append("".join(self._words))
        self._words = []


def _html(content: bytes) -> Iterator[str]:
    page = _Page()
    page.feed(content.decode("utf-8"))
    page.close()
    page._close()
    yield from page.found


def _json(content: bytes) -> Iterator[str]:
    yield from _leaves(json.loads(content))


def _leaves(value: object) -> Iterator[str]:
    """Each string; but what one listing of a message holds is one text, as it is one sentence when it is said."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, dict):
        if set(value) == {"items"}:
            yield " ".join(text for item in value["items"] for text in _leaves(item))
        else:
            for key, item in value.items():
                yield key
                yield from _leaves(item)


def _ics(content: bytes) -> Iterator[str]:
    yield from content.decode("utf-8").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")


def _docx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                root = ElementTree.fromstring(archive.read(name))
                for paragraph in root.iter(f"{_WORD}p"):
                    yield "".join(node.text or "" for node in paragraph.iter(f"{_WORD}t"))
                yield from _attributes(root)
                if not name.startswith("word/"):
                    yield from (node.text or "" for node in root.iter())
            elif name.endswith(".svg"):
                yield " ".join(node.text or "" for node in ElementTree.fromstring(archive.read(name)).iter())


def _xlsx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                root = ElementTree.fromstring(archive.read(name))
                for node in root.iter():
                    if node.tag.rsplit("}", 1)[-1] in ("si", "is"):
                        yield "".join(node.itertext())
                    elif node.text and not len(node):
                        yield node.text
                yield from _attributes(root)


def _t2(content: bytes) -> Iterator[str]:
    """Nothing in it is meant to be read, so it has no sentences to find: any name that stood in it in clear would show in one of these."""
    yield content.decode("utf-8", errors="ignore")
    for encoding in ("utf-16-le", "utf-16-be"):  # which may begin at an even or an odd byte
        yield from (content[start:].decode(encoding, errors="ignore") for start in (0, 1))


def _attributes(root: ElementTree.Element) -> Iterator[str]:
    """What drawings, sheets and properties say in attributes: names, titles, descriptions."""
    for node in root.iter():
        yield from (value for key, value in node.attrib.items() if key.rsplit("}", 1)[-1] in ("descr", "title", "name"))


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # here, so that the other formats can be read where it is not installed

    reader = PdfReader(io.BytesIO(content))
    yield from (str(value) for value in (reader.metadata or {}).values())
    quick = shutil.which("pdftotext")
    if quick is None or str(reader.trailer["/Root"].get("/Lang")) == "ar":  # it breaks Latin names in Arabic lines into pieces
        yield from (page.extract_text() for page in reader.pages)
        return
    told = subprocess.run([quick, "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    yield from re.sub(r"[-\u2010\u00ad]\n", "", told).split("\f")
