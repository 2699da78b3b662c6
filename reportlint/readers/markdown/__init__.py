"""Reads Markdown: a scanner, and the recognizers of lines that it tries in order."""

from reportlint.readers.markdown.scanner import read_markdown

__all__ = ["read_markdown"]
