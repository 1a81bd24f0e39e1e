"""What every response tells the browser, errors and static files among them; and that no page asks anybody else for anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

import tests.web.configured  # noqa: F401 - before any model
from tests.trust.test_permission_matrix import _addresses
from tests.trust.web_rows import ROWS
from tests.web.house import House, house, opened
from tests.web.planted import plant
from tracktwo.web.headers import ALWAYS
from tracktwo.web.settings import STATIC


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path):
        made = house()
        plant(made)
        yield made


def test_every_response_has_every_header(home: House, figure: Callable[[str], None]) -> None:
    asked, wrong = 0, []
    paths = [*_addresses(home).values(), "/nothing-here", "/i/zz", f"{settings.STATIC_URL}team/nothing.css"]
    statics = [f"{settings.STATIC_URL}{path.relative_to(STATIC).as_posix()}" for path in STATIC.rglob("*") if path.is_file()]
    for path in (*paths, *statics):
        for role in ("anonymous", "convenor", "participant A"):
            for method in ("GET", "POST", "DELETE"):
                if (path, method) == ("/leave", "POST"):
                    continue
                response = home.browsers[role].generic(method, path)
                asked += 1
                wrong += [f"{method} {path}: {name}" for name, value in ALWAYS.items() if response.headers.get(name) != value]
                kept = response.headers.get("Cache-Control")
                static = path in statics and response.status_code == 200
                if (kept != "no-store") if not static else ("immutable" not in str(kept) and "max-age=31536000" not in str(kept)):
                    wrong.append(f"{method} {path}: Cache-Control is {kept}")
    figure(f"{asked} responses of {len(paths)} addresses and {len(statics)} files, {len(wrong)} without a header")
    assert wrong == []


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = ALWAYS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def test_no_page_holds_what_the_policy_would_refuse_or_an_address_elsewhere(home: House) -> None:
    wrong = []
    for name, path in _addresses(home).items():
        for role in ("convenor", "participant A", "logistics", "evaluator", "operator"):
            if role in ROWS[name]:
                body = home.get(role, path).content.decode(errors="replace")
                wrong += [f"{name}: {found}" for found in re.findall(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)|javascript:', body)]
                wrong += [f"{name}: {found}" for found in re.findall(r'(?:src|href|action)="(https?:|//)[^"]*', body) if "w3.org" not in found]
    assert wrong == []


def test_no_browser_keeps_what_is_typed_into_a_form() -> None:
    # Chromium writes the words in forms to its file of sessions, to show them again after a crash: but of forms that ask it not to.
    templates = list((STATIC.parent / "templates").rglob("*.html"))
    kept = [
        (path.name, form)
        for path in templates
        for form in re.findall(r"<form[^>]*>", path.read_text(encoding="utf-8"))
        if 'autocomplete="off"' not in form
    ]
    assert len(templates) > 40
    assert kept == []


def test_every_page_bears_the_name_of_the_entrance_as_its_title(home: House) -> None:
    for name, path in _addresses(home).items():
        for role in ("convenor", "participant A"):
            if role in ROWS[name]:
                body = home.get(role, path).content.decode(errors="replace")
                assert re.findall(r"<title>([^<]*)</title>", body) in ([], ["Welcome"]), name


def test_a_browser_is_told_to_come_by_https_only_where_it_can(home: House) -> None:
    assert "Strict-Transport-Security" not in home.get("anonymous", "/").headers


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000"])
def test_a_name_that_is_not_ours_gets_no_page(home: House, name: str) -> None:
    answer = home.browsers["convenor"].get("/initiatives", HTTP_HOST=name)
    assert (answer.status_code, answer.content) == (400, b"")
    assert answer.headers["Content-Security-Policy"] == ALWAYS["Content-Security-Policy"]
    assert home.browsers["convenor"].get("/initiatives", HTTP_HOST="127.0.0.1:8000").status_code == 200
