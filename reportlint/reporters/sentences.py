"""Sentences shared by the reporters, in the language of the messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.engine.rules import Rules
from reportlint.finding import Finding, Place, Severity, Stage, Suppression
from reportlint.language.lexicon import Lexicon
from reportlint.report import UNCHECKED, FileReport, FileState, Run
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
        """Return the form of ``forms`` for ``count``, with the number filled in."""
        return self.lexicon.fill(self.lexicon.plural(forms, count), {"count": count})

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

    def suppression(self, suppression: Suppression) -> str:
        """Return what suppresses a finding, with the reason, the last day and the place of the waiver."""
        place = suppression.place
        line = f", {self.words['line']} {place.line}" if place and place.line else ""
        fields = {
            "by": self.words["suppressed_by"][suppression.by.value],
            "reason": clean(suppression.reason),
            "date": self.lexicon.format_date(suppression.until) if suppression.until else "",
            "place": printable_path(place.path) + line if place else "",
        }
        return self.lexicon.fill(self.words["suppression"], fields)

    def more_places(self, finding: Finding) -> str:
        """Return a note on the related places that are not shown; empty if all are shown."""
        hidden = len(finding.related) - _RELATED_SHOWN
        return self.plural(self.words["more_places"], hidden) if hidden > 0 else ""

    def reason(self, file: FileReport) -> str:
        """Return why a file was not checked; empty if it was."""
        if file.state is FileState.CHECKED:
            return ""
        finding = next(filter(is_about_whole_file, file.findings), None)
        return clean(file.reason or (finding.message if finding else self.words["unchecked"][file.state.value]))

    def status(self, file: FileReport) -> str:
        """Return the result for a file without findings: nothing to report, or why it was not checked."""
        reason = self.reason(file)
        if not reason:
            return str(self.words["nothing_found"])
        return self.lexicon.fill(self.words["not_checked_because"], {"reason": reason})

    def kind(self, file: FileReport) -> str:
        """Return the kind of a document and the rules that it switched off.

        The result is empty before publication, and if the kind switched off no rule.
        """
        if not file.switched_off or file.rules.options.stage is not Stage.PUBLICATION:
            return ""
        kind = self.lexicon.section("outline", "kinds")[file.identity.kind.value]
        return self.lexicon.fill(
            self.words["switched_off"],
            {"kind": kind, "codes": ", ".join(_with_families(file.switched_off, file.rules))},
        )

    def kinds(self, run: Run) -> Iterator[str]:
        """Yield a line for each document whose kind switched off rules."""
        if not any(rules.options.stage is Stage.PUBLICATION for rules in dict.fromkeys(run.files.rules)):
            return
        for file in run.files:
            if kind := self.kind(file):
                yield f"{printable_path(file.path)}{self.colon}{kind}"

    def not_checked(self, run: Run, most: int = _PATHS_SHOWN) -> Iterator[str]:
        """Yield a sentence for each reason why files were not checked, with their paths.

        At most ``most`` paths are listed, but always those that fail the run.
        """
        by_status: dict[str, tuple[list[str], list[str]]] = {}
        for state in (*UNCHECKED, FileState.EXCLUDED):
            for file in run.with_state(state):
                if not file.findings:
                    missed, others = by_status.setdefault(self.status(file), ([], []))
                    (missed if run.misses(file) else others).append(file.path)
        for status, (missed, others) in by_status.items():
            paths = [*missed, *others]
            yield f"{status}{self.colon}{self.list_paths(paths, max(most, len(missed)))}"

    def list_paths(self, paths: Sequence[str], most: int = _PATHS_SHOWN) -> str:
        """Return paths on one line, at most ``most`` of them."""
        names = [printable_path(path) for path in paths[:most]]
        if hidden := len(paths) - len(names):
            names.append(self.plural(self.words["more_files"], hidden))
        return ", ".join(names)

    def clean_files(self, run: Run) -> str:
        """Return the sentence that names the files without findings, if the summary does not name them; else ""."""
        paths = [file.path for file in run.clean] if self.counts(run) else []
        return self.no_findings(paths) if paths else ""

    def summary(self, run: Run) -> str:
        """Return the numbers of findings and of reports checked, or the reports if there are no findings.

        The result is empty if there was no file.
        """
        if not run.files:
            return ""
        if not run.totals.read:
            return str(self.words["none_checked"])
        counts = self.counts(run)
        if counts:
            text = self.lexicon.fill(
                self.words["summary"], {"counts": counts, "files": self._file_count(run.totals.read)}
            )
        else:
            read = (file.path for file in run.inputs if file.state is FileState.CHECKED or file.findings)
            text = self.no_findings([*read])
        if run.suppressed:
            text += ", " + self.plural(self.words["suppressed"], run.suppressed)
        return text

    def no_findings(self, paths: Sequence[str], most: int = _PATHS_SHOWN) -> str:
        """Return the sentence for files without findings, with at most ``most`` of their paths."""
        text = self.lexicon.fill(self.words["nothing"], {"files": self._file_count(len(paths))})
        return f"{text}{self.colon}{self.list_paths(paths, most)}" if most else text

    def _file_count(self, number: int) -> str:
        return f"{number} {self.lexicon.plural(self.words['files'], number)}"

    def counts(self, report: Run | FileReport) -> str:
        """Return the number of findings of each severity: "2 errors, 1 warning"."""
        numbers = ((severity, report.count(severity)) for severity in Severity)
        return ", ".join(self._count(severity, number) for severity, number in numbers if number)

    def _count(self, severity: Severity, number: int) -> str:
        return f"{number} {self.lexicon.plural(self.words['counts'][severity.value], number)}"


def _with_families(codes: Sequence[str], rules: Rules) -> list[str]:
    """Return the codes, with the name of the family in place of all its rules in force."""
    families: dict[str, set[str]] = {}
    for code in rules.severities:
        families.setdefault(rules.by_code[code].family, set()).add(code)
    whole = {family for family, its_codes in families.items() if len(its_codes) > 1 and its_codes <= set(codes)}
    named = (family if (family := rules.by_code[code].family) in whole else code for code in codes)
    return list(dict.fromkeys(named))


def rule_page(finding: Finding, rules: Rules) -> str:
    """Return the address of the page on a built-in rule; empty if no address of the documentation is set."""
    address = rules.options.documentation
    if not address or finding.code not in rules.rulebook.builtin_codes:
        return ""
    return f"{address.rstrip('/')}/rules/{finding.code}.html"


def is_about_whole_file(finding: Finding) -> bool:
    """Return whether a finding has no line of its own: a rule that crashed or a file that cannot be read."""
    return finding.code in (CRASHED, UNREADABLE)


def related_shown(finding: Finding) -> Sequence[Place]:
    """Return the related places to show, limited so that no finding fills pages."""
    return finding.related[:_RELATED_SHOWN]
