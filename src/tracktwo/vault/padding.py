"""Lengths that tell little: steps of 256 bytes up to 1 KiB, then Padmé (Nikitin et al., Reducing Metadata Leakage, PoPETs 2019)."""

from __future__ import annotations

STEP = 256
_STEPS_UP_TO = 1024


def padded_length(length: int) -> int:
    """The length to which `length` bytes are padded; at most 12 % more above 1 KiB."""
    if length <= _STEPS_UP_TO:
        return max(STEP, -(-length // STEP) * STEP)
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask


def pad(data: bytes, length: int | None = None) -> bytes:
    """The data, one byte 0x80, and zeros up to the padded length, or to exactly `length`. Raises ValueError where it does not fit."""
    whole = padded_length(len(data) + 1) if length is None else length
    if len(data) + 1 > whole:
        raise ValueError(f"it has {len(data)} bytes and at most {whole - 1} fit")
    return data + b"\x80" + bytes(whole - len(data) - 1)


def unpad(padded: bytes) -> bytes:
    """What `pad` was given. Raises ValueError for bytes that it did not make."""
    data = padded.rstrip(b"\0")
    if not data.endswith(b"\x80"):
        raise ValueError("the padding is not whole")
    return data[:-1]
