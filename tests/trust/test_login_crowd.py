"""Three hundred people come in at once: all are answered, and the server that stretches their passphrases stays small."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.web.house import PASSPHRASE, begin, opened
from tests.web.live import running
from tracktwo.vault.primitives import Stretching
from tracktwo.web.serving import Serving
from tracktwo.web.settings import configure

CROWD = 300
PATIENCE = 600
"""Seconds for which somebody waits before his screen."""
MEMORY = 600
"""Megabytes that the server may take."""
_TOKEN = "a" * 32
"""The token of a form and the cookie that belongs to it."""
_FORM = urlencode({"csrfmiddlewaretoken": _TOKEN, "handle": "convenor", "passphrase": PASSPHRASE})
_ASKED = "\r\n".join(
    [
        "POST /team HTTP/1.1", "Host: 127.0.0.1", f"Cookie: __Host-form={_TOKEN}", "Connection: close",
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(_FORM)}", "", _FORM,
    ]
)  # fmt: skip


async def _come_in(port: int) -> str:
    """Where somebody is sent on to, or the number of another answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_ASKED.encode())
        answer = (await asyncio.wait_for(reader.read(), PATIENCE)).decode("latin-1")
    finally:
        writer.close()
    to = re.search(r"^location: (\S+)", answer, re.M | re.I)
    return to[1] if to else answer.split(" ", 2)[1]


async def _crowd(port: int) -> Counter[str]:
    return Counter(await asyncio.gather(*(_come_in(port) for _ in range(CROWD))))


def _tree(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _tree(int(child))


def _most_memory(process: int) -> dict[int, float]:
    """The most that each process of a tree has ever held, in megabytes."""
    found = {}
    for number in _tree(process):
        told = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{number}/status").read_text(), re.M)
        found[number] = int(told[1]) / 1000 if told else 0.0
    return found


@pytest.mark.gate
@pytest.mark.alone
def test_three_hundred_who_sign_in_at_once_are_all_answered_in_little_memory(tmp_path: Path, figure: Callable[[str], None]) -> None:
    with opened(tmp_path):
        configure(Serving(folder=tmp_path, hosts=("localhost", "127.0.0.1", "testserver")))  # a passphrase is stretched at its full cost
        begin()
        with running(tmp_path) as live:
            before = sum(_most_memory(live.process.pid).values())
            begun = time.monotonic()
            answers = asyncio.run(_crowd(int(live.address.rpartition(":")[2])))
            took = time.monotonic() - begun
            most = sum(_most_memory(live.process.pid).values())
    cost = f"{Stretching().memory // 1024} MiB"
    figure(f"{CROWD} at once, {cost} each: {dict(answers)} in {took:.0f} s; {before:.0f} MB before, {most:.0f} MB at most")
    assert answers == {"/code": CROWD}
    assert before + Stretching().memory / 1000 < most < MEMORY
