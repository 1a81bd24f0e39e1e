"""The public library: open to anybody, in three languages, each thing with its source; and it knows of no entrance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recording import CHEAP
from tests.web.house import Browser
from tracktwo.library.cases import load_cases, load_methods
from tracktwo.web.areas.library import known_cases
from tracktwo.web.serving import Serving, serving
from tracktwo.web.settings import configure
from tracktwo.web.words import LANGUAGES

PAGES = ("/", "/cases", "/cases/aceh-cmi-helsinki", "/methods", "/guides", "/rules", "/search", "/search?q=shuttle+Aceh")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Browser]:
    """Somebody at the library."""
    before = serving()
    configure(Serving(folder=tmp_path, site="public", hosts=("localhost",), cost=CHEAP))
    yield Browser(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en")
    configure(before)


def _page(reader: Browser, path: str, language: str = "en") -> str:
    answer = reader.get(path, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_every_page_speaks_three_languages_and_leads_nowhere_but_to_the_library_and_to_sources(reader: Browser) -> None:
    for language in LANGUAGES:
        for path in PAGES:
            body = _page(reader, path, language)
            assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in body
            links = set(re.findall(r'(?:href|action)="([^"]+)"', body))
            own = {link for link in links if not link.startswith(("http://", "https://"))}
            assert all(re.match(r"/($|cases|methods|guides|rules|search|language/|s/)|#", link) for link in own), own
            assert "csrfmiddlewaretoken" not in body
            assert not re.search(r"<[^>]+\sstyle=|<style|\son[a-z]+=", body)


def test_the_private_pages_are_not_there(reader: Browser) -> None:
    for path in ("/team", "/initiatives", "/p", "/i/0123456789abcdef", "/leave"):
        answer = reader.get(path)
        assert (answer.status_code, 'href="/cases"' in answer.content.decode()) == (404, True)  # the library's own frame leads back into it


def test_every_case_can_be_read_and_says_what_of_it_was_read_in_a_source(reader: Browser) -> None:
    for case in load_cases():
        body = _page(reader, f"/cases/{case.id}")
        assert "22 November 2026" in body
        assert "Apache-2.0" in body
        if case.is_stub:
            assert "never used as evidence" in body
        for source in case.sources:
            assert (f'href="{source.url}"' in body) <= (not source.copy_), case.id  # a re-host is not linked


def test_cases_are_found_by_region_by_method_and_by_words(reader: Browser) -> None:
    everything = set(re.findall(r'href="/cases/([a-z0-9-]+)"', _page(reader, "/cases")))
    assert everything == {case.id for case in load_cases()}
    shuttle = set(re.findall(r'href="/cases/([a-z0-9-]+)"', _page(reader, "/cases?method=shuttle&region=South-eastern+Asia")))
    assert "aceh-cmi-helsinki" in shuttle
    assert shuttle < everything
    found = re.findall(r'href="/cases/([a-z0-9-]+)"', _page(reader, "/search?q=Helsinki+Aceh"))
    assert found[0] == "aceh-cmi-helsinki"
    assert _page(reader, "/search?q=%3Cscript%3E").count("<script") == 0
    assert all(f'id="{slug}"' in _page(reader, "/methods") for slug in load_methods())


def test_a_language_is_chosen_by_a_link_that_leads_back_and_nowhere_else(reader: Browser) -> None:
    answer = reader.get("/language/ar?next=/cases")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cases")
    assert 'lang="ar" dir="rtl"' in reader.get("/cases").content.decode()
    assert reader.get("/language/fr?next=//elsewhere.example/").headers["Location"] == "/"


def test_the_library_says_that_it_was_not_audited_and_what_it_does_not_promise(reader: Browser) -> None:
    body = _page(reader, "/")
    for words in ("not audited", "No rate of success", "never says that something is allowed"):
        assert words in body


def test_a_brief_and_the_examples_are_files(reader: Browser) -> None:
    for path in re.findall(r'href="(/guides/[^"]+\.yaml)"', _page(reader, "/guides")):
        answer = reader.get(path)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert b"format: brief/1" in answer.content


def test_a_published_case_that_cannot_be_read_does_not_close_the_library(reader: Browser, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "broken.json").write_text("{", encoding="utf-8")
    assert known_cases() == load_cases()
    assert _page(reader, "/cases")
