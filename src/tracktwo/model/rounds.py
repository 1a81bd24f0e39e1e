"""What an arc of rounds is made from: how many, in which months, at which venues, with which money, and who is briefed between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Noun, Stated, Text
from tracktwo.model.undertaking import Budget
from tracktwo.model.vocabulary import Month

MOST = Decimal(10) ** 12
"""An amount above this is a slip of the hand."""


class RoundVenue(Stated):
    """A place that rounds may be held at, what a round there costs, and the months in which it cannot be had."""

    name: Text
    cost: Annotated[Decimal, Field(ge=0, le=MOST)]
    """Of one round held there, in the budget's currency, beside what the budget says of every round."""
    closed: Annotated[tuple[Month, ...], Field(max_length=120)] = ()


class ArcWish(Stated):
    """How the rounds should lie: between which months, how far apart, at which venues, and out of which money they are paid.

    The budget is the brief's: only money that is received or signed, with no condition open, pays for a round.
    """

    first: Month
    last: Month
    rounds: Annotated[int, Field(ge=1, le=24)]
    least_gap: Annotated[int, Field(ge=1, le=24)] = 2
    """Months from one round to the next, at least."""
    greatest_gap: Annotated[int, Field(ge=1, le=36)] = 9
    """Months from one round to the next, at most: beyond it people lose the thread."""
    blackouts: Annotated[tuple[Month, ...], Field(max_length=120)] = ()
    """Months in which no round can be held, such as elections or Ramadan."""
    venues: Annotated[tuple[RoundVenue, ...], Field(min_length=1, max_length=20)]
    continuity: Annotated[Decimal, Field(ge=0, le=1)] = Decimal("0.75")
    """Share of the seats that those keep who sat in the round before."""
    seats: Annotated[int, Field(ge=2, le=200)] = 16
    briefing_weeks: Annotated[int, Field(ge=1, le=12)] = 3
    """Weeks after a round by which officials of every side are briefed."""
    budget: Budget

    @model_validator(mode="after")
    def _months_in_order(self) -> ArcWish:
        if self.last < self.first:
            raise PydanticCustomError("months", "ends before it begins; 'first' should be the earlier month")
        if self.greatest_gap < self.least_gap:
            raise PydanticCustomError("months", "allows no gap at all; 'greatest_gap' should be at least 'least_gap'")
        names = [venue.name for venue in self.venues]
        if len(set(names)) < len(names):
            raise PydanticCustomError("venues", "names a venue twice; give each its own name")
        self._money_holds()
        return self

    def _money_holds(self) -> None:
        """Raise for a currency without a rate, and for an amount that no such budget has."""
        rated = {self.budget.currency, *(rate.currency for rate in self.budget.rates)}
        sums = [(cost.amount, cost.currency) for cost in self.budget.costs]
        sums += [(pledge.amount, pledge.currency) for pledge in self.budget.pledges]
        for amount, currency in sums:
            if currency is not None and currency not in rated:
                told = "has an amount in {currency} without a rate; add it under budget.rates"
                raise PydanticCustomError("rate", told, {"currency": currency})
            if amount > MOST:
                raise PydanticCustomError("amount", "has an amount above 1,000,000,000,000; correct it")


class RoundHeld(Noun):
    """One round that firm money pays for: its month, venue, purpose, whom it keeps and by when officials are briefed."""

    number: int
    month: Month
    venue: str
    purpose: str
    stage: str
    cost: Decimal
    keeps: int
    """Seats of those who sat in the round before."""
    new: int
    briefed_by: date
    """By when officials of every side are briefed; the meeting is taken to end with its month at the latest."""


class MonthLeft(Noun):
    """What is left of firm money at the end of a month, in the budget's currency."""

    month: Month
    firm: Decimal


class ArcPlanned(Noun):
    """An arc: its rounds, as many as firm money pays for, and what is left month by month."""

    status: Literal["optimal", "feasible", "infeasible", "timeout"]
    wanted: int
    rounds: tuple[RoundHeld, ...] = ()
    most: int = 0
    """No arc within these months, gaps and money has more rounds."""
    uncovered: Decimal = Decimal(0)
    """Of the costs that fall due with or without rounds, what firm money does not cover."""
    currency: str
    months: tuple[MonthLeft, ...] = ()
    sentences: tuple[str, ...] = ()
    reproducible: bool = True
