"""An independent reader of initiative.t2: PyNaCl and the standard library, nothing of tracktwo. It says the format once more, in code.

python read_bundle.py initiative.t2 < recovery-code      prints every entry that the code opens as a line of JSON
"""

import hashlib
import hmac
import json
import re
import struct
import sys
from pathlib import Path

from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt, crypto_scalarmult, crypto_scalarmult_base

EPOCH, WRAP, BODY, SLOT, RECOVERY, KEPT, ROOMED = 1, 2, 3, 4, 3, 2, 1
CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"


class Refused(ValueError):
    """The class of the reason is the first word: file, code, key, chain or entry."""


def packed(*parts):
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def unpacked(data):
    parts = []
    while data:
        end = 4 + int.from_bytes(data[:4], "big")
        parts, data = [*parts, data[4:end]], data[end:]
    return parts


def derive(secret, purpose, *context):
    """HKDF-SHA-256 without salt, one block."""
    return hmac.digest(hmac.digest(bytes(32), secret, "sha256"), b"tracktwo/1 " + purpose + b"\0" + packed(*context) + b"\1", "sha256")


def key_id(key):
    return hashlib.sha256(b"tracktwo/1 key id\0" + key).digest()[:16]


def unseal(key, sealed, aad):
    return crypto_aead_chacha20poly1305_ietf_decrypt(sealed[12:], aad, sealed[:12], key)


def tried(key, sealed, aad):
    try:
        return unseal(key, sealed, aad)
    except Exception:
        return None


def hpke_open(private, sealed, info):
    """RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305."""
    suite, kem = b"HPKE\0\x20\0\1\0\3", b"KEM\0\x20"

    def extract(salt, who, label, key):
        return hmac.digest(salt, b"HPKE-v1" + who + label + key, "sha256")

    def expand(key, who, label, context, length):
        return hmac.digest(key, struct.pack(">H", length) + b"HPKE-v1" + who + label + context + b"\1", "sha256")[:length]

    both = extract(bytes(32), kem, b"eae_prk", crypto_scalarmult(private, sealed[:32]))
    shared = expand(both, kem, b"shared_secret", sealed[:32] + crypto_scalarmult_base(private), 32)
    asked = extract(bytes(32), suite, b"info_hash", b"tracktwo/1 " + info)
    context = b"\0" + extract(bytes(32), suite, b"psk_id_hash", b"") + asked
    secret = extract(shared, suite, b"secret", b"")
    key, nonce = expand(secret, suite, b"key", context, 32), expand(secret, suite, b"base_nonce", context, 12)
    return crypto_aead_chacha20poly1305_ietf_decrypt(sealed[32:], b"", nonce, key)


def recovery_key(code):
    value = b""
    for word in re.findall(r"\w+", code.lower()):
        if not re.fullmatch("[bdfghjklmnprstvz][aiou]" * 2 + "[bdfghjklmnprstvz]", word):
            raise Refused(f"code: '{word}' is no word of a recovery code")
        one, two, three, four, five = ((VOWELS if at % 2 else CONSONANTS).index(letter) for at, letter in enumerate(word))
        value += (one << 12 | two << 10 | three << 6 | four << 4 | five).to_bytes(2, "big")
    if len(value) != 22 or hashlib.sha256(b"tracktwo/1 check\0" + value[:-2]).digest()[:2] != value[-2:]:
        raise Refused("code: the words do not fit together")
    return derive(value[:-2], b"recovery")


def rows(content, head):
    """The rows of a part, each (as many bytes as `head` says, its value or None)."""
    at = 0
    while at < len(content):
        start = at + head(content, at)
        there, size = struct.unpack_from(">BI", content, start)
        if start + 5 + size > len(content) or there > 1:
            raise ValueError
        yield content[at:start], content[start + 5 : start + 5 + size] if there else None
        at = start + 5 + size


def take_apart(data):
    """(initiative, entries, keys), after sizes, order and checksum were checked."""
    if data[:14] != b"tracktwo.t2\0\0\1" or hashlib.sha256(data[:-32]).digest() != data[-32:]:
        raise Refused("file: no bundle of version 1, or it was changed or cut short")
    try:
        one, length = struct.unpack_from(">BQ", data, 30)
        two, rest = struct.unpack_from(">BQ", data, 39 + length)
        entries = list(rows(data[39 : 39 + length], lambda _, __: 140))
        keys = list(rows(data[48 + length : -32], lambda content, at: 2 + content[at + 1]))
    except (ValueError, IndexError, struct.error) as error:
        raise Refused("file: a part is cut short") from error
    places = [[head[:40] for head, _ in entries], [head[:1] + head[2:] for head, _ in keys]]
    if (one, two, 80 + length + rest) != (1, 2, len(data)) or any(part != sorted(set(part)) for part in places):
        raise Refused("file: not one part with entries and one with keys, each in order")
    return data[14:30], entries, [(head[0], head[2:], value) for head, value in keys]


