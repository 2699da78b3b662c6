"""Web addresses of authorities."""

from __future__ import annotations

import re
from typing import Any

_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+")


def is_address(value: Any) -> bool:
    """Return whether ``value`` is an HTTP or HTTPS address and nothing else."""
    return isinstance(value, str) and bool(_ADDRESS.fullmatch(value))
