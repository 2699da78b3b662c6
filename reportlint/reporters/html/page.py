"""The page: what was found in how many files, filters, and each file with its text and notes."""

from __future__ import annotations

from typing import Any

from reportlint.report import Run
from reportlint.reporters.html.article import article
from reportlint.reporters.html.assets import asset, filled, policy_hash
from reportlint.reporters.html.controls import contents, controls
from reportlint.reporters.html.markup import language_of, phrase, said
from reportlint.reporters.html.spots import Spots
from reportlint.reporters.layout import printable_path
from reportlint.reporters.sentences import Wording
from reportlint.version import __version__


def report(run: Run, **_: Any) -> str:
    """The run as one HTML page."""
    wording, spots = Wording.of(run), Spots(run)
    shown = [file for file in run.files if file.path in spots.paths]
    style, script = asset("style.css"), asset("page.js")
    summary = wording.summary(run) or wording.words["none_checked"]
    return filled(
        "page.html",
        language=language_of(wording.lexicon),
        style=style,
        style_hash=policy_hash(style),
        script=script,
        script_hash=policy_hash(script),
        version=__version__,
        title=said(wording.colon.join([*(printable_path(file.path) for file in shown if len(shown) == 1), summary])),
        stage=said(wording.words["stages"][run.options.stage.value]),
        summary=said(summary),
        skip=phrase(wording, "skip"),
        left_alone="".join(f"<p>{said(text)}</p>" for text in wording.not_checked(run)),
        controls=controls(spots, wording),
        contents=contents(run, shown, wording),
        files="\n".join(article(number, file, spots, wording) for number, file in enumerate(shown, 1)),
    )
