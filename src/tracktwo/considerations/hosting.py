"""Process design, continued: whose turn it is to host, how long, in which language, and whether the turns are even (row D9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracktwo.considerations import culture
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.methods.programme import PlannedDay
from tracktwo.methods.turns import THIRD_PARTY, Ledger, Turn, ledger
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import Finding, LanguageRef, Param


def hosts(q: Inquiry) -> tuple[str, ...]:
    """The sides that take turns in hosting evenings, in the order of what they offer; none where a side cannot: the third party then hosts all."""
    if any(not side.can_host for side in q.initiative.table):
        return ()
    table = {side.id for side in q.initiative.table}
    return tuple(dict.fromkeys(item.host for item in culture.offers(q) if item.host in table))


def turns(q: Inquiry, plan: Sequence[PlannedDay]) -> Ledger:
    """The ledger of the evenings that somebody hosts, over the rounds that are planned."""
    first = [Turn(slot.host, slot.end - slot.start) for day in plan for slot in day.slots if slot.kind == "culture" and slot.host]
    return ledger(first, [side.id for side in q.initiative.table], hosts(q), q.initiative.wish.rounds)


def findings(q: Inquiry, plan: Sequence[PlannedDay]) -> Iterator[Finding]:
    """D9: are the turns even, and in which language does each side host?"""
    table = q.initiative.table
    unable = [side for side in table if not side.can_host]
    book = turns(q, plan)
    taking = [side for side in table if book.of(side.id).over_all]
    if unable:
        yield q.known("turns.third-party-for-all", "D9", q.said(*unable), sides=q.side_names(unable), decision="programme")
    elif not taking:
        yield q.assumed("turns.third-party", "D9", count=book.of(THIRD_PARTY).turns, sides=q.side_names(), decision="programme")
    elif book.even:
        yield q.assumed(
            "turns.even", "D9", sides=q.side_names(), count=max(book.of(side.id).over_all for side in table), rounds=q.initiative.wish.rounds
        )
    else:
        most, fewest = (pick(table, key=lambda side: book.of(side.id).over_all) for pick in (max, min))
        yield q.assumed(
            "turns.uneven",
            "D9",
            severity="warning",
            most=most.name,
            most_count=book.of(most.id).over_all,
            fewest=fewest.name,
            fewest_count=book.of(fewest.id).over_all,
            rounds=q.initiative.wish.rounds,
            next_step=msg("turns.offer-a-turn", side=fewest.name),
            ask=q.of_side(fewest),
            decision="programme",
        )
    silent = [side for side in taking if not side.languages]
    if silent and not unable:
        yield q.unknown("turns.no-language", "D9", [q.of_side(side) for side in silent], "languages", sides=q.side_names(silent))


def exhibits(q: Inquiry, plan: Sequence[PlannedDay]) -> Iterator[AnyExhibit]:
    """D9: the ledger of turns."""
    book = turns(q, plan)
    names: dict[str, Param] = {THIRD_PARTY: msg("programme.third-party"), **{side.id: side.name for side in q.initiative.table}}
    tags = {side.id: side.languages for side in q.initiative.table} | {THIRD_PARTY: q.initiative.tongues.languages}
    yield Table(
        row="D9",
        title=msg("table.turns"),
        evidence=q.said(*q.initiative.culture, what="field culture"),
        header=tuple(msg(f"column.{name}") for name in ("hosted-by", "turns", "minutes", "language", "turns-over-all")),
        cells=tuple(
            (
                names[account.host],
                account.turns,
                account.minutes,
                listing(LanguageRef(language=tag) for tag in tags[account.host]) if tags[account.host] else term("list", "unknown"),
                account.over_all,
            )
            for account in book.accounts
        ),
    )
