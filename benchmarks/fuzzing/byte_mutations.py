"""Encodings of a draft, and mutations of its bytes."""

from __future__ import annotations

from random import Random

_INVALID = (b"\xff", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\xaf", b"\x80", b"\xef\xbb")
_SIGNATURES = (b"%PDF-1.4\n", b"{\\rtf1", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf\xef\xbb\xbf")


def encoded(rng: Random, text: str) -> bytes:
    """Return the text as bytes: usually UTF-8, sometimes in another encoding or with a few bytes changed."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    chance = rng.random()
    if chance < 0.88:
        return text.encode()
    if chance < 0.92:
        return b"\xef\xbb\xbf" + text.encode()
    if chance < 0.94:
        return text.encode(rng.choice(("utf-16", "utf-16", "utf-32")))
    if chance < 0.95:
        return text.encode("latin-1", "replace")
    return mutated(rng, text.encode())


def mutated(rng: Random, data: bytes) -> bytes:
    """Return bytes of which some are changed, left out, repeated or added."""
    at = rng.randint(0, len(data))
    end = at + rng.randint(1, 40)
    match rng.randrange(9):
        case 0:
            return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:end] + data[at:end] * rng.randint(1, 4) + data[end:]
        case 3:
            return data[:at] + rng.choice(_INVALID) + data[at:]
        case 4:
            return data[:at] + b"\0" * rng.randint(1, 3) + data[at:]
        case 5:
            return data[:at] + b"\xef\xbb\xbf" + data[at:]
        case 6:
            return rng.choice(_SIGNATURES) + data
        case 7:
            return data[:at] + bytes(rng.randrange(32) for _ in range(rng.randint(1, 60))) + data[at:]
        case _:
            return data.replace(b"\n", rng.choice((b"\r", b"\r\n", b"\n\r", b"\r\r\n")))
