"""What a telephone keeps of a participant's visit: no word, no title, nothing but an address and the name over the entrance."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import tests.web.configured  # noqa: F401 - before any model
from tests.trust.test_canaries import hits
from tests.web.house import House, house, opened
from tests.web.live import ARGUMENTS, running
from tests.web.planted import WORDS, plant
from tracktwo.web.sessions import COOKIE

pytestmark = pytest.mark.browser
TYPED = ("CANARYTYPEDWORRYX", "CANARYTYPEDPROPOSALX")


def _visit(home: House, statement: str, address: str, profile: Path, chromium: str) -> str:
    """Read, vote, propose, tell a worry, and leave. Returns the cookie with which the visit began."""
    cookie = home.browsers["participant A"].cookies[COOKIE].value
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=chromium, args=ARGUMENTS, base_url=address, locale="ar", viewport={"width": 320, "height": 640}
        )
        base = {"domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
        context.add_cookies([{"name": COOKIE, "value": cookie, **base}])  # type: ignore[list-item]
        page = context.new_page()
        for path in ("/p", f"/p/{home.tag}/rules", f"/p/{home.tag}/statements"):
            page.goto(path)
        page.click(f"#s{statement} button[value=agree]")
        page.wait_for_timeout(500)
        for path, name, text in (("word", "text", TYPED[0]), ("propose", "text", TYPED[1])):
            page.goto(f"/p/{home.tag}/{path}")
            page.fill(f"[name={name}]", text)
            page.click("main form button")
        page.click("form[action='/leave'] button")
        page.wait_for_url("**/")
        assert context.cookies() == [] or COOKIE not in {one["name"] for one in context.cookies()}
        page.wait_for_timeout(300)
        context.close()
    return cookie


def test_nothing_of_a_visit_stays_on_the_telephone(tmp_path: Path, chromium: str, figure: Callable[[str], None]) -> None:
    profile = tmp_path / "profile"
    with opened(tmp_path / "home"):
        home = house()
        statement = plant(home)
    with running(tmp_path / "home") as live:
        cookie = _visit(home, statement, live.address, profile, chromium)
    words = [*TYPED, *(word for word in WORDS.values() if word), "Zelda", "tracktwo", cookie, base64.urlsafe_b64decode(cookie + "=").hex()]
    files = {str(path.relative_to(profile)): path.read_bytes() for path in profile.rglob("*") if path.is_file()}
    found = {
        name: sorted(word for word in words if word.encode() in content or word.encode("utf-16-le") in content) for name, content in files.items()
    }
    found = {name: kept for name, kept in found.items() if kept}
    packed = {name: hits(content, list(TYPED)) for name, content in files.items()}
    figure(f"{len(files)} files of a profile, {len(words)} words, {sum(map(len, found.values()))} found")
    assert found == {}
    assert {name: kept for name, kept in packed.items() if kept} == {}
    assert any(b"127.0.0.1" in content for content in files.values())  # the profile was really used and really searched
