"""Check one draft. Anything wrong with it becomes a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint.document import Draft, Part, Source
from reportlint.engine.finding_writer import crashed_rules, draft_crash_finding, unreadable_finding
from reportlint.engine.linting import Identity, LintResult, lint
from reportlint.engine.rules import Rules
from reportlint.engine.waiver_comments import WaiverComment
from reportlint.errors import UnreadableInput, message
from reportlint.finding import Finding
from reportlint.knowledge.levels import DocumentKind
from reportlint.report import FileReport, FileState


class Task(NamedTuple):
    """A draft and the rules for it; ``named`` are the paths of its parts that the command line names."""

    draft: Draft
    rules: Rules
    named: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """The length of the draft in bytes, or in characters if it was given as text."""
        return sum(len(part.data) for part in self.draft.parts)


class DraftResult(NamedTuple):
    """The result of checking one draft, with the findings and waiver comments of all its parts.

    It depends on the draft and the rules only: no waiver has been applied. ``struck`` has, for each part, the number of
    passages that are struck through and were read as deleted.
    """

    state: FileState
    language: str | None = None
    findings: tuple[Finding, ...] = ()
    waiver_comments: tuple[WaiverComment, ...] = ()
    identity: Identity = Identity()
    looks_like_report: bool = True
    struck: tuple[int, ...] = ()


class Job(NamedTuple):
    """A task on its way to its result.

    ``key`` is the key of the result in the cache; ``is_known``: the result came from there.
    """

    task: Task
    key: bytes | None = None
    result: DraftResult | None = None
    is_known: bool = False


def check_job(job: Job) -> Job:
    """Return a job with its result."""
    return job if job.result else job._replace(result=check_draft(job.task.draft, job.task.rules))


def check_draft(draft: Draft, rules: Rules) -> DraftResult:
    """Check the parts of a draft as one document. A part that cannot be read or linted becomes a finding."""
    sources: list[Source] = []
    failures: dict[str, Finding] = {}
    for part in draft.parts:
        try:
            sources.append(part.source())
        except UnreadableInput as error:
            failures[part.path] = unreadable_finding(part.path, error.message, rules)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # one draft must not stop the others
            failures[part.path] = draft_crash_finding(part.path, error, rules)
    if failures:
        # Without that part, rules would report as missing what only that part says.
        return failed(failures.get(part.path) or _sibling_of_unreadable(part, rules) for part in draft.parts)
    if not any(source.text.strip() for source in sources):
        return DraftResult(FileState.EMPTY, looks_like_report=False)
    try:
        result = lint(draft.read(sources), rules)
    except KeyboardInterrupt:
        raise
    except MemoryError:
        reason = message("not enough memory to check it")
        return failed(unreadable_finding(part.path, reason, rules) for part in draft.parts)
    except BaseException as error:
        return failed(draft_crash_finding(part.path, error, rules) for part in draft.parts)
    return DraftResult(
        _state(result), result.language, result.findings, result.waiver_comments, result.identity,
        result.looks_like_report, tuple(source.struck for source in sources),
    )  # fmt: skip


def failed(findings: Iterable[Finding]) -> DraftResult:
    """Return the result for a draft that cannot be checked, with the findings that say so."""
    return DraftResult(FileState.UNREADABLE, findings=tuple(findings))


def _sibling_of_unreadable(part: Part, rules: Rules) -> Finding:
    return unreadable_finding(part.path, message("another part of its report cannot be read"), rules)


def _state(result: LintResult) -> FileState:
    if result.language is None:
        return FileState.UNKNOWN_LANGUAGE
    return FileState.NOT_UN if result.identity.kind is DocumentKind.NOT_UN else FileState.CHECKED


def file_reports(task: Task, result: DraftResult) -> Iterator[FileReport]:
    """Yield the report of each part of a draft, with the waiver comments in it applied."""
    draft, rules = task.draft, task.rules
    crashed = crashed_rules(result.findings, rules)
    for number, part in enumerate(draft.parts):
        findings = tuple(finding for finding in result.findings if finding.place.path == part.path)
        comments = tuple(comment for comment in result.waiver_comments if comment.place.path == part.path)
        file = FileReport(
            part.path, result.state, rules, result.language, findings, comments, crashed, draft, result.identity,
            is_expected=part.path in task.named or result.looks_like_report,
            struck=result.struck[number] if result.struck else 0,
        )  # fmt: skip
        if comments:
            from reportlint.waivers.comments import apply_comments  # noqa: PLC0415 - most drafts have no such comment

            file = apply_comments(file)
        yield file


def check_text(text: str, path: str, suffix: str, rules: Rules) -> FileReport:
    """Check a text as if it were a file with this suffix."""
    task = Task(Draft((Part(path, suffix, text),), rules.readers), rules, frozenset({path}))
    return next(file_reports(task, check_draft(task.draft, rules)))
