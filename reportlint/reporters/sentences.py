"""What reporters say in words, in the language of the messages."""

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
    """The sentences of a run's reports. ``words`` is the section of the lexicon that they are made with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words: dict[str, Any] = lexicon.section("interface")
        self.colon: str = lexicon.section("formats", "colon")

    @classmethod
    def of(cls, run: Run) -> Wording:
        return cls(run.rules.lexicon(run.options.message_language))

    def counted(self, forms: Sequence[str], count: int) -> str:
        """The form for one or for several, with the number filled in."""
        return self.lexicon.fill(forms[count != 1], {"count": count})

    def headline(self, finding: Finding, place: str = "") -> str:
        """Where something is wrong, and what: "para. 48: …"; ``place`` stands for the name of the place."""
        message = clean(finding.message)
        return message if is_of_whole_file(finding) else f"{place or clean(finding.place.where)}{self.colon}{message}"

    def other_sides(self, finding: Finding) -> list[str]:
        """What else a finding is about, a line for each place."""
        lines = [self.other_side(place, finding.place.path) for place in related_shown(finding)]
        return [*lines, more] if (more := self.more_places(finding)) else lines

    def other_side(self, place: Place, path: str, name: str = "") -> str:
        """What else a finding in ``path`` is about: "see para. 45 (line 210): the agenda is here".

        ``name`` stands for the name of the place, for instance as a link.
        """
        text = f"{self.words['see']} {name or self.place_name(place, path)}"
        return f"{text}{self.colon}{clean(place.message)}" if place.message else text

    def place_name(self, place: Place, path: str) -> str:
        """A place with its line, and its file if that is not ``path``: "para. 45 (line 210)"."""
        name, line = clean(place.where), f"{self.words['line']} {place.line}"
        elsewhere = [printable_path(place.path)] if place.path != path else []
        more = ", ".join([*elsewhere, line] if line != name else elsewhere)
        return f"{name} ({more})" if more else name

    def told(self, finding: Finding) -> list[str]:
        """A finding in lines of plain text: where and what, the other sides, the reason."""
        name = self.place_name(finding.place, finding.place.path)
        return [self.headline(finding, name), *self.other_sides(finding), clean(finding.why)]

    def authority(self, finding: Finding) -> str:
        """Where a rule has its authority from; nothing for what is no matter of drafting."""
        if finding.authority is None or is_of_whole_file(finding):
            return ""
        # The words before the colon name the source; "explain" has the whole.
        return f"{self.words['authority']}{self.colon}{finding.authority.text.split(': ')[0]}"

    def more_places(self, finding: Finding) -> str:
        """That there are more related places than are shown; nothing if there are not."""
        hidden = len(finding.related) - _RELATED_SHOWN
        return self.counted(self.words["more_places"], hidden) if hidden > 0 else ""

    def not_checked(self, run: Run) -> Iterator[str]:
        """Which files were left alone, and why: a sentence for each reason."""
        for state in (FileState.NOT_UN, FileState.NO_LANGUAGE):
            files = run.with_state(state)
            if files:
                yield self.lexicon.fill(self.words[state.value], {"paths": self._paths([file.path for file in files])})

    def _paths(self, paths: Sequence[str]) -> str:
        named = [printable_path(path) for path in paths[:_PATHS_SHOWN]]
        if hidden := len(paths) - len(named):
            named.append(self.counted(self.words["more_files"], hidden))
        return ", ".join(named)

    def summary(self, run: Run) -> str:
        """What was found in how many reports; nothing if there was no file."""
        if not run.files:
            return ""
        checked = len(run.with_state(FileState.CHECKED)) + len(run.with_state(FileState.UNREADABLE))
        if not checked:
            return str(self.words["none_checked"])
        counts = self.counts(run)
        fields = {"counts": counts, "files": self._files(checked)}
        text = self.lexicon.fill(self.words["summary"], fields) if counts else self.nothing(checked)
        if run.suppressed:
            text += ", " + self.counted(self.words["suppressed"], run.suppressed)
        return text

    def nothing(self, files: int) -> str:
        """That some files have no findings."""
        return self.lexicon.fill(self.words["nothing"], {"files": self._files(files)})

    def _files(self, number: int) -> str:
        return f"{number} {self.words['files'][number != 1]}"

    def counts(self, found: Run | FileReport) -> str:
        """How many findings of each severity there are: "2 errors, 1 warning"."""
        numbers = ((severity, found.count(severity)) for severity in Severity)
        return ", ".join(self.count(severity, number) for severity, number in numbers if number)

    def count(self, severity: Severity, number: int) -> str:
        return f"{number} {self.words['counts'][severity.value][number != 1]}"


def is_of_whole_file(finding: Finding) -> bool:
    """Whether a finding is no matter of a line: a rule that stopped, a file that could not be read."""
    return finding.code in (CRASHED, UNREADABLE)


def related_shown(finding: Finding) -> tuple[Place, ...]:
    """The related places that readers are shown, so that no finding takes pages."""
    return finding.related[:_RELATED_SHOWN]
