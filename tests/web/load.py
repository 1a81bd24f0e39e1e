"""Many telephones at once: each asks every two seconds whether something changed, and votes every ten, over a connection that stays open."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode

VOTES = ("agree", "disagree", "pass")
_TOKEN = "a" * 32
"""The token of a form and the cookie that belongs to it."""


@dataclass
class Telephone:
    """One client: its visit, the statement on which it votes, and what came of it."""

    cookie: str
    statement: str
    polls: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    said: str | None = None
    """The last vote that was acknowledged."""


async def run(port: int, telephones: Sequence[Telephone], seconds: float, *, poll: float = 2.0, vote: float = 10.0, seed: int = 1) -> None:
    """Let every telephone do its work for so long. They do not start together."""
    chance = random.Random(seed)
    until = time.monotonic() + seconds
    await asyncio.gather(*(_one(port, one, until, poll, vote, chance.random()) for one in telephones))


async def _one(port: int, phone: Telephone, until: float, poll: float, vote: float, share: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    votes = cycle(VOTES)
    next_poll, next_vote = time.monotonic() + poll * share, time.monotonic() + vote * share
    known = ""
    try:
        while (due := min(next_poll, next_vote)) < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            begun = time.monotonic()
            if due == next_vote:
                next_vote += vote
                said = next(votes)
                status, _ = await _ask(
                    reader, writer, phone, "/p/vote", urlencode({"csrfmiddlewaretoken": _TOKEN, "statement": phone.statement, "vote": said})
                )
                phone.votes.append(time.monotonic() - begun)
                if status == 204:
                    phone.said = said
                else:
                    phone.errors.append(f"vote {status}")
            else:
                next_poll += poll
                status, body = await _ask(reader, writer, phone, "/poll", None, known)
                phone.polls.append(time.monotonic() - begun)
                if status == 200:
                    known = body
                elif status != 204:
                    phone.errors.append(f"poll {status}")
    except (OSError, asyncio.IncompleteReadError, ValueError) as error:
        phone.errors.append(type(error).__name__)
    finally:
        writer.close()


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, phone: Telephone, path: str, form: str | None, known: str = ""
) -> tuple[int, str]:
    head = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: __Host-visit={phone.cookie}; __Host-form={_TOKEN}"]
    if known:
        head.append(f"If-None-Match: {known}")
    if form is not None:
        head += ["X-Part: vote", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
    writer.write("\r\n".join([*head, "", form or ""]).encode())
    answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    return int(answer.split(" ", 2)[1]), (await _body(reader, answer.lower().split("\r\n"))).decode("latin-1")


async def _body(reader: asyncio.StreamReader, head: Sequence[str]) -> bytes:
    if "transfer-encoding: chunked" not in head:
        length = next((int(line[15:]) for line in head if line.startswith("content-length:")), 0)
        return await reader.readexactly(length)
    whole = b""
    while length := int(await reader.readline(), 16):
        whole += await reader.readexactly(length)
        await reader.readline()
    await reader.readline()
    return whole


def percentile(values: Sequence[float], share: float) -> int:
    """So many thousandths of a second, or less, took that share of the requests."""
    ordered = sorted(values)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))])
