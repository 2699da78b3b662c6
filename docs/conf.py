"""Sphinx configuration. To build the documentation: sphinx-build -W --keep-going -n -b html docs FOLDER"""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.application import Sphinx

from reportlint import __version__

sys.path.insert(0, str(Path(__file__).parent))

from rule_pages import write_pages

project = "reportlint"
release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["drafts"]  # input of the commands shown on the pages
myst_heading_anchors = 3
smartquotes = False  # would change quotation marks in messages

html_theme = "furo"
html_title = "reportlint"
html_copy_source = False
html_show_copyright = False


def setup(app: Sphinx) -> None:
    """Generate the page of each rule before the build."""
    app.connect("config-inited", lambda app, config: write_pages())
