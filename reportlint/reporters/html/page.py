"""The page: a summary, filters, and each file with its text and notes."""

from __future__ import annotations

from typing import Any

from reportlint.report import Run
from reportlint.reporters.html.article import article
from reportlint.reporters.html.assets import fill_template, policy_hash, read_asset
from reportlint.reporters.html.controls import contents, controls
from reportlint.reporters.html.finding_spots import Spots
from reportlint.reporters.html.markup import language_attributes, phrase, safe_wording
from reportlint.reporters.html.suppressed import suppressed
from reportlint.reporters.layout import printable_path
from reportlint.reporters.sentences import Wording
from reportlint.version import __version__


def report(run: Run, **_: Any) -> str:
    """Return a run as one HTML page."""
    wording, spots = Wording.for_run(run), Spots(run)
    shown = [file for file in run.files if file.path in spots.paths]
    style, script = read_asset("style.css"), read_asset("page.js")
    title_path = [printable_path(shown[0].path)] if len(shown) == 1 else []
    summary = wording.summary(run) or wording.words["none_checked"]
    return fill_template(
        "page.html",
        language=language_attributes(wording.lexicon),
        style=style,
        style_hash=policy_hash(style),
        script=script,
        script_hash=policy_hash(script),
        version=__version__,
        title=safe_wording(wording.colon.join([*title_path, summary])),
        stage=safe_wording(wording.words["stages"][run.options.stage.value]),
        summary=safe_wording(summary),
        skip=phrase(wording, "skip"),
        remarks="".join(
            f"<p>{safe_wording(text)}</p>" for text in (*wording.not_checked(run, len(run.files)), *wording.kinds(run))
        ),
        suppressed=suppressed(run, wording),
        controls=controls(spots, wording),
        contents=contents(run, shown, wording),
        files="\n".join(article(number, file, spots, wording) for number, file in enumerate(shown, 1)),
    )
