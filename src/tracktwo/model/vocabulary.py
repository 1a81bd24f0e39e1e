"""The closed vocabularies of a brief, and dates as people know them: to the year, the month or the day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

Challenge = Literal["armed conflict", "community dispute", "shared resource", "friendship", "political dispute"]
"""What brings the parties together: a war, a dispute without one, a river or pasture, or a friendship with no dispute at all."""

PartyKind = Literal[
    "government", "armed group", "political movement", "community", "religious body", "institution", "municipality", "organisation", "other"
]
GrievanceKind = Literal["social", "economic", "political", "legal"]
Level = Literal["top", "middle", "grassroots"]
Track = Literal["1", "1.5", "2", "3"]
IssueStatus = Literal["escalating", "stuck", "ripening", "easing", "unknown"]
RelationKind = Literal["trusts", "talks to", "allied with", "commands", "family", "faith", "trades with", "finances", "rivals", "fights"]
ChangeLevel = Literal["persons", "relations", "society"]
Stage = Literal["socialising", "filtering ideas home", "policy adjustment"]
PledgeStatus = Literal["received", "signed", "promised", "hoped"]
TriggerKind = Literal["violence", "arrests", "unrest", "leak", "change of government", "other"]
LawAct = Literal[
    "contact", "meet", "invite", "convene-meeting", "give-platform", "attend-event", "facilitate", "carry-message", "interpret", "train",
    "expert-advice", "draft-text", "publish-jointly", "publish-supportive-statement", "sign-joint-document", "provide-information-abroad",
    "profess-membership", "pay-per-diem", "pay-honorarium", "reimburse-travel", "provide-travel", "provide-lodging", "provide-meals",
    "host-venue", "provide-communications", "give-goods", "transfer-funds", "pay-fees-taxes", "travel-of-listed-person", "entry-of-participant",
    "travel-to-area", "engage-foreign-official", "humanitarian-assistance", "report-suspicion",
]  # fmt: skip
"""The acts that the rule base tells apart."""
PlainAct = Literal["dialogue", "training", "advice", "travel", "per diem", "hosting", "payment", "equipment", "joint publication", "other"]
ActKind = Literal[PlainAct, LawAct]
"""A plain word for what is planned, or one act of the rule base."""
LAW_ACTS: dict[str, tuple[LawAct, ...]] = {
    "dialogue": ("meet", "convene-meeting", "facilitate"),
    "training": ("train",),
    "advice": ("expert-advice",),
    "travel": ("provide-travel", "travel-of-listed-person", "entry-of-participant"),
    "per diem": ("pay-per-diem",),
    "hosting": ("host-venue", "provide-lodging", "provide-meals"),
    "payment": ("transfer-funds",),
    "equipment": ("give-goods",),
    "joint publication": ("publish-jointly",),
    "other": (),
}
"""Plain word → the acts of the rule base that it means; none for one that says nothing of the kind."""
TeamRole = Literal["convenor", "facilitator", "interpreter", "expert", "evaluator", "logistics", "cultural animator", "other"]
Gender = Literal["woman", "man", "other"]

_YEAR_OR_MORE = re.compile(r"[0-9]{3,4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def _digits(value: object) -> str:
    """The value as text, with digits of any script (٢٠٢٧, २०२७) as 0 to 9, for these are how many convenors write a date."""
    text = str(value)
    if not text.isascii():
        text = "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text)
    return text.strip()


def _on_calendar(value: object, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("day", "'{value}' is not a day of the calendar", {"value": str(value)[:40]}) from error


def _partial_date(value: object) -> str:
    text = _digits(value)
    if not _YEAR_OR_MORE.fullmatch(text):
        raise PydanticCustomError("partial_date", "should be a date as YYYY, YYYY-MM or YYYY-MM-DD, not '{value}'", {"value": str(value)[:40]})
    if text.count("-") == 2:
        _on_calendar(value, text.zfill(10))
    return text


def _month(value: object) -> str:
    text = _digits(value)
    if not _MONTH.fullmatch(text):
        raise PydanticCustomError("month", "should be a month as YYYY-MM, not '{value}'", {"value": str(value)[:40]})
    return text


def _day(value: object) -> date:
    # Left to itself pydantic reads a bare number as seconds since 1970, so that a slip of the pen becomes a date nobody meant.
    text = value.isoformat() if type(value) is date else _digits(value)
    if not _DAY.fullmatch(text):
        raise PydanticCustomError("day", "should be a date of the calendar written YYYY-MM-DD, not '{value}'", {"value": str(value)[:40]})
    return _on_calendar(value, text)


PartialDate = Annotated[str, BeforeValidator(_partial_date)]
"""A date known to the year, the month or the day: YYYY, YYYY-MM or YYYY-MM-DD."""
Month = Annotated[str, BeforeValidator(_month)]
"""A month as YYYY-MM, from 1900 to 2199."""
Day = Annotated[date, BeforeValidator(_day)]
"""A day as YYYY-MM-DD, from 1900 to 2199."""

LEVELS_OF_LANGUAGE = ("A1", "A2", "B1", "B2", "C1", "C2", "native")
"""Levels of a language in the Common European Framework, the lowest first."""
