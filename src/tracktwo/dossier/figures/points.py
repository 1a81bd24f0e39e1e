"""Draws a map of points: a graticule, dots and names, and never a border."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tracktwo.dossier.alternative import alternative
from tracktwo.dossier.figures.svg import DEEPS, INK, PAPER, RULE, SOFT, Box, Canvas, Svg, measure, wrapped
from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import Point, PointsMap
from tracktwo.model.finding import Term

WIDTH = 760
KILOMETRES_A_DEGREE = 111.195
"""Length of a degree of latitude on a sphere of 6,371 km."""
EVENT, VENUE = "#a83a00", DEEPS[0]
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)


@dataclass(frozen=True)
class _Frame:
    """Equirectangular projection, true to scale along the middle parallel."""

    west: float
    north: float
    scale: float
    squeeze: float
    plot: Box

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        return self.plot.x + (longitude - self.west) * self.scale * self.squeeze, self.plot.y + (self.north - latitude) * self.scale

    @property
    def east(self) -> float:
        return self.west + self.plot.width / (self.scale * self.squeeze)

    @property
    def south(self) -> float:
        return self.north - self.plot.height / self.scale


def draw(exhibit: PointsMap, voice: Voice, key: str) -> Svg:
    """Events as dots whose area grows with their weight; venues, places and the seat by shape and name; a scale bar in kilometres."""
    canvas = Canvas(WIDTH)
    points = _continuous(exhibit.points)
    frame = _frame(points)
    canvas.rect(frame.plot, "#f7f8f9")
    _graticule(canvas, frame, voice)
    for point in sorted((p for p in points if p.kind == "event"), key=lambda p: -p.weight):
        x, y = frame.at(point.latitude, point.longitude)
        canvas.add(
            "circle", cx=x, cy=y, r=min(2.2 * math.sqrt(max(point.weight, 0.5)), 18), fill=EVENT, fill_opacity=0.35, stroke=EVENT, stroke_width=0.8
        )
    _named(canvas, frame, points, voice, _scale_bar(canvas, frame, points, voice))
    bottom = _legend(canvas, points, voice, frame.plot.bottom + 34)
    words = alternative(exhibit, voice)
    return canvas.finish(bottom, key, voice.say(exhibit.title), "".join(span.text for span in words.summary))


def _continuous(points: Sequence[Point]) -> list[Point]:
    """The points with western longitudes counted past 180° where that brings them nearer together."""
    east = [point.longitude for point in points]
    turned = [longitude + 360 if longitude < 0 else longitude for longitude in east]
    if points and max(turned) - min(turned) < max(east) - min(east):
        return [point.model_copy(update={"longitude": longitude}) for point, longitude in zip(points, turned, strict=True)]
    return list(points)


def _frame(points: Sequence[Point]) -> _Frame:
    latitudes = [point.latitude for point in points] or [0.0]
    longitudes = [point.longitude for point in points] or [0.0]
    middle = (min(latitudes) + max(latitudes)) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.2)
    tall = max((max(latitudes) - min(latitudes)) * 1.16, 0.8)
    wide = max((max(longitudes) - min(longitudes)) * 1.16, 0.8)
    plot = Box(44, 10, WIDTH - 54, 0)
    scale = min(plot.width / (wide * squeeze), 520 / tall)
    height = min(max(tall * scale, 300), 520)
    plot = Box(plot.x, plot.y, plot.width, height)
    centre = (min(longitudes) + max(longitudes)) / 2
    return _Frame(centre - plot.width / (scale * squeeze) / 2, middle + height / scale / 2, scale, squeeze, plot)


def _graticule(canvas: Canvas, frame: _Frame, voice: Voice) -> None:
    step = next((s for s in _STEPS if (frame.east - frame.west) / s <= 8), 60)
    digits = 1 if step < 1 else 0
    north, south, east, west = (voice.text(f"interface.points.{name}") for name in ("north", "south", "east", "west"))
    for n in range(math.ceil(frame.west / step), math.floor(frame.east / step) + 1):
        x, _ = frame.at(0, n * step)
        canvas.line(x, frame.plot.y, x, frame.plot.bottom, RULE)
        canvas.text(x, frame.plot.bottom + 16, _degrees((n * step + 180) % 360 - 180, digits, east, west), size=11, anchor="middle", fill=SOFT)
    for n in range(math.ceil(frame.south / step), math.floor(frame.north / step) + 1):
        _, y = frame.at(n * step, frame.west)
        canvas.line(frame.plot.x, y, frame.plot.right, y, RULE)
        canvas.text(frame.plot.x - 6, y + 4, _degrees(n * step, digits, north, south), size=11, anchor="end", fill=SOFT)


def _degrees(value: float, digits: int, above: str, below: str) -> str:
    sign = "" if abs(value) < 1e-9 or abs(value) > 180 - 1e-9 else above if value > 0 else below
    return f"{abs(value):.{digits}f}°{sign}"


def _mark(canvas: Canvas, kind: str, x: float, y: float) -> None:
    shapes = {
        "venue": f"M{x:.1f} {y - 8:.1f} l8 8 l-8 8 l-8 -8 z",
        "place": f"M{x - 5:.1f} {y - 5:.1f} h10 v10 h-10 z",
        "seat": f"M{x:.1f} {y - 7:.1f} l7 12 h-14 z",
    }
    if kind in shapes:
        canvas.add("path", d=shapes[kind], fill={"venue": VENUE, "place": INK, "seat": DEEPS[3]}[kind], stroke=PAPER, stroke_width=1.2)
    else:
        canvas.add("circle", cx=x, cy=y, r=5, fill=EVENT, fill_opacity=0.35, stroke=EVENT)


def _named(canvas: Canvas, frame: _Frame, points: Sequence[Point], voice: Voice, bar: Box) -> None:
    """Marks first, then names where they meet neither each other nor a mark nor the scale bar."""
    named = [point for point in points if point.kind != "event" or point.label is not None]
    taken = [bar]
    for point in named:
        x, y = frame.at(point.latitude, point.longitude)
        _mark(canvas, point.kind, x, y)
        taken.append(Box(x - 8, y - 8, 16, 16))
    for point in named:
        if point.label is None:
            continue
        x, y = frame.at(point.latitude, point.longitude)
        label = wrapped(voice.word(point.label), 230, 12, most=1, bold=True)[0]
        box = _free(x, y, measure(label, 12, bold=True) + 4, taken, frame.plot)
        taken.append(box)
        if abs(box.middle[1] - y) > 20:
            canvas.line(x, y, min(max(x, box.x), box.right), box.y if box.y > y else box.bottom, SOFT, stroke_width=0.8)
        canvas.rect(box, PAPER, fill_opacity=0.85, rx=2)
        canvas.text(box.x + 2, box.y + 12.5, label, bold=True)


def _free(x: float, y: float, width: float, taken: Sequence[Box], plot: Box) -> Box:
    """A place for a name: beside, above or below its mark, then further off; the first that is free, else the first."""
    tries = []
    for shift in (0, 18, -18, 36, -36, 54, -54, 72, -72, 90, -90):
        tries += [Box(x + 11, y - 8 + shift, width, 17), Box(x - 11 - width, y - 8 + shift, width, 17)]
        tries.append(Box(x - width / 2, y - 28 + shift if shift <= 0 else y + 11 + shift, width, 17))
    inside = [box for box in tries if box.within(plot)] or tries
    return next((box for box in inside if not any(box.meets(other, 1) for other in taken)), inside[0])


def _scale_bar(canvas: Canvas, frame: _Frame, points: Sequence[Point], voice: Voice) -> Box:
    """Draw the bar in the corner with the fewest points, the lower left before others; return the room that it takes."""
    a_kilometre = frame.scale / KILOMETRES_A_DEGREE
    length = max((size * 10**power for power in range(5) for size in (1, 2, 5) if size * 10**power * a_kilometre <= 170), default=1)
    label = voice.text("interface.points.kilometres", number=length)
    width, plot = max(length * a_kilometre, measure(label, 11)) + 12, frame.plot
    marks = [Box(x - 9, y - 9, 18, 18) for x, y in (frame.at(point.latitude, point.longitude) for point in points)]
    corners = [Box(x, y, width, 28) for y in (plot.bottom - 34, plot.y + 6) for x in (plot.x + 8, plot.right - width - 8)]
    box = min(corners, key=lambda corner: sum(corner.meets(mark) for mark in marks))
    x, y = box.x + 6, box.y + 20
    canvas.rect(box, PAPER, fill_opacity=0.85)
    canvas.add("path", d=f"M{x:.1f} {y - 5:.1f} v5 h{length * a_kilometre:.1f} v-5", fill="none", stroke=INK, stroke_width=1.4)
    canvas.text(x, y - 8, label, size=11)
    return box


def _legend(canvas: Canvas, points: Sequence[Point], voice: Voice, y: float) -> float:
    x = 52.0
    kinds = {point.kind for point in points}
    for kind in ("event", "place", "venue", "seat"):
        if kind not in kinds:
            continue
        label = voice.word(Term(term=f"point.{kind}"))
        if x + 20 + measure(label) > WIDTH:
            x, y = 52.0, y + 20
        _mark(canvas, kind, x, y + 6)
        canvas.text(x + 14, y + 10, label)
        x += 40 + measure(label)
    note = voice.text("interface.points.no-borders")
    if x + measure(note) > WIDTH - 8:
        x, y = 44.0, y + 20
    canvas.text(x, y + 10, note, fill=SOFT, italic=True)
    return y + 24
