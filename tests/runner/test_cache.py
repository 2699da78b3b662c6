"""The cache: what is packed comes back whole, for as long as it holds."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self

import pytest
from drafts import EXAMPLES, rules_for
from hypothesis import given
from hypothesis import strategies as st

from reportlint.config.options import Options
from reportlint.document import Draft, Part
from reportlint.engine.finding_writer import CRASHED, file_finding
from reportlint.knowledge.house import HouseNames, StatedMeeting
from reportlint.knowledge.scales import Severity, Stage
from reportlint.report import FileState
from reportlint.runner import cache as cache_module
from reportlint.runner.cache import Cache
from reportlint.runner.one_draft import DraftResult, Task, check_draft, file_reports
from reportlint.runner.packing import pack, unpack
from reportlint.runner.work import Work
from reportlint.waivers import comments as comments_module

WAIVED = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2019/3

1. The Committee met in Lisbon.

<!-- reportlint: ignore NUM001 reason="as issued" until={until} -->
3. The Committee adopted the present report.
"""
DRAFTS = sorted((EXAMPLES / "faulty").iterdir())


def task(text: str, *, stage: str = "review", path: str = "draft.md") -> Task:
    rules = rules_for(stage)
    return Task(Draft((Part(path, ".md", text.encode()),), rules.readers), rules)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_what_is_packed_comes_back(path: Path) -> None:
    rules = rules_for("publication")
    draft = Draft((Part(path.name, path.suffix, path.read_bytes()),), rules.readers)
    checked = check_draft(draft, rules)
    assert checked.findings
    again = unpack(pack(checked, [path.name]), [path.name], rules)
    assert again == checked
    moved = unpack(pack(checked, [path.name]), ["other.md"], rules)
    assert {one.path for finding in moved.findings for one in (finding.place, *finding.related)} == {"other.md"}


@given(st.text(), st.text())
def test_whatever_a_finding_quotes_comes_back(quoted: str, surrogates: str) -> None:
    rules = rules_for()
    words = quoted + surrogates.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    checked = DraftResult(
        FileState.UNREADABLE, None, (file_finding(rules, CRASHED, "a", {"check": words, "error": words}),)
    )
    assert unpack(pack(checked, ["a"]), ["a"], rules) == checked


@given(st.binary(max_size=200))
def test_other_bytes_are_no_result(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        unpack(data, ["a"], rules_for())


def test_settings_count_but_for_those_used_later() -> None:
    """A setting that is added to the options is part of the key without anybody thinking of it."""
    cache, draft = Cache(Path(), ()), task("1. The Committee met.\n").draft
    plain = rules_for()
    later = {"folders": (Path("a"),), "parts": (Path("a"),), "waivers": Path("a"), "baseline": Path("a")}
    names, meeting = HouseNames(abbreviations=frozenset("A")), StatedMeeting(place="Lisbon")
    others = {
        "stage": Stage.DRAFT, "select": frozenset({"NUM"}), "ignore": frozenset({"NUM"}), "language": "fr",
        "message_language": "fr", "severity": (("NUM001", None),), "names": names, "meeting": meeting,
    }  # fmt: skip
    assert {one.name for one in fields(Options)} == {*later, *others, "fail_on"}

    def key(**settings: Any) -> bytes:
        return cache.key(draft, plain.with_options(replace(plain.options, **settings)))

    assert {key(), *(key(**{name: value}) for name, value in later.items()), key(fail_on=Severity.ERROR)} == {key()}
    assert len({key(), *(key(**{name: value}) for name, value in others.items())}) == 1 + len(others)


def in_days(days: int) -> type[date]:
    """The class ``date`` as it is some days from now."""

    class Later(date):
        @classmethod
        def today(cls) -> Self:
            return cls.fromordinal(date.today().toordinal() + days)

    return Later


def test_a_recalled_result_knows_no_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waivers are applied to fresh and recalled results alike: one expires although the result is from the cache."""
    draft = task(WAIVED.format(until=date.today() + timedelta(days=5)))
    work = Work(cache=Cache(tmp_path, ()))

    def findings_in(days: int) -> tuple[int, list[tuple[str, bool]]]:
        monkeypatch.setattr(comments_module, "date", in_days(days))
        done = work.check([draft])
        (file,) = file_reports(draft.draft, done.results[0], draft.rules)
        return done.effort.known, [(finding.code, finding.suppressed) for finding in file.findings]

    assert findings_in(0) == (0, [("NUM001", True)])
    assert findings_in(5) == (1, [("NUM001", True)])
    assert findings_in(6) == (1, [("RPL001", False), ("NUM001", False)])


def test_results_not_asked_for_in_two_weeks_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = task("1. The Committee met.\n"), task("1. The Committee met again.\n")
    work = Work(cache=Cache(tmp_path, ()))

    def known_after(days: int, *tasks: Task) -> int:
        monkeypatch.setattr(cache_module, "date", in_days(days))
        return work.check(tasks).effort.known

    assert known_after(0, old) == 0
    assert known_after(12, old, new) == 1
    # Removal happens when something new is stored.
    assert known_after(40, new, task("1. The Committee met once more.\n")) == 1
    assert known_after(40, old, new) == 1


def test_what_may_go_better_another_time_is_not_kept(tmp_path: Path) -> None:
    rules = rules_for()
    cache = Cache(tmp_path, ())
    good, bad = task("1. The Committee met.\n"), task("1. The Committee met again.\n")
    crashed = DraftResult(
        FileState.CHECKED, "en", (file_finding(rules, CRASHED, "draft.md", {"check": "x", "error": "x"}),)
    )
    keys = [cache.key(*one) for one in (good, bad)]
    cache.remember([(keys[0], good.draft, DraftResult(FileState.CHECKED, "en")), (keys[1], bad.draft, crashed)])
    assert cache.recall(keys, [good, bad]) == {0: DraftResult(FileState.CHECKED, "en")}
    assert not cache.error


def test_more_drafts_than_one_question_holds(tmp_path: Path) -> None:
    cache = Cache(tmp_path, ())
    tasks = [task(f"1. The Committee met in {number}.\n") for number in range(1200)]
    keys = [cache.key(*one) for one in tasks]
    cache.remember((key, one.draft, DraftResult(FileState.CHECKED, "en")) for key, one in zip(keys, tasks, strict=True))
    assert len(cache.recall(keys, tasks)) == 1200
