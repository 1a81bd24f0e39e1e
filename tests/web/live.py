"""A real server on a free port of this machine, and a real browser in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.house import PASSPHRASE, SECRET
from tracktwo.vault.one_time import STEP, code_at
from tracktwo.web.hosting import SERVING, VARIABLE, Hosting
from tracktwo.web.serving import Serving
from tracktwo.web.started import told

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--disable-component-update"]


def free_port() -> int:
    """A port that nobody uses now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Live:
    """A server that is running."""

    address: str
    library: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it as a power cut does."""
        subprocess.run(["pkill", "-KILL", "-P", str(self.process.pid)], check=False)
        self.process.kill()
        self.process.wait()


@contextmanager
def running(folder: Path, database: str | None = None, *, port: int | None = None, library: bool = False) -> Iterator[Live]:
    """Serve from a folder in which everything is prepared."""
    port, library_port = port or free_port(), free_port() if library else None
    address = f"http://127.0.0.1:{port}"
    serving = Serving(folder=folder, database=database, address=address)
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TRACKTWO_SECRET_FILE", "DJANGO_SETTINGS_MODULE")
    }
    environment |= {SERVING: told(serving), VARIABLE: Hosting("127.0.0.1", port, library_port).told()}
    if database:
        environment["DATABASE_URL"] = database
    process = subprocess.Popen([sys.executable, "-m", "tracktwo.web.hosting"], env=environment)
    try:
        for known in filter(None, (port, library_port)):
            _wait_for(known, process)
        yield Live(address, f"http://127.0.0.1:{library_port}", process)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=10):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@contextmanager
def chromium_at(path: str) -> Iterator[Browser]:
    """Debian's chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


def person(browser: Browser, address: str, *, language: str = "en", width: int = 1280, scripts: bool = True, axe: bool = False) -> BrowserContext:
    """Somebody with a browser of his own. With `axe` its scripts may look at pages that allow no other scripts."""
    return browser.new_context(
        base_url=address, locale=language, viewport={"width": width, "height": 800}, java_script_enabled=scripts, bypass_csp=axe
    )


def sign_in(page: Page, handle: str, passphrase: str = PASSPHRASE, secret: bytes = SECRET) -> None:
    """Come in as somebody of the team does. A code is taken once, so this waits for the next where the same was just used."""
    page.goto("/team")
    page.fill("input[name=handle]", handle)
    page.fill("input[name=passphrase]", passphrase)
    page.click("main button")
    for _ in range(3):
        page.fill("input[name=code]", code_at(secret, time.time()))
        page.click("main button")
        if not page.url.endswith("/code"):
            return
        time.sleep(STEP - time.time() % STEP + 0.2)
    raise AssertionError("no code was taken")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of a page in a folder that git ignores, for whoever wants to see what a journey has seen."""
    folder = Path(__file__).resolve().parent.parent.parent / "screenshots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")
