"""The first page of a participant on a line of 50 kbit/s: by bytes in every test run, by the clock as a gate."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import tests.web.configured  # noqa: F401 - before any model
from tests.web.house import house, opened
from tests.web.live import chromium_at, person, running
from tests.web.planted import plant
from tracktwo.web.sessions import COOKIE

pytestmark = pytest.mark.browser
RATE = 50_000 // 8
"""Bytes a second."""


def _first_visit(browser: Browser, address: str, cookie: str, tag: str, language: str) -> tuple[float, float, dict[str, int]]:
    """Seconds until the page can be read, seconds until everything is there, and the bytes of each page."""
    context = person(browser, address, language=language, width=320)
    base = {"domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
    context.add_cookies([{"name": COOKIE, "value": cookie, **base}])  # type: ignore[list-item]
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": 400, "downloadThroughput": RATE, "uploadThroughput": RATE})
    got: dict[str, int] = {"now": 0}
    line.on("Network.loadingFinished", lambda told: got.update(now=got["now"] + int(told["encodedDataLength"])))
    began = time.monotonic()
    page.goto("/p", wait_until="commit")
    page.wait_for_selector("ol.lines li:last-child")
    readable = time.monotonic() - began
    page.wait_for_load_state("networkidle")
    whole = time.monotonic() - began
    first, got["now"] = got["now"], 0
    page.goto(f"/p/{tag}/rules")
    page.wait_for_load_state("networkidle")
    later = got["now"]
    context.close()
    return readable, whole, {"first": first, "later": later}


def _measured(tmp_path: Path, chromium: str, language: str) -> tuple[float, float, dict[str, int]]:
    with opened(tmp_path):
        home = house()
        plant(home)
        cookie = home.browsers["participant A"].cookies[COOKIE].value
    with running(tmp_path) as live, chromium_at(chromium) as browser:
        return _first_visit(browser, live.address, cookie, home.tag, language)


def test_a_first_visit_is_small_and_a_later_page_smaller(tmp_path: Path, chromium: str) -> None:
    _, _, size = _measured(tmp_path, chromium, "ar")
    assert 2_000 < size["first"] <= 50_000
    assert 1_000 < size["later"] <= 10_000


@pytest.mark.gate
@pytest.mark.alone
@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_the_first_page_can_be_read_within_five_seconds_on_a_slow_line(
    tmp_path: Path, chromium: str, language: str, figure: Callable[[str], None]
) -> None:
    readable, whole, size = _measured(tmp_path, chromium, language)
    times = f"readable after {readable:.1f} s, whole after {whole:.1f} s"
    figure(f"{language}: at 50 kbit/s and 400 ms {times}; first visit {size['first']} bytes, a later page {size['later']}")
    assert readable <= 5
