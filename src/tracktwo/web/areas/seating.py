"""Breakout rooms, for the team's stewards: the ways to their pages, which are loaded when somebody first opens one."""

from __future__ import annotations

from django.http import HttpResponse

from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk

# The pages are imported where they answer: what plans rooms takes a second to load, for which neither the server's start nor another page shall wait.


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def seating(asked: Asked, desk: Desk) -> HttpResponse:
    """The plans that were saved, and what a new one is to be; by POST the new one, which is not saved yet."""
    from tracktwo.web import seating_page

    return seating_page.answer(asked, desk)


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def plan(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """One plan: its rounds; by POST planned again, checked as it was changed by hand, explained, saved or taken out."""
    from tracktwo.web import seating_page

    return seating_page.answer(asked, desk, entry)


@door(*STEWARDS, room="team")
def paper(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """A plan for paper, a page a round, with names."""
    from tracktwo.web import seating_page

    return seating_page.paper(asked, desk, entry, names=True)


@door(*STEWARDS, room="team")
def paper_of_codes(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """The same with codes alone, for a wall that others see."""
    from tracktwo.web import seating_page

    return seating_page.paper(asked, desk, entry, names=False)


PATHS = [
    at("i/<tag:tag>/rooms", seating, "seating"),
    at("i/<tag:tag>/rooms/<entry:entry>", plan, "seating-plan"),
    at("i/<tag:tag>/rooms/<entry:entry>/paper", paper, "seating-paper"),
    at("i/<tag:tag>/rooms/<entry:entry>/paper-of-codes", paper_of_codes, "seating-paper-codes"),
]
