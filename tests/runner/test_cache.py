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
from reportlint.engine.linting import CRASHED, plain_finding
from reportlint.knowledge.house import HouseNames, StatedMeeting
from reportlint.knowledge.scales import Severity, Stage
from reportlint.report import FileState
from reportlint.runner import cache as cache_module
from reportlint.runner.cache import Cache
from reportlint.runner.one_draft import Checked, Task, check_draft
from reportlint.runner.packing import pack, unpack
from reportlint.runner.work import Work

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
    checked = Checked(
        FileState.UNREADABLE, None, (plain_finding(rules, CRASHED, "a", {"check": words, "error": words}),)
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


def test_what_expires_is_known_until_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = date.today()
    expires, stays = task(WAIVED.format(until=today + timedelta(days=5))), task("1. The Committee met.\n")
    new = task("1. The Committee met again.\n")
    work = Work(cache=Cache(tmp_path, ()))

    def known_after(days: int, *tasks: Task) -> int:
        class Calendar(date):
            @classmethod
            def today(cls) -> Self:
                return cls.fromordinal(today.toordinal() + days)

        monkeypatch.setattr(cache_module, "date", Calendar)
        return work.check(tasks).effort.known

    assert known_after(0, expires, stays) == 0
    assert known_after(5, expires, stays) == 2
    assert known_after(6, expires) == 0
    # What nobody has asked for in two weeks is thrown away when something new comes.
    assert known_after(18, stays, new) == 1
    assert known_after(40, new, task("1. The Committee met once more.\n")) == 1
    assert known_after(40, stays, new) == 1


def test_what_may_go_better_another_time_is_not_kept(tmp_path: Path) -> None:
    rules = rules_for()
    cache = Cache(tmp_path, ())
    good, bad = task("1. The Committee met.\n"), task("1. The Committee met again.\n")
    crashed = Checked(
        FileState.CHECKED, "en", (plain_finding(rules, CRASHED, "draft.md", {"check": "x", "error": "x"}),)
    )
    keys = [cache.key(*one) for one in (good, bad)]
    cache.remember([(keys[0], good.draft, Checked(FileState.CHECKED, "en")), (keys[1], bad.draft, crashed)])
    assert cache.recall(keys, [good, bad]) == {0: Checked(FileState.CHECKED, "en")}
    assert not cache.error


def test_more_drafts_than_one_question_holds(tmp_path: Path) -> None:
    cache = Cache(tmp_path, ())
    tasks = [task(f"1. The Committee met in {number}.\n") for number in range(1200)]
    keys = [cache.key(*one) for one in tasks]
    cache.remember((key, one.draft, Checked(FileState.CHECKED, "en")) for key, one in zip(keys, tasks, strict=True))
    assert len(cache.recall(keys, tasks)) == 1200
