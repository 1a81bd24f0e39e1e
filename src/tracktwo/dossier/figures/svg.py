"""What all figures share: a canvas of SVG elements, a palette, the width of words, and words in two directions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree  # only written here, never parsed

INK = "#1c2024"
SOFT = "#565d66"
RULE = "#d9dce0"
PAPER = "#ffffff"
ALERT = "#a83a00"
TINTS = ("#dfeaf6", "#fbe7d0", "#dcefe4", "#ece2f4", "#f5efcd", "#dceff2", "#f6e0e4", "#e6e6ea")
DEEPS = ("#1f5a94", "#9a4f00", "#1d6b45", "#6a3c8c", "#6b5d00", "#0d6472", "#9b2f48", "#4a4f58")
FILLS = ("#1f5a94", "#e8a33d", "#63b3a4", "#8c5a9e", "#c9c27a", "#9aa3ad")
"""Pale grounds for dark words, dark strokes and words of the same hue, and fills of differing lightness, told apart without hue."""

FONT = "Helvetica, Arial, 'Liberation Sans', 'Noto Sans', sans-serif"


@dataclass(frozen=True)
class Svg:
    """A figure: its markup, what it says in words, and its size in units (a unit is a pixel at full size)."""

    markup: str
    alternative_text: str
    width: int
    height: float


@dataclass(frozen=True)
class Box:
    """A rectangle on the canvas."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def meets(self, other: Box, margin: float = 0) -> bool:
        """True where the two overlap or come nearer than `margin`."""
        apart = self.right + margin <= other.x or other.right + margin <= self.x or self.bottom + margin <= other.y or other.bottom + margin <= self.y
        return not apart

    def within(self, other: Box) -> bool:
        return self.x >= other.x and self.y >= other.y and self.right <= other.right and self.bottom <= other.bottom


class Canvas:
    """Collects elements; `finish` gives the markup. Presentation attributes only: one SVG for browser and PDF.

    With `mirrored`, all is drawn as in a mirror, words excepted: what a left-to-right reader sees first stands where a right-to-left reader begins.
    """

    def __init__(self, width: int, *, mirrored: bool = False) -> None:
        self.width = width
        self._mirrored = mirrored
        self._parts: list[ElementTree.Element] = []

    def add(self, tag: str, **attributes: object) -> ElementTree.Element:
        """Add an element; underscores in attribute names become hyphens, numbers are rounded to a tenth."""
        element = ElementTree.Element(tag, {_dashed(name): _value(value) for name, value in attributes.items() if value is not None})
        self._parts.append(element)
        return element

    def rect(self, box: Box, fill: str, **more: object) -> None:
        self.add("rect", x=box.x, y=box.y, width=box.width, height=box.height, fill=fill, **more)

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = RULE, **more: object) -> None:
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **more)

    def text(
        self, x: float, y: float, words: str, *, size: float = 12, anchor: str = "start", fill: str = INK, bold: bool = False, italic: bool = False
    ) -> None:
        """Write one line; `y` is its baseline."""
        element = self.add(
            "text",
            x=x,
            y=y,
            font_size=size,
            text_anchor=anchor if anchor != "start" else None,
            fill=fill,
            font_weight="bold" if bold else None,
            font_style="italic" if italic else None,
        )
        element.text = isolated(words)

    def lines(self, x: float, y: float, lines: Iterable[str], *, size: float = 12, leading: float | None = None, **style: object) -> float:
        """Write several lines from the baseline `y` downwards; return the baseline after the last."""
        for line in lines:
            self.text(x, y, line, size=size, **style)  # type: ignore[arg-type]
            y += leading or size * 1.25
        return y

    def finish(self, height: float, key: str, title: str, description: str) -> Svg:
        """Close the figure. `key` makes the ids of title and description unique in a page."""
        root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {self.width} {_value(height)}",
                "role": "img",
                "direction": "ltr",
                "font-family": FONT,
                "aria-labelledby": f"{key}-title {key}-desc",
            },
        )
        ElementTree.SubElement(root, "title", {"id": f"{key}-title"}).text = clean(title)
        ElementTree.SubElement(root, "desc", {"id": f"{key}-desc"}).text = clean(description)
        ElementTree.SubElement(root, "rect", {"width": str(self.width), "height": _value(height), "fill": PAPER})
        if self._mirrored:
            for part in self._parts:
                _mirror(part, self.width)
        root.extend(self._parts)
        return Svg(ElementTree.tostring(root, encoding="unicode"), f"{clean(title)}. {clean(description)}", self.width, height)


