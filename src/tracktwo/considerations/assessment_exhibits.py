"""Assessment, continued: earlier attempts, present work and grievances as tables."""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import Message, Param


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """Earlier attempts, present work and grievances as tables."""
    initiative = q.initiative
    if initiative.attempts:
        yield Table(
            row="A4",
            title=msg("table.attempts"),
            evidence=q.said(*initiative.attempts),
            header=_header("attempt by track years result stalled"),
            cells=tuple(
                (
                    a.name,
                    listing(a.by),
                    term("track", a.track) if a.track else term("list", "unknown"),
                    _years(a),
                    a.result or "—",
                    a.stalled_because or "—",
                )
                for a in initiative.attempts
            ),
        )
    if initiative.activities:
        yield Table(
            row="A5",
            title=msg("table.work"),
            evidence=q.said(*initiative.activities),
            header=_header("who what issue sides level told"),
            cells=tuple(
                (a.who, a.what, a.issue or "—", q.side_names(initiative.side(s) for s in a.sides), term("level", a.level) if a.level else "—", a.told)
                for a in initiative.activities
            ),
        )
    held = [(issue, grievance) for issue in initiative.issues for grievance in issue.grievances]
    if held:
        yield Table(
            row="A10",
            title=msg("table.grievances"),
            evidence=q.said(*(grievance for _, grievance in held)),
            header=_header("issue grievance kind side standing"),
            cells=tuple((issue.name, g.what, term("grievance", g.kind), holder(q, g), term("standing", g.standing)) for issue, g in held),
        )


def _years(attempt: b.Attempt) -> str:
    return f"{attempt.start or '?'} – {attempt.end or '?'}" if attempt.start or attempt.end else "—"


def _header(words: str) -> tuple[Message, ...]:
    return tuple(msg(f"column.{word}") for word in words.split())


def holder(q: Inquiry, grievance: b.Grievance) -> Param:
    return q.initiative.side(grievance.side).name if grievance.side else term("who", "somebody")
