"""Load: telephones in a hall that ask and vote for a minute, and not one vote that was acknowledged is lost or counted twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.storing import Database
from tests.web import load
from tests.web.house import Browser, Placed, _with_card, begin, browser, opened
from tests.web.live import running
from tracktwo.model.brief import Side
from tracktwo.record.ballots import Caster
from tracktwo.record.entries import SideDeclared
from tracktwo.record.statements import Ballot, Statement, StatementMade, VotingOpened
from tracktwo.web import clock, desk
from tracktwo.web.sessions import COOKIE
from tracktwo.web.who import Visit

MEMBERS = 20


def hall(clients: int, people: int = MEMBERS) -> tuple[Placed, list[Placed], tuple[str, ...]]:
    """An initiative with participants of two sides, and as many statements as let every client have one of its own."""
    on = clock.today()
    sides = tuple(SideDeclared(on=on, lamport=0, body=Side(id=name, name=name)) for name in ("north", "south"))
    convenor = begin(entries=sides)
    members = [_with_card(convenor, "participant", ("north", "south")[number % 2], None) for number in range(people)]
    record = convenor.record
    numbers = range(1, -(-clients // people) + 1)
    made = record.append([StatementMade(on=on, lamport=0, body=Statement(text=f"Statement {n}", language="en", number=n)) for n in numbers])
    record.append([VotingOpened(on=on, lamport=0, body=Ballot(statements=made))])
    desk.touch(record.initiative)
    return convenor, members, made


def telephones(members: list[Placed], statements: tuple[str, ...], clients: int) -> list[load.Telephone]:
    """One visit for each client; no two clients vote as the same member on the same statement."""
    made = []
    for number in range(clients):
        visit: Browser = browser(Visit(step="card", membership=members[number % len(members)].membership))
        made.append(load.Telephone(visit.cookies[COOKIE].value, statements[number // len(members)]))
    return made


def whole(convenor: Placed, members: list[Placed], phones: list[load.Telephone]) -> tuple[int, int]:
    """(votes that were acknowledged and are not there, votes beyond those that there should be)."""
    own = [Caster.of(member.record).own(desk.store()) for member in members]
    lost = sum(own[number % len(members)].get(phone.statement) != phone.said for number, phone in enumerate(phones) if phone.said)
    rows = len(desk.store().ballots(convenor.record.initiative))
    return lost, rows - sum(phone.said is not None for phone in phones)


def test_a_few_telephones_vote_and_ask_and_nothing_is_lost(tmp_path: Path) -> None:
    with opened(tmp_path):
        convenor, members, statements = hall(12, people=4)
        phones = telephones(members, statements, 12)
        with running(tmp_path) as live:
            port = int(live.address.rpartition(":")[2])
            asyncio.run(load.run(port, phones, 2.0, poll=0.5, vote=1.0))
        assert [phone.errors for phone in phones if phone.errors] == []
        assert all(phone.said for phone in phones)
        assert whole(convenor, members, phones) == (0, 0)


@pytest.mark.gate
@pytest.mark.alone
@pytest.mark.parametrize("clients", [300, 1000])
def test_clients_that_ask_every_two_seconds_and_vote_every_ten_for_a_minute(
    clients: int, database: Database, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    address = None if database.kind == "SQLite" else database.address
    with opened(tmp_path, address):
        convenor, members, statements = hall(clients)
        phones = telephones(members, statements, clients)
        with running(tmp_path, address) as live:
            port = int(live.address.rpartition(":")[2])
            asyncio.run(load.run(port, phones[:MEMBERS], 3, poll=1, vote=1.5))  # so that everybody's rooms have been opened once
            for phone in phones:
                phone.polls, phone.votes, phone.errors = [], [], []
            asyncio.run(load.run(port, phones, 60))
        lost, doubled = whole(convenor, members, phones)
    errors = [error for phone in phones for error in phone.errors]
    polls, votes = ([value for phone in phones for value in getattr(phone, kind)] for kind in ("polls", "votes"))
    both = polls + votes
    p50, p95, p99 = (load.percentile(both, share) for share in (0.5, 0.95, 0.99))
    figure(
        f"{clients} clients on {database.kind}: {len(polls)} polls, {len(votes)} votes; p50 {p50} ms, p95 {p95} ms, p99 {p99} ms "
        f"(votes alone p95 {load.percentile(votes, 0.95)} ms); {len(errors)} errors, {lost} lost, {doubled} doubled"
    )
    assert (errors, lost, doubled) == ([], 0, 0)
    if clients == 300:
        assert (p95 <= 50, p99 <= 150) == (True, True)
