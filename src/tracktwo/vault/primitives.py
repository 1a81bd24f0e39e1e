"""The few constructions that everything else is made from. Every one is `cryptography`'s; here they only get our names and contexts.

ChaCha20-Poly1305 (RFC 8439) with random nonces, HPKE base mode over X25519, HKDF-SHA-256 and ChaCha20-Poly1305 (RFC 9180), HKDF (RFC 5869),
HMAC-SHA-256 (RFC 2104), Argon2id (RFC 9106). A key is 32 bytes everywhere.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY = 32
"""Bytes of a key."""
_NONCE = 12
_PURPOSE = b"tracktwo/1 "
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


class CannotOpen(ValueError):
    """The key is not the right one, or the bytes are not what was sealed: there is no telling which."""


def random_key() -> bytes:
    """32 bytes from the system's random source."""
    return os.urandom(KEY)


def packed(*parts: bytes) -> bytes:
    """The parts as one string that no other parts give: each after its length in four bytes, big-endian."""
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def derive(secret: bytes, purpose: str, *context: bytes) -> bytes:
    """A key for one purpose and context, by HKDF-SHA-256 without salt: 32 bytes."""
    return HKDF(hashes.SHA256(), KEY, None, _PURPOSE + purpose.encode() + b"\0" + packed(*context)).derive(secret)


def mac(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SHA-256 over the packed parts: 32 bytes."""
    return hmac.digest(key, packed(*parts), "sha256")


def same_mac(one: bytes, other: bytes) -> bool:
    """Compare two authenticators in a time that tells nothing."""
    return hmac.compare_digest(one, other)


def key_id(key: bytes) -> bytes:
    """Sixteen bytes that name a key and commit to it."""
    return hashlib.sha256(_PURPOSE + b"key id\0" + key).digest()[:16]


def seal(key: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Seal under a key: a random nonce of 12 bytes, the ciphertext, a tag of 16 bytes."""
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, aad)


def unseal(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Open what `seal` made. Raises CannotOpen."""
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], aad)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("the key does not open it, or it was changed") from error


def keystream(key: bytes, start: int, length: int) -> bytes:
    """`length` bytes of the ChaCha20 keystream of a key that is used for nothing else, from byte `start`, a multiple of 64 (RFC 8439, nonce 0).

    Raises CannotOpen beyond the 256 GiB that one key gives.
    """
    if start + length > 64 << 32:
        raise CannotOpen("its number is beyond the end of every chain")
    position = (start // 64).to_bytes(4, "little") + bytes(12)
    return Cipher(ChaCha20(key, position), None).encryptor().update(bytes(length))


@dataclass(frozen=True, repr=False)
class KeyPair:
    """An X25519 key pair."""

    private: X25519PrivateKey

    @classmethod
    def of(cls, secret: bytes) -> KeyPair:
        """The pair of 32 secret bytes."""
        return cls(X25519PrivateKey.from_private_bytes(secret))

    @property
    def public(self) -> bytes:
        """The public half: 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    def shared(self, other: bytes, purpose: str) -> bytes:
        """A key that only the holders of this pair and of the other public half can know. Raises CannotOpen for a public half that is none."""
        try:
            secret = self.private.exchange(X25519PublicKey.from_public_bytes(other))
        except ValueError as error:
            raise CannotOpen("a public key is not usable") from error
        return derive(secret, purpose, *sorted((self.public, other)))


def seal_to(public: bytes, plaintext: bytes, info: bytes) -> bytes:
    """Seal to the holder of a private key by HPKE in base mode: the encapsulated key, then the ciphertext. Raises CannotOpen for no public half."""
    try:
        return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public), _PURPOSE + info)
    except ValueError as error:
        raise CannotOpen("a public key is not usable") from error


def unseal_from(pair: KeyPair, sealed: bytes, info: bytes) -> bytes:
    """Open what `seal_to` made. Raises CannotOpen."""
    try:
        return _SUITE.decrypt(sealed, pair.private, _PURPOSE + info)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("the key does not open it, or it was changed") from error


@dataclass(frozen=True)
class Stretching:
    """What one guess at a passphrase costs under Argon2id."""

    memory: int = 128 * 1024
    """KiB."""
    passes: int = 3
    lanes: int = 1

    def check(self) -> None:
        """Raise CannotOpen for a cost below the floor (a weak file) or above the ceiling (one that would fill the memory)."""
        if not (MEMORY_FLOOR <= self.memory <= MEMORY_CEILING and 1 <= self.passes <= 16 and 1 <= self.lanes <= 4):
            raise CannotOpen(f"its passphrase is stretched by {self.memory} KiB and {self.passes} passes, outside what is accepted")


MEMORY_FLOOR = 19 * 1024
"""KiB: the least that OWASP's cheat sheet on passwords names for Argon2id."""
MEMORY_CEILING = 512 * 1024


def stretch(passphrase: str, salt: bytes, cost: Stretching) -> bytes:
    """Argon2id over the passphrase in UTF-8 and a salt of 16 bytes: 32 bytes. Raises CannotOpen for a cost that is not accepted."""
    cost.check()
    return Argon2id(salt=salt, length=KEY, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory).derive(passphrase.encode())
