"""Draws the programme: a column a day, times downwards, each item with its kind in colour and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracktwo.dossier.alternative import alternative
from tracktwo.dossier.figures.svg import DEEPS, INK, RULE, SOFT, TINTS, Box, Canvas, Svg, measure, wrapped
from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import Day, Programme, Slot
from tracktwo.model.finding import Term

COLOURS = {"session": 0, "break": 7, "meal": 1, "culture": 3, "observance": 2, "team": 5, "travel": 4, "quiet": 6}
"""Kind of an item → its place in the palettes."""
TIMES, COLUMN, PER_MINUTE = 52.0, 216.0, 0.62
LINE = 14.0


@dataclass(frozen=True)
class _Item:
    slot: Slot
    start: int
    end: int
    lane: int
    lanes: int


def draw(programme: Programme, voice: Voice, key: str) -> Svg:
    """At most three days side by side, further days below. Where words need room, time is stretched; every boundary carries its time."""
    bands = _bands(programme.days)
    canvas = Canvas(max(int(TIMES + COLUMN * max((len(band) for band in bands), default=0) + 4), 240), mirrored=voice.direction == "rtl")
    y = 0.0
    for band in bands:
        y = _band(canvas, band, voice, y) + 18
    words = alternative(programme, voice)
    return canvas.finish(max(y, 20), key, voice.say(programme.title), "".join(span.text for span in words.summary))


def _bands(days: Sequence[Day]) -> list[Sequence[Day]]:
    """The days in bands of at most three, as even as may be."""
    if not days:
        return []
    each = -(-len(days) // -(-len(days) // 3))
    return [days[n : n + each] for n in range(0, len(days), each)]


def _band(canvas: Canvas, days: Sequence[Day], voice: Voice, y: float) -> float:
    """Draw days side by side from `y` downwards; return where they end."""
    items = [_items(day) for day in days]
    heads = [_head(day, voice, COLUMN) for day in days]
    top = y + 12 + 16 * max(len(lines) for lines in heads)
    heights = _rows(items, voice, COLUMN)
    at = {minute: top + sum(heights[:n]) for n, minute in enumerate(_boundaries(items))}
    for minute, line in at.items():
        canvas.line(TIMES - 6, line, canvas.width, line, RULE)
        canvas.text(TIMES - 10, line + 4, f"{minute // 60:02d}:{minute % 60:02d}", size=11, anchor="end", fill=SOFT)
    for n, (slots, head) in enumerate(zip(items, heads, strict=True)):
        x = TIMES + n * COLUMN
        canvas.lines(x + 4, y + 16, head[:1], size=13, bold=True)
        canvas.lines(x + 4, y + 32, head[1:], size=12, fill=SOFT, leading=15)
        for item in slots:
            width = (COLUMN - 8) / item.lanes
            box = Box(x + item.lane * width + 2, at[item.start] + 1.5, width - 4, at[item.end] - at[item.start] - 3)
            _draw(canvas, item.slot, voice, box)
    return max(at.values(), default=top)


def _head(day: Day, voice: Voice, column: float) -> list[str]:
    title = voice.text("interface.programme.day", number=day.number)
    if day.date:
        title = voice.text("interface.programme.day-and-date", number=day.number, date=date.fromisoformat(day.date))
    heading = wrapped(voice.say(day.heading), column - 16, 12, most=2) if day.heading else []
    return [*wrapped(title, column - 12, 13, most=1, bold=True), *heading]


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def _items(day: Day) -> list[_Item]:
    """The items of a day by time; those that run side by side share the column."""
    spans = []
    for slot in day.slots:
        start, end = _minutes(slot.start), _minutes(slot.end)
        spans.append((start, end if end > start else 24 * 60, slot))
    spans.sort(key=lambda span: span[:2])
    items: list[_Item] = []
    cluster: list[tuple[int, int, Slot]] = []
    for span in spans:
        if cluster and span[0] >= max(end for _, end, _ in cluster):
            items += _lanes(cluster)
            cluster = []
        cluster.append(span)
    return items + _lanes(cluster)


def _lanes(cluster: Sequence[tuple[int, int, Slot]]) -> list[_Item]:
    free: list[int] = []
    lanes = []
    for start, end, _ in cluster:
        lane = next((n for n, until in enumerate(free) if until <= start), len(free))
        free[lane : lane + 1] = [end]
        lanes.append(lane)
    return [_Item(slot, start, end, lane, len(free)) for (start, end, slot), lane in zip(cluster, lanes, strict=True)]


def _boundaries(days: Sequence[Sequence[_Item]]) -> list[int]:
    return sorted({minute for items in days for item in items for minute in (item.start, item.end)})


def _rows(days: Sequence[Sequence[_Item]], voice: Voice, column: float) -> list[float]:
    """The height of the stretch between each two boundaries: by its minutes, more where words need it, less where nobody meets."""
    times = _boundaries(days)
    everything = [item for items in days for item in items]
    heights = []
    for start, end in pairwise(times):
        used = any(item.start < end and item.end > start for item in everything)
        heights.append(min(max((end - start) * PER_MINUTE, 17), 80 if used else 30))
    for item in everything:
        rows = [n for n, minute in enumerate(times[:-1]) if item.start <= minute < item.end]
        lack = _need(item.slot, voice, (column - 8) / item.lanes) - sum(heights[n] for n in rows)
        if lack > 0:
            heights[max(rows, key=lambda n: (heights[n], -n))] += lack
    return heights


def _words(slot: Slot, voice: Voice, width: float) -> tuple[list[str], list[str], bool]:
    """The lines of the item, the lines of its kind, and whether both fit into one line."""
    kind = voice.word(Term(term=f"slot.{slot.kind}"))
    if slot.stage is not None:
        kind = f"{kind} · {voice.word(slot.stage)}"
    what = voice.word(slot.what)
    if measure(what, bold=True) + measure(kind, 11) + 26 <= width:
        return [what], [kind], True
    return wrapped(what, width - 20, 12, most=4, bold=True), wrapped(kind, width - 20, 11, most=2), False


def _need(slot: Slot, voice: Voice, width: float) -> float:
    what, kind, one = _words(slot, voice, width)
    return 22 if one else LINE * (len(what) + len(kind)) + 11


def _draw(canvas: Canvas, slot: Slot, voice: Voice, box: Box) -> None:
    colour = COLOURS[slot.kind]
    canvas.rect(box, TINTS[colour], rx=3)
    canvas.rect(Box(box.x, box.y, 4, box.height), DEEPS[colour], rx=1)
    what, kind, one = _words(slot, voice, box.width + 4)
    y = box.y + 13
    after = canvas.lines(box.x + 10, y, what, bold=True, leading=LINE, fill=INK)
    if one:
        canvas.text(box.right - 6, y, kind[0], size=11, anchor="end", fill=DEEPS[colour])
    else:
        canvas.lines(box.x + 10, after, kind, size=11, leading=LINE, fill=DEEPS[colour])
