"""Codes of six digits that change every thirty seconds: the second factor of a login (TOTP, RFC 6238, SHA-1 as the apps on telephones know it)."""

from __future__ import annotations

import base64
import os
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tracktwo.vault.primitives import same_mac

SECRET_BYTES = 20
STEP = 30
"""Seconds for which a code is shown."""
SLACK = 1
"""Steps by which the clock of a telephone may differ."""


def new_one_time_secret() -> bytes:
    """160 random bits."""
    return os.urandom(SECRET_BYTES)


def code_at(secret: bytes, seconds: float) -> str:
    """The code of a moment, in seconds since 1970: six digits."""
    return TOTP(secret, 6, SHA1(), STEP).generate(int(seconds)).decode()  # noqa: S303 - the standard's, and no weakness for an HMAC


def step_of(secret: bytes, typed: str, seconds: float, *, after: int) -> int | None:
    """The step of time to which a typed code belongs; None for a wrong one, and for one of a step up to `after`, which was used already."""
    digits = "".join(character for character in typed if character.isdecimal())
    digits = "".join(str(int(digit)) for digit in digits)  # ٣ is 3
    found = None
    for step in range(int(seconds) // STEP - SLACK, int(seconds) // STEP + SLACK + 1):  # all of them, in a time that tells nothing
        if same_mac(code_at(secret, step * STEP).encode(), digits.encode()) and step > after:
            found = step
    return found


def in_letters(secret: bytes) -> str:
    """The secret as it is typed into an app: 32 letters and digits in groups of four."""
    letters = base64.b32encode(secret).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def address(secret: bytes, name: str) -> str:
    """The address that an app reads from a picture. `name` is shown in the app: on a telephone that others see."""
    return f"otpauth://totp/{quote(name)}?secret={base64.b32encode(secret).decode()}&algorithm=SHA1&digits=6&period={STEP}"
