"""Findings as notes in the margin."""

from __future__ import annotations

from collections.abc import Iterable

from reportlint.document import Position, Source
from reportlint.finding import Applicability, Edit, Finding, Place
from reportlint.reporters.html.finding_spots import NumberedFinding, Spot, Spots
from reportlint.reporters.html.markup import language_attributes, number_link, phrase, safe, safe_wording
from reportlint.reporters.layout import excerpt, printable_path, shorten
from reportlint.reporters.sentences import Wording, is_about_whole_file, related_shown

_QUOTE_LENGTH = 90


class Notes:
    """Converts the findings of one file to notes.

    ``source`` is the text that their offsets refer to, or ``None`` if it cannot be read.
    """

    def __init__(self, spots: Spots, source: Source | None, wording: Wording) -> None:
        self.spots, self.source, self.wording = spots, source, wording
        self.words = wording.words

    def notes(self, findings: Iterable[NumberedFinding]) -> str:
        """Return the notes on some findings; empty without findings."""
        html = "\n".join(map(self._note, findings))
        return f'<div class="notes" {language_attributes(self.wording.lexicon)}>{html}</div>' if html else ""

    def _note(self, entry: NumberedFinding) -> str:
        number, finding, family = entry
        severity = finding.severity.value
        spot, name = self.spots.at(finding.place), phrase(self.wording, "finding", number=number)
        return (
            f'<div class="note {severity}" id="f{number}" role="note" tabindex="-1" aria-label="{name}"'
            f' data-severity="{severity}" data-family="{safe(family)}" data-spot="{spot.number if spot else ""}">'
            f"{self._head(entry, spot)}<p>{safe_wording(finding.message)}</p>"
            f"{self._words(finding, spot)}{self._related(finding)}"
            f"{self._fix(finding)}"
            f'<p class="why">{safe_wording(finding.why)}</p>{self._rule(finding)}</div>'
        )

    def _head(self, entry: NumberedFinding, spot: Spot | None) -> str:
        number, finding, _ = entry
        severity = finding.severity.value
        link = f'<span class="number {severity}">{number}</span>'
        if spot:
            name = phrase(self.wording, "to_text", number=number)
            link = number_link(number, severity, f"s{spot.number}", name)
        where = ""
        if not is_about_whole_file(finding):
            where = f' <span class="where">{safe_wording(finding.place.where)}</span>'
        return f'<p class="head">{link} <strong>{safe_wording(self.words["severities"][severity])}</strong>{where}</p>'

    def _words(self, finding: Finding, spot: Spot | None) -> str:
        """Return the words of a finding that the text does not show, such as those of a comment or the front matter."""
        place = finding.place
        if self.source is None or spot is None or spot.has_words or place.start >= place.end:
            return ""
        before, marked, after = excerpt(self.source, place.start, place.end, _QUOTE_LENGTH)
        return f'<p class="excerpt">{safe(before)}<mark>{safe(marked)}</mark>{safe(after)}</p>'

    def _related(self, finding: Finding) -> str:
        items = [f"<li>{self._related_place(place, finding.place.path)}</li>" for place in related_shown(finding)]
        if more := self.wording.more_places(finding):
            items.append(f"<li>{safe_wording(more)}</li>")
        return f'<ul class="related">{"".join(items)}</ul>' if items else ""

    def _fix(self, finding: Finding) -> str:
        """Return the edits of a fix: the words deleted and the words inserted."""
        if finding.fix is None or self.source is None:
            return ""
        is_safe = finding.fix.applicability is Applicability.SAFE
        items = "".join(f"<li>{self._edit(edit)}</li>" for edit in finding.fix.edits)
        title = phrase(self.wording, "safe_fix" if is_safe else "unsafe_fix")
        return f'<div class="fix"><p>{title}</p><ul>{items}</ul></div>'

    def _edit(self, edit: Edit) -> str:
        source = self.source.part_called(edit.path) if self.source else None
        deleted = ""
        if source:
            start = source.original_offset(Position(edit.line, edit.column))
            deleted = source.original[start : source.original_offset(Position(edit.end_line, edit.end_column))]
        marked = [(tag, text) for tag, text in (("del", deleted), ("ins", edit.text)) if text]
        return " ".join(f"<{tag}>{safe(text)}</{tag}>" for tag, text in marked)

    def _related_place(self, place: Place, path: str) -> str:
        file = f"{printable_path(place.path)}, " if place.path != path else ""
        text = safe_wording(f"{self.words['see']} {place.where}")
        if spot := self.spots.at(place):
            text = f'<a href="#s{spot.number}">{text}</a>'
        text += safe_wording(f" ({file}{self.words['line']} {place.line})")
        if place.message:
            text += safe_wording(self.wording.colon + place.message)
        words = self._quoted(place)
        if words and words not in place.message:
            text += f" <q>{phrase(self.wording, 'quoted', words=words)}</q>"
        return text

    def _quoted(self, place: Place) -> str:
        """Return the words of a place, shortened to fit a note."""
        if self.source is None:
            return ""
        start, end = place.start, min(place.end, place.start + 4 * _QUOTE_LENGTH)
        return shorten(self.source.typed(start, end).strip(), _QUOTE_LENGTH)

    def _rule(self, finding: Finding) -> str:
        """Return the code of the rule, the line in the file, and the authority of the rule."""
        text = finding.code
        if not is_about_whole_file(finding):
            text += f", {self.words['line']} {finding.place.line}"
        authority = safe_wording(self.wording.authority(finding))
        url = finding.authority.url if finding.authority else None
        if authority and url and url.startswith("https://"):
            authority = f'<a href="{safe(url)}" rel="noreferrer">{authority}</a>'
        return f'<p class="rule">{safe_wording(text)}{authority and f"<br>{authority}"}</p>'
