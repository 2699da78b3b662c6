"""The HTML format: one self-contained page with the text of the drafts and the findings in its margin."""

from reportlint.reporters.html.page import report

__all__ = ["report"]
