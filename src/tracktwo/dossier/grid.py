"""A programme as a printable page: `programme.html`, a grid a day on A4, a column a room, without scripts and without a single request."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tracktwo.dossier.feeds import neutral
from tracktwo.dossier.language import Voice
from tracktwo.model.timetable import DayShown, Placed, Timetable

_STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 10pt/1.35 system-ui, sans-serif; color: #1d2126; margin: 1rem auto; max-width: 60rem }
h1 { font-size: 15pt; margin: 0 0 .2rem } h2 { font-size: 12pt; margin: 1rem 0 .3rem }
p { margin: .2rem 0 } .small { color: #565d66; font-size: 8.5pt }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: 1px solid #c9c6be; padding: .2rem .35rem; vertical-align: top; text-align: start; overflow-wrap: anywhere }
th.time { width: 6.5rem; white-space: nowrap; font-weight: 400; font-variant-numeric: tabular-nums; color: #565d66 }
td.work { background: #e7eef7 } td.meal { background: #f6efdc } td.observance { background: #ece7f3 } td.culture { background: #e4f1e6 }
.code { white-space: nowrap }
section { break-inside: avoid; break-after: page } section:last-of-type { break-after: auto }
@media print {
  body { font-size: 8pt; margin: 0; max-width: none } .small { font-size: 7pt }
  th, td { padding: .05rem .3rem } p { margin: 0; display: inline }
}
"""
_TINTED = ("meal", "observance", "culture")
Column = list[Placed]


def programme_page(plan: Timetable, voice: Voice) -> bytes:
    """The page in UTF-8, right to left where the language is; the same input gives the same bytes. Raises MissingMessage.

    In the monitored variant what is sensitive stands under a neutral word.
    """
    body = [f"<h1>{escape(plan.title)}</h1>"]
    if plan.fictional:
        body.append('<p class="small">A fictional example.</p>')
    for day in plan.days:
        body.append(_day(plan, day, voice))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(plan.title)}</title><style>{_STYLE}</style>'
    page = f'<!doctype html><html lang="{voice.language}" dir="{voice.direction}"><head>{head}</head><body>{"".join(body)}</body></html>\n'
    return page.encode()


def _day(plan: Timetable, day: DayShown, voice: Voice) -> str:
    items = [item for item in plan.items if item.day == day.number]
    title = escape(voice.text("interface.programme.day-and-date", number=day.number, date=day.date))
    zone = f'<span class="small" dir="ltr">{escape(day.zone)}</span>'
    if not items:
        return f"<section><h2>{title} {zone}</h2></section>"
    columns = _columns(items)
    times = sorted({time for item in items for time in (item.start, item.end)})
    heads = "".join(f'<th scope="col"><bdi>{escape(name)}</bdi></th>' for name, _ in columns)
    rows = []
    for place, time in enumerate(times[:-1]):
        cells = "".join(_cell(column, time, times, place, plan, voice) for _, column in columns)
        rows.append(f'<tr><th class="time" scope="row"><span dir="ltr">{time}–{times[place + 1]}</span></th>{cells}</tr>')
    when = escape(voice.text("interface.programme.time"))
    return f'<section><h2>{title} {zone}</h2><table><tr><th class="time" scope="col">{when}</th>{heads}</tr>{"".join(rows)}</table></section>'


def _columns(items: Sequence[Placed]) -> list[tuple[str, Column]]:
    """A column for each room that is used, and as many without a name as what needs no room takes side by side."""
    rooms = sorted({item.room for item in items if item.room is not None})
    found: list[tuple[str, Column]] = [(room, [item for item in items if item.room == room]) for room in rooms]
    free: list[Column] = []
    for item in sorted((item for item in items if item.room is None), key=lambda item: (item.start, item.end)):
        lane = next((lane for lane in free if lane[-1].end <= item.start), None)
        if lane is None:
            free.append([item])
        else:
            lane.append(item)
    return found + [("–", lane) for lane in free]


def _cell(column: Column, time: str, times: Sequence[str], place: int, plan: Timetable, voice: Voice) -> str:
    """The cell of a column at a time: nothing where an item that began before goes on."""
    begins = next((item for item in column if item.start == time), None)
    if begins is None:
        return "" if any(item.start < time < item.end for item in column) else "<td></td>"
    rows = sum(begins.start <= other < begins.end for other in times[place:])
    kind = begins.kind if begins.kind in _TINTED else "work" if begins.stage or neutral(begins.kind).endswith("session") else ""
    word = voice.text(neutral(begins.kind))
    hidden = plan.monitored and begins.sensitive
    title = word if hidden else begins.title
    stage = "" if begins.stage is None or hidden else f" · <bdi>{escape(begins.stage.replace('-', ' '))}</bdi>"
    codes = ", ".join(f'<span class="code">{escape(code)}</span>' for code in begins.who)
    who = f' <p class="small" dir="ltr">{codes}</p>' if begins.who else ""
    return f'<td class="{kind}" rowspan="{rows}"><strong><bdi>{escape(title)}</bdi></strong> <p class="small">{escape(word)}{stage}</p>{who}</td>'
