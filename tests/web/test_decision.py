"""The decision: questions first, then a signature that stays as it was given."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.making import bare
from tests.web.house import House
from tracktwo.constitute import let_out
from tracktwo.dossier.language import voice
from tracktwo.record.care import DecisionSigned
from tracktwo.record.entries import EthicsAnswered
from tracktwo.record.gate import Released
from tracktwo.web import reading
from tracktwo.web.areas.decision import QUESTIONS, digest
from tracktwo.web.desk import open_desk
from tracktwo.web.findings import Outlook
from tracktwo.web.work import Standing

SIGNED = {"decision": "not yet", "reason": "Nobody has asked the displaced", "dissent": "One of us would go", "signed_by": "Zelda One\nZelda Two"}


@pytest.fixture(scope="module")
def released() -> Released:
    return let_out(bare("CAF"), voice("en"))


@pytest.fixture
def outlook(monkeypatch: pytest.MonkeyPatch, released: Released) -> list[Outlook]:
    """What every page is told of the findings: the last of the list."""
    told = [Outlook(released, True, "0" * 32, Standing("done"))]
    monkeypatch.setattr(reading, "outlook", lambda asked, desk: told[-1])
    return told


def _entries(home: House, kind: type) -> list:  # type: ignore[type-arg]
    return [entry for entry in open_desk(home.people["convenor"].membership).settled if isinstance(entry, kind)]


def test_a_question_is_answered_or_left_open_with_a_reason_and_not_both(home: House, outlook: list[Outlook]) -> None:
    path = f"/i/{home.tag}/decision"
    body = home.get("convenor", path).content.decode()
    assert all(str(voice_of(name)) in body for name in QUESTIONS)
    both = home.post("convenor", f"{path}/questions", {"answer0": "The elders", "open0": "We do not know"})
    assert both.status_code == 200
    assert "The elders" in both.content.decode()
    assert _entries(home, EthicsAnswered) == []
    home.post("convenor", f"{path}/questions", {"answer0": "The elders", "open1": "Nobody wants to say", "once": "ab" * 16})
    first, second = _entries(home, EthicsAnswered)
    assert (first.body.answer, second.body.open_because) == ("The elders", "Nobody wants to say")
    home.post("convenor", f"{path}/questions", {"answer0": "The elders of both", "open1": "Nobody wants to say", "once": "cd" * 16})
    assert [entry.body.answer for entry in _entries(home, EthicsAnswered)] == [None, "The elders of both"]


def voice_of(name: str) -> str:
    from tracktwo.web.words import voice as spoken

    return spoken("en").text(f"interface.web.decision.question.{name}")


def test_a_decision_is_signed_once_with_what_it_rested_on_and_stays_as_it_was(home: House, outlook: list[Outlook], released: Released) -> None:
    path = f"/i/{home.tag}/decision"
    where = home.post("convenor", path, SIGNED | {"once": "ab" * 16}).headers["Location"]
    assert home.post("convenor", path, SIGNED | {"once": "ab" * 16}).headers["Location"] == where
    (entry,) = _entries(home, DecisionSigned)
    assert entry.body.findings == digest(released)
    assert (entry.body.as_of, entry.body.software) == (released.as_of, released.software)
    page = home.get("facilitator", where).content.decode()
    for words in ("Nobody has asked the displaced", "One of us would go", "Zelda Two", digest(released), "The findings of today are the same"):
        assert words in page
    section = released.sections[0].model_copy(update={"findings": released.sections[0].findings[1:]})
    outlook.append(replace(outlook[0], released=released.model_copy(update={"sections": (section, *released.sections[1:])})))
    later = home.get("convenor", where).content.decode()
    assert "The findings have changed since" in later
    assert digest(released) in later
    assert home.get("evaluator", where).status_code == 404


def test_nothing_is_signed_on_findings_that_are_not_there_yet_and_nothing_written_is_lost(home: House, outlook: list[Outlook]) -> None:
    outlook.append(replace(outlook[0], fresh=False))
    answer = home.post("convenor", f"/i/{home.tag}/decision", SIGNED)
    assert answer.status_code == 200
    assert "Nobody has asked the displaced" in answer.content.decode()
    assert 'class="errors"' in answer.content.decode()
    assert _entries(home, DecisionSigned) == []


def test_the_same_findings_have_the_same_digest_tomorrow(released: Released) -> None:
    findings = released.sections[0].findings
    later = tuple(finding.model_copy(update={"as_of": finding.as_of.replace(year=finding.as_of.year + 1)}) for finding in findings)
    section = released.sections[0].model_copy(update={"findings": later})
    assert digest(released.model_copy(update={"sections": (section, *released.sections[1:])})) == digest(released)
    assert re.fullmatch(r"[0-9a-f]{64}", digest(released))
