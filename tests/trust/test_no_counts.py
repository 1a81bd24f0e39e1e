"""Results come later: no page, file or answer is another one because somebody has voted, so none can show a count, a share or a bar."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.trust.test_permission_matrix import _addresses
from tests.trust.web_rows import ROWS
from tests.web.house import House, house, opened
from tests.web.planted import plant
from tracktwo.record.ballots import VOTES, Caster
from tracktwo.web import desk

LOOKING = ("convenor", "facilitator", "evaluator", "interpreter", "participant B", "operator")
"""Everybody but participant A, whose own votes come and go here: he may see those."""
CHANCE = (r'name="(csrfmiddlewaretoken|once)" value="[^"]+"', r"<(code|svg)\b.*?</\1>", r'content="\d+"')
"""What is another each time a page is shown, whoever has done what."""


def _everything(home: House) -> dict[tuple[str, str], str]:
    """(role, address) → what is answered, without what is random."""
    shown = {}
    for name, path in _addresses(home).items():
        for role in LOOKING:
            if role in ROWS[name]:
                body = home.get(role, path).content.decode(errors="replace")
                for pattern in CHANCE:
                    body = re.sub(pattern, "", body, flags=re.DOTALL)
                shown[role, name] = body
    return shown


def _settled(home: House) -> dict[tuple[str, str], str]:
    """What is answered once nothing changes by itself: first looks leave a trace, and findings are worked out beside the pages."""
    shown = _everything(home)
    for _ in range(20):
        earlier, shown = shown, _everything(home)
        if earlier == shown:
            return shown
    raise AssertionError("the pages go on changing though nobody does anything")


def _vote(home: House, statement: str, papers: int) -> None:
    casters = [Caster.of(home.people["participant A"].record)]
    casters += [Caster.of(home.people["convenor"].record).for_paper(f"further paper {number}") for number in range(papers)]
    for number, caster in enumerate(casters):
        caster.cast(desk.store(), statement, "plenary", VOTES[number % 3])


@pytest.mark.gate
def test_six_more_votes_change_no_page_of_anybody(tmp_path: Path) -> None:
    with opened(tmp_path):
        home = house()
        statement = plant(home)
        before = _settled(home)
        _vote(home, statement, 5)
        after = _everything(home)
        assert len(before) > 120
        assert [where for where in before if before[where] != after[where]] == []


def test_what_is_compared_would_show_a_difference(tmp_path: Path) -> None:
    with opened(tmp_path):
        home = house()
        statement = plant(home)
        path = f"/p/{home.tag}/statements"
        before = home.get("participant A", path).content
        Caster.of(home.people["participant A"].record).cast(desk.store(), statement, "plenary", "pass")
        assert home.get("participant A", path).content != before  # his own vote he sees, as long as voting is open
