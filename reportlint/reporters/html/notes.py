"""The findings as notes for the margin."""

from __future__ import annotations

from collections.abc import Iterable

from reportlint.document import Source
from reportlint.finding import Finding, Place
from reportlint.reporters.html.markup import language_of, number_link, phrase, safe, said
from reportlint.reporters.html.spots import Remark, Spot, Spots
from reportlint.reporters.layout import excerpt, printable_path, shorten
from reportlint.reporters.sentences import Wording, is_of_whole_file, related_shown

_QUOTED = 90


class Notes:
    """Writes the findings of one file. ``source`` is the text in which they have their offsets, if it can be read."""

    def __init__(self, spots: Spots, source: Source | None, wording: Wording) -> None:
        self.spots, self.source, self.wording = spots, source, wording
        self.words = wording.words

    def notes(self, remarks: Iterable[Remark]) -> str:
        found = "\n".join(map(self._note, remarks))
        return f'<div class="notes" {language_of(self.wording.lexicon)}>{found}</div>' if found else ""

    def _note(self, remark: Remark) -> str:
        number, finding, family = remark
        severity = finding.severity.value
        spot, name = self.spots.at(finding.place), phrase(self.wording, "finding", number=number)
        return (
            f'<div class="note {severity}" id="f{number}" role="note" tabindex="-1" aria-label="{name}"'
            f' data-severity="{severity}" data-family="{safe(family)}" data-spot="{spot.number if spot else ""}">'
            f"{self._head(remark, spot)}<p>{said(finding.message)}</p>"
            f"{self._words(finding, spot)}{self._related(finding)}"
            f'<p class="why">{said(finding.why)}</p>{self._rule(finding)}</div>'
        )

    def _head(self, remark: Remark, spot: Spot | None) -> str:
        number, finding, _ = remark
        severity = finding.severity.value
        link = f'<span class="number {severity}">{number}</span>'
        if spot:
            name = phrase(self.wording, "to_text", number=number)
            link = number_link(number, severity, f"s{spot.number}", name)
        where = "" if is_of_whole_file(finding) else f' <span class="where">{said(finding.place.where)}</span>'
        return f'<p class="head">{link} <strong>{said(self.words["severities"][severity])}</strong>{where}</p>'

    def _words(self, finding: Finding, spot: Spot | None) -> str:
        """The words of a finding, where the text does not show them: in a remark of the file, in its front matter."""
        place = finding.place
        if self.source is None or spot is None or spot.has_words or place.start >= place.end:
            return ""
        found = excerpt(self.source, place.start, place.end, _QUOTED)
        return f'<p class="excerpt">{safe(found.before)}<mark>{safe(found.marked)}</mark>{safe(found.after)}</p>'

    def _related(self, finding: Finding) -> str:
        items = [f"<li>{self._other_side(place, finding.place.path)}</li>" for place in related_shown(finding)]
        if more := self.wording.more_places(finding):
            items.append(f"<li>{said(more)}</li>")
        return f'<ul class="related">{"".join(items)}</ul>' if items else ""

    def _other_side(self, place: Place, path: str) -> str:
        elsewhere = f"{printable_path(place.path)}, " if place.path != path else ""
        text = said(f"{self.words['see']} {place.where}")
        if spot := self.spots.at(place):
            text = f'<a href="#s{spot.number}">{text}</a>'
        text += said(f" ({elsewhere}{self.words['line']} {place.line})")
        if place.message:
            text += said(self.wording.colon + place.message)
        words = self._quoted(place)
        if words and words not in place.message:
            text += f" <q>{phrase(self.wording, 'quoted', words=words)}</q>"
        return text

    def _quoted(self, place: Place) -> str:
        """The words of a place, cut where they are many."""
        if self.source is None:
            return ""
        start, end = place.start, min(place.end, place.start + 4 * _QUOTED)
        return shorten(self.source.typed(start, end).strip(), _QUOTED)

    def _rule(self, finding: Finding) -> str:
        """The rule, the line for those who open the file, and where the rule has its authority from."""
        text = finding.code
        if not is_of_whole_file(finding):
            text += f", {self.words['line']} {finding.place.line}"
        authority = said(self.wording.authority(finding))
        url = finding.authority.url if finding.authority else None
        if authority and url and url.startswith("https://"):
            authority = f'<a href="{safe(url)}" rel="noreferrer">{authority}</a>'
        return f'<p class="rule">{said(text)}{authority and f"<br>{authority}"}</p>'
