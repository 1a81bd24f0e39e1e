"""Draws the theory of change: if-then boxes in layers, what is untested first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracktwo.dossier.alternative import alternative
from tracktwo.dossier.figures.svg import ALERT, DEEPS, INK, PAPER, SOFT, TINTS, Box, Canvas, Svg, measure, wrapped
from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import Link, Theory
from tracktwo.model.finding import Term

WIDTH, GAP, ROW_GAP = 760, 20.0, 46.0
STATES = {"untested": 1, "supported": 2, "contradicted": 6, "mixed": 4}
"""State of a link → its place in the palettes; the word stands in the box as well."""


@dataclass(frozen=True)
class _Line:
    """One line of a box; a `label` line opens a part: if, then, assumes."""

    words: str
    label: bool = False
    soft: bool = False


def draw(theory: Theory, voice: Voice, key: str) -> Svg:
    """Layers from top to bottom: a link stands below everything it rests on. The first untested link is marked to be tested first."""
    canvas = Canvas(WIDTH, mirrored=voice.direction == "rtl")
    rows = _layers(theory.links)
    first = next((link.id for row in rows for link in row if link.state == "untested"), None)
    boxes: dict[str, Box] = {}
    y = 8.0
    for row in rows:
        width = min((WIDTH - 16 - GAP * (len(row) - 1)) / len(row), 420.0)
        left = (WIDTH - width * len(row) - GAP * (len(row) - 1)) / 2
        height = max(44 + 16 * len(_lines(link, voice, width - 32)) for link in row)
        for n, link in enumerate(row):
            boxes[link.id] = Box(left + n * (width + GAP), y, width, height)
        y += height + ROW_GAP
    for link in theory.links:
        for before in link.after:
            if before in boxes and before != link.id:
                _arrow(canvas, boxes[before], boxes[link.id])
    for row in rows:
        for link in row:
            _box(canvas, link, voice, boxes[link.id], first=link.id == first)
    words = alternative(theory, voice)
    return canvas.finish(y - ROW_GAP + 10, key, voice.say(theory.title), "".join(span.text for span in words.summary))


def _layers(links: Sequence[Link]) -> list[list[Link]]:
    """Links by depth, at most three in a row, untested ones first in their layer."""
    by_id = {link.id: link for link in links}
    depths: dict[str, int] = {}
    for link in links:
        _depth(link, by_id, depths, frozenset())
    rows = []
    for depth in sorted(set(depths.values())):
        layer = sorted((link for link in links if depths[link.id] == depth), key=lambda link: link.state != "untested")
        rows += [layer[n : n + 3] for n in range(0, len(layer), 3)]
    return rows


def _depth(link: Link, by_id: Mapping[str, Link], depths: dict[str, int], above: frozenset[str]) -> int:
    """How many links lie under this one; a circle is cut where it closes."""
    if link.id not in depths:
        before = [by_id[name] for name in link.after if name in by_id and name not in above and name != link.id]
        depths[link.id] = 1 + max((_depth(other, by_id, depths, above | {link.id}) for other in before), default=-1)
    return depths[link.id]


def _lines(link: Link, voice: Voice, width: float) -> list[_Line]:
    parts = [("if", voice.word(link.if_), False), ("then", voice.word(link.then), False)]
    if link.assumes is not None:
        parts.append(("assumes", voice.word(link.assumes), True))
    lines = []
    for label, words, soft in parts:
        lines.append(_Line(voice.text(f"interface.theory.{label}"), label=True))
        lines += [_Line(line, soft=soft) for line in wrapped(words, width, 13, most=8)]
    return lines


def _box(canvas: Canvas, link: Link, voice: Voice, box: Box, *, first: bool) -> None:
    colour = STATES[link.state]
    untested = link.state == "untested"
    canvas.rect(box, PAPER, rx=6, stroke=DEEPS[colour], stroke_width=2.4 if first else 1.4, stroke_dasharray="6 4" if untested else None)
    state = voice.word(Term(term=f"link.{link.state}"))
    if first:
        state = voice.text("interface.theory.test-first")
    chip = Box(box.x + 12, box.y + 10, min(measure(state, 11.5, bold=True) + 16, box.width - 24), 20)
    canvas.rect(chip, DEEPS[colour] if first else TINTS[colour], rx=10)
    canvas.text(chip.x + 8, chip.y + 14, state, size=11.5, bold=True, fill=PAPER if first else DEEPS[colour])
    canvas.text(box.right - 12, box.y + 24, wrapped(link.id, max(box.right - chip.right - 24, 20), 11, most=1)[0], size=11, anchor="end", fill=SOFT)
    y = box.y + 48
    for line in _lines(link, voice, box.width - 32):
        style = {"size": 11, "fill": ALERT if line.words == "" else SOFT} if line.label else {"size": 13, "fill": SOFT if line.soft else INK}
        canvas.lines(box.x + 16, y, [line.words], bold=line.label, italic=line.soft, **style)  # type: ignore[arg-type]
        y += 16


def _arrow(canvas: Canvas, above: Box, below: Box) -> None:
    """From the foot of one box to the head of the other, or, where a circle was cut, beside them."""
    start, end = (above.middle[0], above.bottom), (below.middle[0], below.y)
    bend = max((end[1] - start[1]) / 2, 18)
    path = f"M{start[0]:.1f} {start[1]:.1f} C{start[0]:.1f} {start[1] + bend:.1f} {end[0]:.1f} {end[1] - bend:.1f} {end[0]:.1f} {end[1] - 7:.1f}"
    canvas.add("path", d=path, fill="none", stroke=SOFT, stroke_width=1.6)
    canvas.add("path", d=f"M{end[0]:.1f} {end[1] - 1:.1f} l-5 -9 l10 0 z", fill=SOFT)
