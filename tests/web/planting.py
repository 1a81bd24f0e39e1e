"""What tests of the web plant before they look for it: statements, votes on them, and words that must not be seen elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from tests.web.house import House
from tracktwo.model.brief import GroundRule
from tracktwo.record.ballots import Caster, Vote
from tracktwo.record.entries import GroundRuleSet
from tracktwo.record.statements import Ballot, Statement, StatementMade, VotingClosed, VotingOpened
from tracktwo.web import clock, desk

VOTERS = ("participant A", "participant B")


def statement(house: House, text: str = "The bridge should open at dawn", room: str = "plenary", number: int = 1, *, opened: bool = True) -> str:
    """A statement, put to the vote where `opened`; its id."""
    made = StatementMade(room=room, on=clock.today(), lamport=0, body=Statement(text=text, language="en", number=number))
    (entry,) = house.write("convenor", made)
    if opened:
        house.write("convenor", VotingOpened(room=room, on=clock.today(), lamport=0, body=Ballot(statements=(entry,))))
    return entry


def close(house: House, *statements: str, room: str = "plenary") -> None:
    """End the vote on statements."""
    house.write("convenor", VotingClosed(room=room, on=clock.today(), lamport=0, body=Ballot(statements=statements)))


def votes(
    house: House, statement: str, room: str = "plenary", votes: Sequence[Vote] = ("agree", "agree", "agree", "agree", "disagree", "pass")
) -> None:
    """Cast votes on a statement: the first ones by the participants, the others from paper."""
    for number, vote in enumerate(votes):
        if number < len(VOTERS):
            Caster.of(house.people[VOTERS[number]].record).cast(desk.store(), statement, room, vote)
        else:
            steward = Caster.of(house.people["convenor"].record)
            steward.for_paper(f"planted {number}", "south").cast(desk.store(), statement, room, vote)


def ground_rule(house: House, applies_to: str = "all sessions") -> str:
    """A ground rule that is up for everybody; its id."""
    return house.write("convenor", GroundRuleSet(room="plenary", on=clock.today(), lamport=0, body=GroundRule(applies_to=applies_to)))[0]
