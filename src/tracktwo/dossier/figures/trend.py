"""Draws a trend: stacked bars by year, named where they end."""

from __future__ import annotations

from tracktwo.dossier.alternative import alternative
from tracktwo.dossier.figures.svg import FILLS, INK, RULE, SOFT, Box, Canvas, Svg, measure, spread, whole_ticks, wrapped
from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import Trend

WIDTH = 760
TOP, HEIGHT, NAMES = 44.0, 260.0, 168.0


def draw(trend: Trend, voice: Voice, key: str) -> Svg:
    """Stacked bars, a year a bar. A year without any value carries a dash instead of a bar."""
    canvas = Canvas(WIDTH, mirrored=voice.direction == "rtl")
    totals = [sum(series.values[n] or 0 for series in trend.series) for n in range(len(trend.years))]
    ticks = whole_ticks(0, max(totals, default=0))
    left = 20 + max(measure(voice.number(tick), 12) for tick in ticks)
    plot = Box(left, TOP, WIDTH - left - NAMES, HEIGHT)
    canvas.text(4, 18, voice.say(trend.unit), size=13, bold=True)
    for tick in ticks:
        y = plot.bottom - plot.height * tick / ticks[-1]
        canvas.line(plot.x, y, plot.right, y, INK if tick == 0 else RULE)
        canvas.text(plot.x - 8, y + 4, voice.number(tick), size=12, anchor="end", fill=SOFT)
    gaps = _bars(canvas, trend, plot, ticks[-1])
    _names(canvas, trend, voice, plot, ticks[-1])
    bottom = plot.bottom + 26
    if gaps:
        canvas.text(plot.x, bottom + 16, f"– {voice.text('interface.trend.no-value')}", size=12, fill=SOFT)
        bottom += 16
    words = alternative(trend, voice)
    return canvas.finish(bottom + 10, key, voice.say(trend.title), "".join(span.text for span in words.summary))


def _bars(canvas: Canvas, trend: Trend, plot: Box, top: int) -> bool:
    """Draw the bars and the years below; True where a year has no value at all."""
    step = plot.width / max(len(trend.years), 1)
    every = max(1, -(-38 // int(max(step, 1))))
    gaps = False
    for n, year in enumerate(trend.years):
        x, y = plot.x + n * step + step * 0.14, plot.bottom
        values = [series.values[n] for series in trend.series]
        for number, value in enumerate(values):
            height = plot.height * (value or 0) / top
            y -= height
            if height > 0:
                canvas.rect(Box(x, y, step * 0.72, height), FILLS[number % len(FILLS)], stroke="#ffffff", stroke_width=0.6)
        if all(value is None for value in values):
            gaps = True
            canvas.text(x + step * 0.36, plot.bottom - 5, "–", size=12, anchor="middle", fill=SOFT)
        if (len(trend.years) - 1 - n) % every == 0:
            canvas.text(x + step * 0.36, plot.bottom + 18, str(year), size=12, anchor="middle", fill=SOFT)
    return gaps


def _names(canvas: Canvas, trend: Trend, voice: Voice, plot: Box, top: int) -> None:
    """Name each series beside its piece of the last bar, moved apart where they would touch."""
    if not trend.years:
        return
    middles, y = [], plot.bottom
    for series in trend.series:
        height = plot.height * (series.values[-1] or 0) / top
        middles.append(y - height / 2)
        y -= height
    named = [wrapped(voice.word(series.name), NAMES - 42, 12, most=2) for series in trend.series]
    # Stacks grow upwards: spread from the top downwards in reversed order so that names keep the order of the pieces.
    places = spread(middles[::-1], 34, plot.y, plot.bottom)[::-1]
    for number, (lines, at, middle) in enumerate(zip(named, places, middles, strict=True)):
        canvas.add("path", d=f"M{plot.right - 2:.1f} {middle:.1f} L{plot.right + 14:.1f} {at:.1f}", stroke=SOFT, stroke_width=0.8, fill="none")
        canvas.rect(Box(plot.right + 16, at - 5, 10, 10), FILLS[number % len(FILLS)])
        canvas.lines(plot.right + 32, at + 4 - 7 * (len(lines) - 1), lines, size=12)
