"""JUnit XML, which Jenkins, GitLab and others show as tests: one suite per file and one test per finding.

- A finding that fails the run is a failed test.
- A rule that crashed or a file that cannot be read is an error.
- A finding that does not fail the run is a passed test, with the finding in its output.
- A suppressed finding is a skipped test.
- A draft without findings has one passed test.
- A file that was not checked has one test: an error if that fails the run, otherwise a skipped test.
- At publication, the properties of a suite give the kind of a document that switched off rules, and their codes.

Each failure, error or skip has the full text as its content, which GitLab shows, and a short version in its ``message``
attribute, which other tools show.
"""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as Xml

from reportlint.finding import Finding
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.escaping import without_commands_in_xml
from reportlint.reporters.layout import clean, printable_path
from reportlint.reporters.paths import in_repository
from reportlint.reporters.sentences import Wording, is_about_whole_file

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUITES_BETWEEN_COLLECTIONS = 200
_COUNTERS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def report(run: Run, **_: Any) -> Iterator[str]:
    """Yield the files of a run as test suites."""
    wording = Wording.for_run(run)
    root = Xml.Element("testsuites", name="reportlint")
    totals = Counter[str]()
    for suite in _suites(run, wording):
        totals.update({attribute: int(suite.get(attribute, "0")) for attribute in ("tests", *_COUNTERS)})
    for attribute in ("tests", *_COUNTERS):
        root.set(attribute, str(totals[attribute]))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    start = Xml.tostring(root, encoding="unicode")
    if not run.files:
        yield f"{without_commands_in_xml(start)}\n"
        return
    yield f"{without_commands_in_xml(start.removesuffix('/>').rstrip())}>\n"
    for number, suite in enumerate(_suites(run, wording), 1):
        Xml.indent(suite, level=1)
        if number % _SUITES_BETWEEN_COLLECTIONS == 0:
            gc.collect(0)  # indents leave cycles, and the program rarely looks for them
        yield without_commands_in_xml(f"  {Xml.tostring(suite, encoding='unicode')}\n")
    yield "</testsuites>\n"


def _suites(run: Run, wording: Wording) -> Iterator[Xml.Element]:
    return (_suite(file, wording, run.misses(file)) for file in run.files)


def _suite(file: FileReport, wording: Wording, is_missed: bool) -> Xml.Element:
    suite = _element("testsuite", name=_suite_name(file))
    if wording.kind(file):
        properties = _element("properties")
        properties.append(_element("property", name="kind", value=file.identity.kind.value))
        properties.append(_element("property", name="switched-off", value=", ".join(file.switched_off)))
        suite.append(properties)
    seen = Counter[str]()
    for finding in file.findings:
        name = f"{finding.code} {finding.name}"
        if not is_about_whole_file(finding):
            name = f"{clean(finding.place.where)}{wording.colon}{name}"
        seen[name] += 1
        # GitLab shows only the first of several tests with the same name.
        unique_name = f"{name} ({seen[name]})" if seen[name] > 1 else name
        test = _test(file, unique_name, finding.place.line)
        test.append(_outcome(file, finding, wording))
        suite.append(test)
    if not file.findings:
        suite.append(_test_without_findings(file, wording, is_missed))
    _set_counters(suite)
    return suite


def _suite_name(file: FileReport) -> str:
    return printable_path(in_repository(file.path))


def _test(file: FileReport, name: str, line: int = 1) -> Xml.Element:
    return _element("testcase", name=name, classname=_suite_name(file), file=_suite_name(file), line=str(line))


def _outcome(file: FileReport, finding: Finding, wording: Wording) -> Xml.Element:
    text = "\n".join(wording.plain_lines(finding))
    if finding.suppression:
        reason = clean(finding.suppression.reason)
        suppressed_by = wording.words["suppressed_by"][finding.suppression.by.value]
        why = f"{suppressed_by}{wording.colon}{reason}" if reason else suppressed_by
        return _element("skipped", f"{why}\n{text}", message=why)
    if is_about_whole_file(finding) or file.fails(finding):
        kind = "error" if is_about_whole_file(finding) else "failure"
        return _element(kind, text, message=clean(finding.message), type=finding.severity.value)
    return _element("system-out", text)


def _test_without_findings(file: FileReport, wording: Wording, is_missed: bool) -> Xml.Element:
    if file.state is FileState.CHECKED:
        return _test(file, wording.words["nothing_found"])
    why = f"{wording.status(file)}{wording.colon}{printable_path(file.path)}"
    test = _test(file, wording.words["not_checked"])
    test.append(_element("error" if is_missed else "skipped", why, message=why))
    return test


def _set_counters(element: Xml.Element) -> None:
    """Set the attributes that count the tests of a suite and their outcomes."""
    element.set("tests", str(len(list(element.iter("testcase")))))
    for attribute, tag in _COUNTERS.items():
        element.set(attribute, str(len(list(element.iter(tag)))))


def _element(tag: str, text: str = "", **attributes: str) -> Xml.Element:
    """Return an element, with U+FFFD in place of characters that XML does not allow."""
    element = Xml.Element(tag, {name: _NOT_IN_XML.sub("\ufffd", value) for name, value in attributes.items()})
    element.text = _NOT_IN_XML.sub("\ufffd", text) or None
    return element
