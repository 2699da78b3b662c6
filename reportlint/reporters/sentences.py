"""Sentences shared by the reporters, in the language of the messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.finding import Finding, Place, Severity
from reportlint.language.lexicon import Lexicon
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.layout import clean, printable_path

_RELATED_SHOWN = 5
_PATHS_SHOWN = 10


class Wording:
    """The sentences of reports in one language. ``words`` is the section of the lexicon they are made from."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words: dict[str, Any] = lexicon.section("interface")
        self.colon: str = lexicon.section("formats", "colon")

    @classmethod
    def for_run(cls, run: Run) -> Wording:
        return cls(run.rules.lexicon(run.options.message_language))

    def plural(self, forms: Sequence[str], count: int) -> str:
        """Return the singular or plural form of ``forms`` for ``count``, with the number filled in."""
        return self.lexicon.fill(forms[count != 1], {"count": count})

    def headline(self, finding: Finding, place: str = "") -> str:
        """Return the place and message of a finding: "para. 48: …".

        A finding about the whole file has only its message. ``place`` replaces the name of the place.
        """
        message = clean(finding.message)
        if is_about_whole_file(finding):
            return message
        return f"{place or clean(finding.place.where)}{self.colon}{message}"

    def related_lines(self, finding: Finding) -> list[str]:
        """Return a line for each related place that is shown, and one for those that are not."""
        lines = [self.related_line(place, finding.place.path) for place in related_shown(finding)]
        return [*lines, more] if (more := self.more_places(finding)) else lines

    def related_line(self, place: Place, path: str, name: str = "") -> str:
        """Return the line for a related place of a finding in ``path``: "see para. 45 (line 210): the agenda is here".

        ``name`` replaces the name of the place, for example by a link.
        """
        text = f"{self.words['see']} {name or self.place_name(place, path)}"
        return f"{text}{self.colon}{clean(place.message)}" if place.message else text

    def place_name(self, place: Place, path: str) -> str:
        """Return a place with its line, and with its file if that is not ``path``: "para. 45 (line 210)"."""
        name, line = clean(place.where), f"{self.words['line']} {place.line}"
        file = [printable_path(place.path)] if place.path != path else []
        details = ", ".join([*file, line] if line != name else file)
        return f"{name} ({details})" if details else name

    def plain_lines(self, finding: Finding) -> list[str]:
        """Return a finding as lines of plain text: place and message, related places, reason."""
        name = self.place_name(finding.place, finding.place.path)
        return [self.headline(finding, name), *self.related_lines(finding), clean(finding.why)]

    def authority(self, finding: Finding) -> str:
        """Return the source of a rule's authority; empty for crashes and unreadable files."""
        if finding.authority is None or is_about_whole_file(finding):
            return ""
        # The text before the colon names the source; "explain" shows all of it. The space before a French colon is
        # optional, because a card may have an English text only.
        source = finding.authority.text.partition(self.colon.lstrip())[0].rstrip()
        return f"{self.words['authority']}{self.colon}{source}"

    def more_places(self, finding: Finding) -> str:
        """Return a note on the related places that are not shown; empty if all are shown."""
        hidden = len(finding.related) - _RELATED_SHOWN
        return self.plural(self.words["more_places"], hidden) if hidden > 0 else ""

    def not_checked(self, run: Run) -> Iterator[str]:
        """Yield a sentence for each reason why files were not checked, with their paths."""
        for state in (FileState.NOT_UN, FileState.NO_LANGUAGE):
            paths = [file.path for file in run.with_state(state)]
            if paths:
                yield self.lexicon.fill(self.words[state.value], {"paths": self._list_paths(paths)})

    def _list_paths(self, paths: Sequence[str]) -> str:
        names = [printable_path(path) for path in paths[:_PATHS_SHOWN]]
        if hidden := len(paths) - len(names):
            names.append(self.plural(self.words["more_files"], hidden))
        return ", ".join(names)

    def summary(self, run: Run) -> str:
        """Return the numbers of findings and of reports checked; empty if there was no file."""
        if not run.files:
            return ""
        checked = len(run.with_state(FileState.CHECKED)) + len(run.with_state(FileState.UNREADABLE))
        if not checked:
            return str(self.words["none_checked"])
        counts = self.counts(run)
        fields = {"counts": counts, "files": self._file_count(checked)}
        text = self.lexicon.fill(self.words["summary"], fields) if counts else self.no_findings(checked)
        if run.suppressed:
            text += ", " + self.plural(self.words["suppressed"], run.suppressed)
        return text

    def no_findings(self, files: int) -> str:
        """Return the sentence for a number of files without findings."""
        return self.lexicon.fill(self.words["nothing"], {"files": self._file_count(files)})

    def _file_count(self, number: int) -> str:
        return f"{number} {self.words['files'][number != 1]}"

    def counts(self, report: Run | FileReport) -> str:
        """Return the number of findings of each severity: "2 errors, 1 warning"."""
        numbers = ((severity, report.count(severity)) for severity in Severity)
        return ", ".join(self._count(severity, number) for severity, number in numbers if number)

    def _count(self, severity: Severity, number: int) -> str:
        return f"{number} {self.words['counts'][severity.value][number != 1]}"


def is_about_whole_file(finding: Finding) -> bool:
    """Return whether a finding has no line of its own: a rule that crashed or a file that cannot be read."""
    return finding.code in (CRASHED, UNREADABLE)


def related_shown(finding: Finding) -> tuple[Place, ...]:
    """Return the related places to show, limited so that no finding fills pages."""
    return finding.related[:_RELATED_SHOWN]
