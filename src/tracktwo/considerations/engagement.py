"""Feasibility, continued: an engagement sheet for each contested party (row B10). The sheet informs a decision; it never makes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tracktwo.considerations.inquiry import Inquiry, listing, msg
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import Evidence, Finding, Param, Quoted, Severity

_SHORT_OF_THE_TABLE = ("message", "separate", "adviser", "observer", "constituency")
"""Forms of engagement short of a seat: carried messages, a separate room, a trusted adviser, an observer, its constituency instead of itself."""


def contested(q: Inquiry) -> tuple[b.Party, ...]:
    """Parties of which somebody says that they must not be engaged with."""
    return tuple(party for party in q.initiative.parties if party.contested)


def sheets(q: Inquiry) -> Iterator[Finding]:
    """B10: must an offending party be at the table, and what does its presence legitimise?"""
    parties = contested(q)
    if not parties:
        names = listing(party.name for party in q.initiative.parties)
        yield q.unknown(q.fitting("engagement.nobody-contested"), "B10", q.each_side(), "engagement", parties=names)
    for party in parties:
        yield from _sheet(q, party)
    yield from _open_questions(q, parties)


def _sheet(q: Inquiry, party: b.Party) -> Iterator[Finding]:
    """What was entered of one party."""
    sheet = party.engagement or b.Engagement()
    evidence = q.said(party, *([party.engagement] if party.engagement else []))
    if sheet.can_block:
        yield q.assumed("engagement.can-block", "B10", evidence, severity="warning", party=party.name, can_block=sheet.can_block)
    if sheet.legitimises:
        for_whom = listing(sheet.legitimised_for) if sheet.legitimised_for else msg("engagement.for-nobody-named")
        yield q.assumed("engagement.legitimises", "B10", evidence, severity="warning", party=party.name, what=sheet.legitimises, for_whom=for_whom)
    yield from _record(q, party, sheet)
    if sheet.victims_views:
        yield q.assumed("engagement.victims-say", "B10", evidence, party=party.name, views=listing(sheet.victims_views))
    if sheet.decision:
        code = "engagement.decided-dissent" if sheet.decision.dissent else "engagement.decided"
        dissent = {"dissent": sheet.decision.dissent} if sheet.decision.dissent else {}
        yield q.known(
            code,
            "B10",
            q.said(sheet.decision),
            party=party.name,
            choice=sheet.decision.decision,
            by=sheet.decision.by,
            on=sheet.decision.date,
            **dissent,
        )


def _open_questions(q: Inquiry, parties: tuple[b.Party, ...]) -> Iterator[Finding]:
    """What is not entered yet, one question for all parties of which it is open."""
    forms = listing(msg(f"engagement.form-{form}") for form in _SHORT_OF_THE_TABLE)
    questions: tuple[tuple[str, str, Callable[[b.Engagement], object], Severity, dict[str, Param]], ...] = (
        ("engagement.block-unknown", "B10", lambda sheet: sheet.can_block, "note", {}),
        ("engagement.legitimacy-unknown", "B10", lambda sheet: sheet.legitimises, "note", {}),
        ("engagement.no-record", "B10", lambda sheet: sheet.record, "note", {"places": q.place_names()}),
        ("engagement.victims-not-heard", "B10 A11", lambda sheet: sheet.victims_views, "warning", {}),
        ("engagement.forms-not-weighed", "B10", lambda sheet: sheet.short_of_the_table, "note", {"forms": forms}),
        ("engagement.undecided", "B10 B9", lambda sheet: sheet.decision, "warning", {}),
    )
    for code, rows, entered, severity, params in questions:
        open_ = [party for party in parties if not entered(party.engagement or b.Engagement())]
        if open_:
            names = listing(party.name for party in open_)
            yield q.unknown(code, rows, _who_judges(q, open_), "engagement", severity=severity, parties=names, count=len(open_), **params)


def _who_judges(q: Inquiry, parties: list[b.Party]) -> list[Param]:
    """Somebody of each side that none of the parties belongs to, or else the convenor."""
    own = {party.side for party in parties}
    return [q.of_side(side) for side in q.initiative.table if side.id not in own] or [q.convenor()]


def _record(q: Inquiry, party: b.Party, sheet: b.Engagement) -> Iterator[Finding]:
    for item in sheet.record:
        source = item.source
        if source is None:
            yield q.assumed("engagement.record-unsourced", "B10", q.said(item), party=party.name, what=item.what)
            continue
        cited = Evidence(
            publisher=source.publisher or source.title,
            dataset=source.title,
            version=source.date,
            locator=source.url or q.said(item)[0].locator,
            as_of=q.initiative.opening.written,
            url=source.url,
        )
        yield q.known("engagement.record", "B10", [cited, *q.said(item)], party=party.name, what=item.what, source=Quoted(quoted=source.title))


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """One sheet a contested party, as a table of questions and what was entered."""
    for party in contested(q):
        sheet = party.engagement or b.Engagement()
        none = msg("engagement.not-entered")
        decision = (
            msg("engagement.decision-cell", choice=sheet.decision.decision, by=sheet.decision.by, on=sheet.decision.date) if sheet.decision else none
        )
        yield Table(
            row="B10",
            title=msg("table.engagement", party=party.name),
            evidence=q.said(party),
            header=(msg("column.question"), msg("column.entered")),
            cells=(
                (msg("engagement.q-block"), sheet.can_block or none),
                (msg("engagement.q-legitimises"), sheet.legitimises or none),
                (msg("engagement.q-for-whom"), listing(sheet.legitimised_for) if sheet.legitimised_for else none),
                (msg("engagement.q-record"), listing(item.what for item in sheet.record) if sheet.record else none),
                (msg("engagement.q-victims"), listing(sheet.victims_views) if sheet.victims_views else none),
                (msg("engagement.q-short"), listing(item.form for item in sheet.short_of_the_table) if sheet.short_of_the_table else none),
                (msg("engagement.q-decision"), decision),
                (msg("engagement.q-dissent"), (sheet.decision.dissent if sheet.decision else None) or none),
            ),
        )