def open_rooms(keys, code, place):
    """room → {key id: (number, room key, roster)}, for whoever holds the recovery code."""
    opener, rooms, todo, epochs = recovery_key(code), {}, [], {name: unpacked(value) for kind, name, value in keys if kind == EPOCH}
    slot = next((value for kind, _, value in keys if kind == SLOT and value and value[0] == RECOVERY and tried(opener, value[31:], value[:31])), None)
    if slot is None:
        raise Refused("code: it opens no key slot")
    member, root = slot[1:9], unseal(opener, slot[31:], slot[:31])
    for name, value in [(name, value) for kind, name, value in keys if kind == WRAP and name[32:] == member]:
        room, key, number = name[:16], name[16:32], epochs[name[:32]][0]
        if value[0] == KEPT:
            todo.append((room, key, unseal(derive(root, b"self wrap"), value[1:], place(room, number, b"kept", key, member))[:32]))
        else:
            todo.append((room, key, hpke_open(derive(root, b"key pair"), unpacked(value[1:])[0], place(room, number, b"wrap", key, member))))
    while todo:
        room, key, secret = todo.pop()
        number, _, _, _, roster, *parents = epochs[room + key]
        if key_id(secret) != key:
            raise ValueError
        rooms.setdefault(room, {})[key] = number, secret, json.loads(unseal(derive(secret, b"roster"), roster, place(room, number, b"roster")))
        for parent, _, _, link in map(unpacked, parents):
            if link and parent not in rooms[room]:
                todo.append((room, parent, unseal(derive(secret, b"link"), link, place(room, number, b"link", parent))))
    return rooms


def open_bodies(rooms, keys, place):
    """room → body keys, whether under a room's key or sealed into a drop box."""
    bodies = {room: [] for room in rooms}
    for room, name, value in [(name[:16], name[16:], value) for kind, name, value in keys if kind == BODY and name[:16] in rooms]:
        epoch, *sealed = unpacked(value[1:])
        if epoch in rooms[room]:
            number, secret, _ = rooms[room][epoch]
            if value[0] == ROOMED:
                bodies[room].append(unseal(derive(secret, b"body keys"), sealed[0], place(room, number, b"body key", name))[:32])
            else:
                context = place(room, number, b"boxed key", name, sealed[2])
                bodies[room].append(hpke_open(derive(secret, b"drop box"), sealed[1], context)[:32])
            if key_id(bodies[room][-1]) != name:
                raise ValueError
    return bodies


def read(data, code):
    """Every entry that the code opens. Raises Refused."""
    initiative, entries, keys = take_apart(data)

    def place(room, number, *what):
        return packed(b"tracktwo room/1", initiative, room, number, *what)

    try:
        rooms = open_rooms(keys, code, place)
        bodies = open_bodies(rooms, keys, place)
    except Refused:
        raise
    except Exception as error:
        raise Refused("key: one of the keys does not open, or is not the one that is named") from error
    found, ends = [], {}
    for head, body in entries:
        room, (seq,), digest, header = head[:16], struct.unpack(">Q", head[32:40]), head[108:], b"tracktwo entry/1" + initiative + head[:108]
        before = ends.get(head[:32], (0, bytes(32)))
        if (seq, head[60:92]) != (before[0] + 1, before[1]) or (body is not None and hashlib.sha256(body).digest() != digest):
            raise Refused(f"chain: entry {seq} does not continue the one before it, or has other bytes")
        ends[head[:32]] = seq, hashlib.sha256(header + digest).digest()
        if body is not None and room in rooms:
            plain = next((opened for key in bodies[room] if (opened := tried(key, body, header))), None)
            if plain is None:
                raise Refused(f"entry: no key opens entry {seq}")
            found.append(json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")]))
    return found


if __name__ == "__main__":
    for entry in read(Path(sys.argv[1]).read_bytes(), sys.stdin.read()):
        print(json.dumps(entry, ensure_ascii=False))
