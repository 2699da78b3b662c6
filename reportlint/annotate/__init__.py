"""Hands a Word file back with comments at the places of findings."""

from __future__ import annotations

from reportlint.annotate.annotation import Remark, annotate, has_comments

__all__ = ["Remark", "annotate", "has_comments"]