_PLACES = {"text": "x", "circle": "cx"}
_OTHER_END = {None: "end", "start": "end", "end": None, "middle": "middle"}
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def _mirror(element: ElementTree.Element, width: int) -> None:
    """Turn an element to the other side of the middle."""
    if element.tag == "rect":
        element.set("x", _value(width - float(element.get("x", "0")) - float(element.get("width", "0"))))
    elif element.tag == "line":
        for end in ("x1", "x2"):
            element.set(end, _value(width - float(element.get(end, "0"))))
    elif element.tag == "path":
        element.set("d", _STEP.sub(lambda step: step[1] + _mirrored_step(step[1], step[2], width), element.get("d", "")))
    else:
        place = _PLACES[element.tag]
        element.set(place, _value(width - float(element.get(place, "0"))))
    if element.tag == "text":
        anchor = _OTHER_END[element.get("text-anchor")]
        if anchor is None:
            del element.attrib["text-anchor"]
        else:
            element.set("text-anchor", anchor)


def _mirrored_step(command: str, numbers: str, width: int) -> str:
    """The numbers of one step of a path: every second one is an x, of `v` none, of `h` all; small letters count from where the pen is."""
    if command in "vVzZ":
        return numbers
    every = 1 if command in "hH" else 2
    place = -1

    def turned(found: re.Match[str]) -> str:
        nonlocal place
        place += 1
        if place % every:
            return found[0]
        return _value(-float(found[0]) if command.islower() else width - float(found[0]))

    return _NUMBER.sub(turned, numbers)


def _dashed(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    rounded = f"{value:.1f}".removesuffix(".0")
    return "0" if rounded == "-0" else rounded


# -- words ------------------------------------------------------------------------------------------------------------

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]+")
_RTL_CLASSES = frozenset({"R", "AL"})


def clean(words: str) -> str:
    """The words without control characters and byte order marks: XML or PDF refuse some, and others would turn the direction of what follows."""
    return _CONTROLS.sub(" ", _TURNS.sub("", words))


def isolated(words: str) -> str:
    """The words with right-to-left runs between U+2067 and U+2069, so that they keep their order in a left-to-right figure."""
    words = clean(words)
    classes = [unicodedata.bidirectional(char) for char in words]
    if not _RTL_CLASSES.intersection(classes):
        return words
    if next(kind for kind in classes if kind in {"L", "R", "AL"}) != "L":
        return f"\u2067{words}\u2069"
    pieces, start = [], 0
    while start < len(words):
        first = next((n for n in range(start, len(words)) if classes[n] in _RTL_CLASSES), len(words))
        pieces.append(words[start:first])
        left = next((n for n in range(first, len(words)) if classes[n] == "L"), len(words))
        last = next((n for n in range(left - 1, first - 1, -1) if classes[n] in _RTL_CLASSES), first - 1) + 1
        if last > first:
            pieces.append(f"\u2067{words[first:last]}\u2069")
        start = max(last, first)
    return "".join(pieces)


def measure(words: str, size: float = 12, *, bold: bool = False) -> float:
    """The width of words in units, estimated on the wide side from Helvetica's advances."""
    return sum(_advance(char) for char in words) * size * (1.07 if bold else 1.0)


def _advance(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Cc"}:
        return 0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1
    if char in "iljtfI.,:;'|!()[]- /’·":
        return 0.32
    if char in "mwMW@%—":
        return 0.86
    if char.isupper():
        return 0.69
    return 0.56


def wrapped(words: str, width: float, size: float = 12, *, most: int | None = None, bold: bool = False) -> list[str]:
    """Break words into lines of at most `width` units; a word wider than that is cut; with `most`, the last line ends in '…'."""
    lines: list[str] = []
    line = ""
    for word in clean(words).split():
        trial = f"{line} {word}" if line else word
        if measure(trial, size, bold=bold) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        *whole, line = _cut(word, width, size, bold)
        lines += whole
    if line or not lines:
        lines.append(line)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], width, size, bold)]
    return lines


def _cut(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and not unicodedata.combining(char) and measure(pieces[-1] + char, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _shortened(line: str, width: float, size: float, bold: bool) -> str:
    while line and measure(line + "…", size, bold=bold) > width:
        line = line[:-1]
    return line.rstrip() + "…"


# -- scales -----------------------------------------------------------------------------------------------------------


def whole_ticks(low: float, high: float, most: int = 6) -> list[int]:
    """Round whole numbers from at or below `low` to at or above `high`, both taken in, about `most` of them."""
    span = max(high - low, 1)
    step = next(size * 10**power for power in range(30) for size in (1, 2, 5) if size * 10**power * most >= span)
    first, last = int(low // step), int(-(-high // step))
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions as near as may be to those wanted, in their order, at least `gap` apart, between `low` and `high` where there is room."""
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    placed = [0.0] * len(wanted)
    at = low
    for n in order:
        placed[n] = max(wanted[n], at)
        at = placed[n] + gap
    ceiling = high
    for n in reversed(order):
        placed[n] = min(placed[n], ceiling)
        ceiling = placed[n] - gap
    return placed
