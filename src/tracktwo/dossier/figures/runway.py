"""Draws the runway: firm money as bars, promised money as a line, month by month over a zero line."""

from __future__ import annotations

from tracktwo.dossier.alternative import alternative
from tracktwo.dossier.figures.svg import ALERT, INK, RULE, SOFT, Box, Canvas, Svg, measure, whole_ticks, wrapped
from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import Runway

WIDTH = 760
FIRM, SHORT, PROMISED = "#1f5a94", "#e39a86", "#9a4f00"


def draw(runway: Runway, voice: Voice, key: str) -> Svg:
    """Bars for firm money (pale and outlined below zero), a dotted line for money with what is promised, rounds and the end marked."""
    canvas = Canvas(WIDTH, mirrored=voice.direction == "rtl")
    values = [value for month in runway.months for value in (month.firm, month.promised)] or [0]
    ticks = whole_ticks(min(*values, 0), max(*values, 0))
    left = 18 + max(measure(voice.number(tick)) for tick in ticks)
    plot = Box(left, 84, WIDTH - left - 14, 240)
    canvas.text(4, 18, runway.currency, size=13, bold=True)
    _legend(canvas, voice, left)
    for tick in ticks:
        y = _y(plot, ticks, tick)
        canvas.line(plot.x, y, plot.right, y, INK if tick == 0 else RULE, stroke_width=1.4 if tick == 0 else 1)
        canvas.text(plot.x - 8, y + 4, voice.number(tick), anchor="end", fill=SOFT)
    _months(canvas, runway, voice, plot, ticks)
    words = alternative(runway, voice)
    return canvas.finish(plot.bottom + 32, key, voice.say(runway.title), "".join(span.text for span in words.summary))


def _y(plot: Box, ticks: list[int], value: float) -> float:
    return plot.bottom - plot.height * (value - ticks[0]) / (ticks[-1] - ticks[0])


def _legend(canvas: Canvas, voice: Voice, x: float) -> None:
    firm, promised = voice.text("interface.runway.firm"), voice.text("interface.runway.promised")
    canvas.rect(Box(x, 9, 12, 11), FIRM)
    canvas.text(x + 18, 18, firm)
    x += 44 + measure(firm)
    canvas.line(x, 14, x + 24, 14, PROMISED, stroke_width=2, stroke_dasharray="2 4", stroke_linecap="round")
    canvas.text(x + 30, 18, promised)


def _months(canvas: Canvas, runway: Runway, voice: Voice, plot: Box, ticks: list[int]) -> None:
    step = plot.width / max(len(runway.months), 1)
    zero = _y(plot, ticks, 0)
    every = max(1, -(-62 // int(max(step, 1))))
    line = []
    for n, month in enumerate(runway.months):
        x = plot.x + (n + 0.5) * step
        y = _y(plot, ticks, month.firm)
        bar = Box(x - step * 0.33, min(y, zero), step * 0.66, abs(y - zero))
        canvas.rect(bar, FIRM if month.firm >= 0 else SHORT, stroke=None if month.firm >= 0 else ALERT)
        line.append((x, _y(plot, ticks, month.promised)))
        if n % every == 0:
            canvas.text(x, plot.bottom + 20, voice.month(month.month, short=True), size=11.5, anchor="middle", fill=SOFT)
        if month.meeting is not None:
            _round(canvas, x, plot, month.meeting)
        if month.month == runway.ends:
            _end(canvas, voice, x, plot)
    if line:
        points = " L".join(f"{x:.1f} {y:.1f}" for x, y in line)
        canvas.add("path", d=f"M{points}", fill="none", stroke="#ffffff", stroke_width=4.5)
        canvas.add("path", d=f"M{points}", fill="none", stroke=PROMISED, stroke_width=2.4, stroke_dasharray="2 4.5", stroke_linecap="round")
    if any(month.meeting is not None for month in runway.months):
        canvas.text(plot.x - 8, 61, voice.text("interface.runway.round"), size=11.5, anchor="end", fill=SOFT)


def _round(canvas: Canvas, x: float, plot: Box, number: int) -> None:
    canvas.line(x, 67, x, plot.bottom, RULE, stroke_dasharray="2 3")
    canvas.add("circle", cx=x, cy=57, r=10, fill="#ffffff", stroke=INK)
    canvas.text(x, 61, str(number), size=11.5, anchor="middle", bold=True)


def _end(canvas: Canvas, voice: Voice, x: float, plot: Box) -> None:
    canvas.line(x, plot.y - 6, x, plot.bottom + 4, ALERT, stroke_width=2)
    lines = wrapped(voice.text("interface.runway.end-mark"), 150)
    end = x > plot.x + plot.width * 0.6
    width = max(measure(line, bold=True) for line in lines)
    at = x - 8 if end else x + 8
    canvas.rect(Box(at - width - 3 if end else at - 3, plot.y + 2, width + 6, 15 * len(lines) + 3), "#ffffff")
    canvas.lines(at, plot.y + 14, lines, anchor="end" if end else "start", fill=ALERT, bold=True)
