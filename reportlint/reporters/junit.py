"""JUnit's XML, which Jenkins, GitLab and others show as tests: a suite for each file, a test for each finding.

What fails the run fails its test, and what could not be checked is an error. A finding that does not fail the run
passes and is told in the output of its test, a suppressed one is skipped; a draft without findings has one test, which
passes. What an element says stands in its text, which GitLab shows, and briefly in its message, which others show.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree import ElementTree as Xml

from reportlint.finding import Finding
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.layout import clean, printable_path
from reportlint.reporters.paths import in_repository
from reportlint.reporters.sentences import Wording, is_of_whole_file

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def report(run: Run, **_: Any) -> str:
    """The files of a run as test suites."""
    wording = Wording.of(run)
    root = Xml.Element("testsuites", name="reportlint")
    root.extend(_suite(file, wording) for file in run.files)
    _count(root)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suite(file: FileReport, wording: Wording) -> Xml.Element:
    suite = _element("testsuite", name=_name(file))
    seen = Counter[str]()
    for finding in file.findings:
        name = f"{finding.code} {finding.name}"
        if not is_of_whole_file(finding):
            name = f"{clean(finding.place.where)}{wording.colon}{name}"
        seen[name] += 1
        # Of two tests with one name GitLab shows the first only.
        numbered = f"{name} ({seen[name]})" if seen[name] > 1 else name
        test = _test(file, numbered, finding.place.line)
        test.append(_outcome(file, finding, wording))
        suite.append(test)
    if not file.findings:
        suite.append(_without_findings(file, wording))
    _count(suite)
    return suite


def _name(file: FileReport) -> str:
    return printable_path(in_repository(file.path))


def _test(file: FileReport, name: str, line: int = 1) -> Xml.Element:
    return _element("testcase", name=name, classname=_name(file), file=_name(file), line=str(line))


def _outcome(file: FileReport, finding: Finding, wording: Wording) -> Xml.Element:
    told = "\n".join(wording.told(finding))
    if finding.suppression:
        reason = clean(finding.suppression.reason)
        waived = wording.words["suppressed_by"][finding.suppression.by.value]
        why = f"{waived}{wording.colon}{reason}" if reason else waived
        return _element("skipped", f"{why}\n{told}", message=why)
    if is_of_whole_file(finding) or file.fails(finding):
        kind = "error" if is_of_whole_file(finding) else "failure"
        return _element(kind, told, message=clean(finding.message), type=finding.severity.value)
    return _element("system-out", told)


def _without_findings(file: FileReport, wording: Wording) -> Xml.Element:
    if file.state is FileState.CHECKED:
        return _test(file, wording.words["nothing_found"])
    why = wording.lexicon.fill(wording.words[file.state.value], {"paths": printable_path(file.path)})
    test = _test(file, wording.words["not_checked"])
    test.append(_element("skipped", why, message=why))
    return test


def _count(element: Xml.Element) -> None:
    """Say in a suite what is in it."""
    element.set("tests", str(len(list(element.iter("testcase")))))
    for attribute, tag in _COUNTED.items():
        element.set(attribute, str(len(list(element.iter(tag)))))


def _element(tag: str, text: str = "", **attributes: str) -> Xml.Element:
    """An element of characters that XML allows."""
    element = Xml.Element(tag, {name: _NOT_IN_XML.sub("\ufffd", value) for name, value in attributes.items()})
    element.text = _NOT_IN_XML.sub("\ufffd", text) or None
    return element
