"""The first bytes of Word files."""

from __future__ import annotations

ZIP = b"PK\x03\x04"
"""Begins a Word file, like any other zip file."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins a Word file that is protected by a password or has the old binary format."""
