"""The overview and the pages of the six considerations: what was found, in words, and where it rests."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.making import bare
from tests.web.house import House
from tracktwo.constitute import let_out
from tracktwo.dossier.language import voice
from tracktwo.model.rows import CONSIDERATIONS, ROWS
from tracktwo.record.gate import Released
from tracktwo.web import reading
from tracktwo.web.findings import Outlook
from tracktwo.web.work import Standing, work


@pytest.fixture(scope="module")
def released() -> Released:
    """Findings on a country that outside sources know well."""
    return let_out(bare("CAF"), voice("en"))


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, released: Released) -> None:
    """Let every page have these findings at once."""
    monkeypatch.setattr(reading, "outlook", lambda asked, desk: Outlook(released, True, "0" * 32, Standing("done")))


@pytest.fixture
def child() -> Iterator[None]:
    """End the child that works things out."""
    yield
    work().close()


def _page(home: House, path: str, language: str = "en", role: str = "convenor") -> str:
    home.browsers[role].cookies["__Host-language"] = language
    answer = home.get(role, f"/i/{home.tag}{path}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_while_findings_are_worked_out_the_page_says_so_and_what_was_stated_is_there(home: House, child: None) -> None:
    body = _page(home, "/considerations/assessment")
    assert 'data-again="3"' in body
    assert 'http-equiv="refresh"' in re.findall(r"<noscript>(.*?)</noscript>", body)[0]
    assert "People of the north" in body


@pytest.mark.usefixtures("found")
def test_the_overview_leads_to_each_consideration_and_to_what_stands_out_and_gives_no_score(home: House, released: Released) -> None:
    body = _page(home, "")
    for name in CONSIDERATIONS:
        assert f"/considerations/{name.replace('_', '-')}" in body
    loud = [finding for section in released.sections for finding in section.findings if finding.severity in ("serious", "warning")]
    shown = re.findall(r"/considerations/[a-z-]+#(f[0-9a-f]{12})", body)
    assert loud
    assert {finding.id for finding in loud} & set(shown)
    for language in ("en", "fr", "ar"):  # and no language says in per cent or in points how ready the initiative is
        assert not re.search(r"\d\s*[%٪]|\d+\s*/\s*\d+", re.sub(r"<[^>]+>", " ", _page(home, "", language)))


@pytest.mark.usefixtures("found")
def test_every_row_stands_on_the_page_of_its_consideration_with_evidence_and_figures_as_tables(home: House) -> None:
    for name, rows in ROWS.items():
        body = _page(home, f"/considerations/{name.replace('_', '-')}", "ar")
        assert re.findall(r'<section class="row" id="([A-F]\d+)"', body) == list(rows)
        assert not re.search(r"<[^>]+\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", body)
        figures = re.findall(r'<figure id="figure-\d+">.*?</figure>', body, re.DOTALL)
        assert all("<desc" in figure and "<table>" in figure for figure in figures)
        if name == "assessment":
            assert figures
            assert "Uppsala Conflict Data Program" in body


@pytest.mark.usefixtures("found")
def test_the_title_is_the_name_of_the_entrance_and_nothing_of_the_initiative(home: House) -> None:
    for path in ("", "/considerations/strategy", "/decision"):
        assert re.findall(r"<title>(.*?)</title>", _page(home, path)) == ["Welcome"]


def test_who_is_no_steward_does_not_learn_that_the_pages_are_there(home: House) -> None:
    for path in ("", "/considerations/assessment", "/decision", "/facts/new/issue-raised"):
        assert home.get("convenor", f"/i/{home.tag}{path}").status_code == 200
        for role in ("participant A", "evaluator", "interpreter", "logistics", "other initiative", "operator"):
            assert home.get(role, f"/i/{home.tag}{path}").status_code == 404
    assert home.get("convenor", f"/i/{home.tag}/considerations/astrology").status_code == 404
