"""HTML: one page that needs nothing else, the text of the drafts with the findings in its margin."""

from reportlint.reporters.html.page import report

__all__ = ["report"]
