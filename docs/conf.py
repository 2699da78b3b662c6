"""How Sphinx makes the documentation: sphinx-build -W --keep-going -n -b html docs FOLDER"""

from __future__ import annotations

from reportlint import __version__

project = "reportlint"
release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["drafts"]  # what the commands of the pages are run on
myst_heading_anchors = 3
smartquotes = False  # messages as they are

html_theme = "furo"
html_title = "reportlint"
html_copy_source = False
html_show_copyright = False
