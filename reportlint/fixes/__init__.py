"""Fixes of findings, applied to Markdown and text files."""

from reportlint.fixes.draft_fixing import ROUNDS, FixedDraft, fix_draft
from reportlint.fixes.fixed_files import UnwritableFix, write_fixed
from reportlint.fixes.part_bytes import can_be_fixed
from reportlint.fixes.unified_diff import unified_diff

__all__ = ["ROUNDS", "FixedDraft", "UnwritableFix", "can_be_fixed", "fix_draft", "unified_diff", "write_fixed"]
