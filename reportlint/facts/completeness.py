"""What a text lacks without being wrong: a draft in progress may still get it, or another part of the report has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reportlint.facts.agenda import Agenda, AgendaItem
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.footnotes import Footnotes
from reportlint.facts.participation import Participation
from reportlint.knowledge.levels import Stage
from reportlint.structure import Role, Section, Structure, Style, readings


@dataclass(frozen=True, eq=False)
class Completeness:
    """What of the text is complete. At the stages review and publication, all of a whole document is.

    ``is_complete`` is false for a draft in progress and for a part of a report, whose references may lead beyond what
    it has; ``is_draft`` and ``is_part`` tell which. ``has_agenda`` tells whether the agenda is complete: other text
    follows its items. ``has_attendance`` tells whether the lists of participants are: a heading follows the last of
    them. ``open_sections`` are those that may get further text and subdivisions; ``last_note`` is the highest number
    of a footnote.
    """

    is_complete: bool = True
    is_draft: bool = False
    is_part: bool = False
    has_agenda: bool = True
    has_attendance: bool = True
    open_sections: tuple[Section, ...] = ()
    sections: tuple[Section, ...] = ()
    last_note: int = 0

    def may_get_section(self, citation: str) -> bool:
        """Return whether a section cited as "VI" or "II.C" may still be written, or be in another part of the report.

        It must come after the last of its level, at the top or in a section that is still open. In a part, it may also
        come before the first.
        """
        if self.is_complete:
            return False
        above, _, name = citation.rpartition(".")
        wanted = list(readings(f"{name}."))
        if len(name) > 1 and any(label.style is Style.ROMAN for label in wanted):
            wanted = [label for label in wanted if label.style is Style.ROMAN]
        for parent in (None, *self.open_sections):
            if above and (parent is None or not f".{'.'.join(parent.path)}".endswith(f".{above}")):
                continue
            bounds = self._bounds_within.get(parent, {})
            if not bounds and parent is not None and any(label.style.value > parent.rank for label in wanted):
                return True
            for label in wanted:
                if label.style in bounds:
                    lowest, highest = bounds[label.style]
                    if label.value > highest or (self.is_part and label.value < lowest):
                        return True
        # The section that would hold it may itself be still to come.
        return bool(above) and above not in self._paths and (self.may_get_section(above))

    @cached_property
    def _paths(self) -> frozenset[str]:
        """The full citations of the sections."""
        return frozenset(".".join(section.path) for section in self.sections)

    @cached_property
    def _bounds_within(self) -> dict[Section | None, dict[Style, tuple[int, int]]]:
        """The lowest and highest labels of each style within each labelled section; ``None``: at the top."""
        bounds: dict[Section | None, dict[Style, tuple[int, int]]] = {}
        for section in self.sections:
            above = section.parent
            while above is not None and not above.label:
                above = above.parent
            if section.label:
                style, value = section.label.style, section.label.value
                lowest, highest = bounds.setdefault(above, {}).get(style, (value, value))
                bounds[above][style] = min(lowest, value), max(highest, value)
        return bounds

    def may_get_note(self, label: str) -> bool:
        """Return whether the footnote of a mark may still be written: it comes after the last."""
        return self.is_draft and int(label) > self.last_note


def completeness(
    structure: Structure,
    notes: Footnotes,
    agenda: Agenda,
    participation: Participation,
    kind: KindOfDocument,
    stage: Stage,
) -> Completeness:
    """Return what of the text is complete at this stage."""
    is_draft = stage is Stage.DRAFT
    if not is_draft and not kind.is_part:
        return Completeness()
    sections = tuple(section for section in structure.sections if not section.is_annex)
    labelled = [section for section in sections if section.label]
    open_sections = tuple(section for section in labelled[-1].lineage if section.label) if labelled else ()
    last_list = max((index for listing in participation.attendance for index in listing.passages), default=None)
    headings = [section.passage for section in structure.sections]
    return Completeness(
        is_complete=False,
        is_draft=is_draft,
        is_part=kind.is_part,
        has_agenda=not is_draft or not agenda.items or _is_followed(structure, agenda.items[-1]),
        has_attendance=not is_draft or last_list is None or any(passage > last_list for passage in headings),
        open_sections=open_sections,
        sections=sections,
        last_note=max((int(note.label) for note in notes.notes), default=0),
    )


def _is_followed(structure: Structure, item: AgendaItem) -> bool:
    """Return whether text other than items follows the last item of the agenda."""
    return any(
        later.is_checked and later.role not in (Role.ITEM, Role.NOTE)
        for later in structure.passages[item.mention.passage.index + 1 :]
    )
