"""Shards: the parts into which several runs divide the same files."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from reportlint.config.config_file import relative
from reportlint.hashes import blake2b

_SHARD = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


class Shard(NamedTuple):
    """The shard with this number of ``total`` shards, counted from 1."""

    number: int
    total: int

    def holds(self, path: str) -> bool:
        """Return whether a file belongs to the shard. Its path relative to the working directory decides."""
        name = relative(path, os.curdir).encode("utf-8", "surrogatepass")
        return int.from_bytes(blake2b(name, digest_size=8).digest(), "big") % self.total == self.number - 1


def parse_shard(text: str) -> Shard:
    """Parse the number of a shard and the number of all shards, such as "3/16".

    Raises:
        ValueError: the text has another form, or there is no such shard.
    """
    match = _SHARD.fullmatch(text)
    shard = Shard(int(match[1]), int(match[2])) if match else Shard(0, 0)
    if not 1 <= shard.number <= shard.total:
        raise ValueError("write the number of the shard and the number of shards, such as 3/16")
    return shard
