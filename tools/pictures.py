"""Take the pictures of the browser that the documentation shows, from a demonstration of their own, with Debian's chromium.

Run by `make pictures`. Each picture stays small: one pixel for each point of the screen.
"""

from __future__ import annotations

import base64
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, sync_playwright
from playwright.sync_api import Error as NotThere

from tracktwo.vault.one_time import STEP, code_at

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LARGEST = 150_000
"""Bytes of a picture, so that a page of the documentation still loads on a slow line."""
SECONDS = 120
LIVELY = "two kitchens"
"""Words of the title of the example in which there is more than a brief."""


@dataclass(frozen=True)
class Demonstration:
    """What the terminal says of a demonstration."""

    address: str
    passphrase: str
    secret: bytes
    cards: dict[str, str]


def free_port() -> int:
    """A port that nobody uses now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """Open a demonstration, as `tracktwo serve --demo` does, and end it."""
    command = [sys.executable, "-m", "tracktwo.cli", "serve", "--demo", "--port", str(free_port()), "--library-port", "0"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                break
        yield _told("".join(said))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _told(text: str) -> Demonstration:
    address = _found(r"Private entrance: (\S+)", text)
    letters = _found(r"on a telephone: ([A-Z2-7 ]+)", text).replace(" ", "")
    cards = {who.strip(): words for who, words in re.findall(r"^ {4}(\w[^\n]*?) {2,}((?:[a-z]{5}-){6}[a-z]{5})$", text, re.MULTILINE)}
    return Demonstration(address, _found(r"^ {4}(\w+ \w+ \w+ \w+)$", text), base64.b32decode(letters), cards)


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    if found is None:
        raise SystemExit(f"the demonstration did not say what it says: {pattern}\n{text}")
    return found[1]


def _browse(browser: Browser, here: Demonstration, *, width: int = 1280, height: int = 800, language: str = "en") -> BrowserContext:
    return browser.new_context(base_url=here.address, locale=language, viewport={"width": width, "height": height}, reduced_motion="reduce")


def _wait_until_it_answers(page: Page) -> None:
    for _ in range(SECONDS * 5):
        try:
            page.goto("/")
        except NotThere:  # the server is still starting
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the demonstration does not answer")


def _sign_in(page: Page, here: Demonstration) -> None:
    page.goto("/team")
    page.fill("input[name=handle]", "convenor")
    page.fill("input[name=passphrase]", here.passphrase)
    page.click("main button")
    page.fill("input[name=code]", code_at(here.secret, time.time()))
    page.click("main button")
    if page.url.endswith("/code"):  # the code changed in between
        time.sleep(STEP - time.time() % STEP)
        page.fill("input[name=code]", code_at(here.secret, time.time()))
        page.click("main button")


def take(page: Page, name: str, *, height: int = 800) -> None:
    """Write one picture of what the screen shows now, from the top down to a height. Raises SystemExit where it is too large."""
    path = PICTURES / f"browser-{name}.png"
    size = page.viewport_size
    assert size is not None
    clip: FloatRect = {"x": 0, "y": 0, "width": size["width"], "height": min(height, size["height"])}
    page.screenshot(path=path, animations="disabled", scale="css", clip=clip)
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path} has {path.stat().st_size} bytes; a picture of the documentation has at most {LARGEST}")


def main() -> None:
    """Take every picture anew."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed; 'make system-deps' installs it")
    with sync_playwright() as playwright, demonstration() as here:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _of_the_team(browser, here)
        _of_a_participant(browser, here)
        browser.close()


def _of_the_team(browser: Browser, here: Demonstration) -> None:
    page = _browse(browser, here).new_page()
    _wait_until_it_answers(page)
    take(page, "entrance", height=600)
    _sign_in(page, here)
    page.click(f"ul.cards a:has-text('{LIVELY}')")
    page.wait_for_selector("ol.cards li.card", timeout=SECONDS * 1000)
    take(page, "overview")
    tag = page.url.split("/i/")[1][:16]
    page.goto(f"/i/{tag}/considerations/assessment")
    page.locator("main figure").first.evaluate("one => one.scrollIntoView({block: 'center'})")
    take(page, "consideration")
    page.goto(f"/i/{tag}/concerned")
    page.locator("#B6").evaluate("one => one.scrollIntoView({block: 'start'})", timeout=SECONDS * 1000)
    take(page, "concerned", height=640)
    _of_the_panel(page, tag)
    page.goto(f"/i/{tag}/people")
    for box in page.locator("input[name=person]").all()[:2]:
        box.check()
    page.click("form[action$='/people/cards'] button.primary")
    page.locator(".paper-card").first.evaluate("one => one.scrollIntoView({block: 'center'})")
    take(page, "cards")
    page.goto(f"/i/{tag}")
    page.keyboard.press("F2")
    page.wait_for_url("**/resting")
    take(page, "neutral", height=560)


def _of_the_panel(page: Page, tag: str) -> None:
    page.goto(f"/i/{tag}/panel")
    for code in ("A-01", "B-05"):
        page.select_option(f"select[name=place-{code}]", "on")
    page.click("button[value=try].primary")
    page.locator("#change").evaluate("one => one.scrollIntoView({block: 'start'})")
    take(page, "panel")


def _of_a_participant(browser: Browser, here: Demonstration) -> None:
    words = next(words for who, words in here.cards.items() if who.startswith("participant"))
    page = _browse(browser, here, width=320, height=640, language="ar").new_page()
    page.goto("/")
    page.fill("input[name=words]", words)
    page.click("main button")
    page.click("main ul.todo a[href$='/statements']")
    take(page, "participant")


if __name__ == "__main__":
    main()
