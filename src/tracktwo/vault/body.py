"""The sealed part of an entry: its words, and a tag for every reader that shows him, and nobody else, who wrote them."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tracktwo.vault.padding import pad
from tracktwo.vault.primitives import CannotOpen, seal

TAG = 16
"""Bytes of a tag."""


def tag(key: bytes, header: bytes, stored: bytes) -> bytes:
    """Vouch for an entry at its place under a key shared with one reader: 16 bytes of HMAC-SHA-256."""
    return hmac.digest(key, header + stored, "sha256")[:TAG]


def seal_body(key: bytes, header: bytes, stored: bytes, tag_keys: Sequence[bytes]) -> bytes:
    """Seal an entry's bytes with one tag for each reader, in the order of the room's roster; the length is padded."""
    tags = b"".join(tag(shared, header, stored) for shared in tag_keys)
    return seal(key, pad(len(stored).to_bytes(4, "big") + stored + tags), header)


class Opener:
    """Opens the bodies that were sealed under one key."""

    def __init__(self, key: bytes) -> None:
        self._aead = ChaCha20Poly1305(key)

    def open(self, header: bytes, body: bytes) -> tuple[bytes, bytes]:
        """(the entry's bytes, the tags one after the other and the padding). Raises CannotOpen."""
        try:
            plain = self._aead.decrypt(body[:12], body[12:], header)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("its words were changed, or belong to another place") from error
        end = 4 + int.from_bytes(plain[:4], "big")
        if end > len(plain):
            raise CannotOpen("its words are cut short")
        return plain[4:end], plain[end:]
