"""Strategy, continued: the theory of change as a figure, and who carries what to whom as tables."""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.methods.arc import Round
from tracktwo.methods.change import Circular, weakest_first
from tracktwo.model.exhibit import AnyExhibit, Link, Table, Theory
from tracktwo.model.finding import Month, Param


def exhibits(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[AnyExhibit]:
    """Every figure and table of the strategy, in the order of its rows."""
    yield from theory_figure(q)
    yield from transfer_table(q, arc)
    yield from track_map(q)
    yield from public_table(q)
    yield from trigger_table(q)


def theory_figure(q: Inquiry) -> Iterator[AnyExhibit]:
    change = q.initiative.change
    if change is None or not change.links:
        return
    try:
        states = {item.link.id: item.state for item in weakest_first(change.links)}
    except Circular:
        return
    yield Theory(
        row="C3",
        title=msg("figure.theory"),
        evidence=q.said(*change.links),
        links=tuple(
            Link(id=link.id, if_=link.if_, then=link.then, after=link.after, state=states[link.id], assumes=link.assumes) for link in change.links
        ),
    )


def transfer_table(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[AnyExhibit]:
    if not arc:
        return
    officials = (
        listing(contact.held_by or contact.process for contact in q.initiative.officials) if q.initiative.officials else term("list", "unknown")
    )
    public = {message.when[:7]: message.what for message in q.initiative.public if message.when and not message.closed}
    yield Table(
        row="C5",
        title=msg("table.transfer"),
        evidence=q.said(*q.initiative.officials, *q.initiative.public),
        header=tuple(msg(f"column.{name}") for name in ("round", "month", "stage", "officials-by", "carried-by", "public")),
        cells=tuple(
            (item.number, Month(month=item.month), term("stage", item.stage), item.briefing_by, officials, public.get(item.month, "—"))
            for item in arc
        ),
    )


def track_map(q: Inquiry) -> Iterator[AnyExhibit]:
    work, officials = q.initiative.activities, q.initiative.officials
    if not work and not officials:
        return
    lines: list[tuple[Param, ...]] = [
        (contact.process, term("track", "1"), contact.held_by or "—", contact.sees_us_as or "—") for contact in officials
    ]
    lines += [(a.who, term("track", a.track), "—", msg("tracks.told") if a.told else msg("tracks.untold")) for a in work if a.track]
    yield Table(
        row="C6",
        title=msg("table.tracks"),
        evidence=q.said(*work, *officials),
        header=tuple(msg(f"column.{name}") for name in ("process", "track", "line", "sees-us")),
        cells=tuple(lines),
    )


def public_table(q: Inquiry) -> Iterator[AnyExhibit]:
    if q.initiative.public:
        yield Table(
            row="C9",
            title=msg("table.public"),
            evidence=q.said(*q.initiative.public),
            header=tuple(msg(f"column.{name}") for name in ("what", "said-by", "when", "closed", "indicator")),
            cells=tuple((m.what, m.said_by or "—", m.when or "—", m.closed, m.indicator or "—") for m in q.initiative.public),
        )


def trigger_table(q: Inquiry) -> Iterator[AnyExhibit]:
    if q.initiative.pause_triggers:
        yield Table(
            row="C10",
            title=msg("table.triggers"),
            evidence=q.said(*q.initiative.pause_triggers),
            header=tuple(msg(f"column.{name}") for name in ("kind", "trigger", "owner")),
            cells=tuple((term("trigger", t.kind), t.what, t.owner or "—") for t in q.initiative.pause_triggers),
        )
