"""``--files-from`` and ``--shard``: which files of a large collection a run checks."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .conftest import CLEAN, FAULTY, run


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    for number in range(24):
        draft = tmp_path / f"sub{number % 3}" / f"n{number:02}.md"
        draft.parent.mkdir(exist_ok=True)
        draft.write_text(f"{FAULTY if number % 2 else CLEAN}\nNumber {number + 100}.\n")
    return tmp_path


def checked(folder: Path, *given: str, stdin: bytes = b"") -> list[str]:
    result = run("check", "--no-cache", "--output-format", "json", *given, cwd=folder, stdin=stdin)
    return [file["path"] for file in result.json["files"]]


# -- lists of paths ----------------------------------------------------------------------------------------------


def test_no_path_means_the_working_directory(drafts: Path) -> None:
    assert len(checked(drafts)) == 24


@pytest.mark.parametrize(
    "listed",
    [
        b"sub0/n00.md\nsub1/n01.md",
        b"sub0/n00.md\n\nsub1/n01.md\n",
        b"sub0/n00.md\r\nsub1/n01.md\r\n",
        b"\xef\xbb\xbfsub0/n00.md\nsub1/n01.md\n",
        b"sub0/n00.md\0sub1/n01.md\0",
        b"sub0/n00.md\n./sub0/n00.md\nsub1/n01.md\n",
    ],
)
def test_listed_paths_are_checked(drafts: Path, listed: bytes) -> None:
    (drafts / "list").write_bytes(listed)
    expected = ["sub0/n00.md", "sub1/n01.md"]
    assert checked(drafts, "--files-from", "list") == expected
    assert checked(drafts, "--files-from", "-", stdin=listed) == expected
    assert checked(drafts, "--files-from", "list", "sub2/n02.md") == [*expected, "sub2/n02.md"]


def test_listed_path_may_be_a_folder(drafts: Path) -> None:
    (drafts / "list").write_text("sub1\n")
    assert len(checked(drafts, "--files-from", "list")) == 8


@pytest.mark.skipif(os.name == "nt", reason="names cannot contain line breaks")
def test_paths_separated_by_nul_may_contain_line_breaks(drafts: Path) -> None:
    (drafts / "new\nline.md").write_text(CLEAN)
    assert checked(drafts, "--files-from", "-", stdin=b"new\nline.md\0") == ["new\nline.md"]


def test_listed_file_that_is_missing_fails_the_run(drafts: Path) -> None:
    (drafts / "list").write_text("sub0/n00.md\nnowhere.md\n")
    result = run("check", "--no-cache", "--output-format", "concise", "--files-from", "list", cwd=drafts)
    assert result.code == 2
    assert "nowhere.md:1:1: error RPL004 [line 1] this file cannot be read: no such file" in result.out


def test_empty_list_checks_nothing(drafts: Path) -> None:
    result = run("check", "--files-from", "-", cwd=drafts)
    assert (result.code, result.out) == (3, "")
    assert "no draft found" in result.err


@pytest.mark.parametrize(
    ("given", "stdin", "error"),
    [
        (("--files-from", "nowhere"), b"", "--files-from: nowhere cannot be read: No such file or directory"),
        (("--files-from", "."), b"", "--files-from: . cannot be read: Is a directory"),
        (("--files-from", "-"), b"a.md\n-\n", "--files-from: -:2: a list cannot name standard input"),
        (("--files-from", "-"), "a.md".encode("utf-16"), "--files-from: - is in UTF-16; save it in UTF-8"),
        (("--files-from", "-", "-"), b"", "--files-from: standard input cannot be both the list and a draft"),
        (("--files-from", ""), b"", "a path must not be empty"),
    ],
)
def test_list_that_cannot_be_used(drafts: Path, given: tuple[str, ...], stdin: bytes, error: str) -> None:
    result = run("check", *given, cwd=drafts, stdin=stdin)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(f"{error}\n")


# -- shards ------------------------------------------------------------------------------------------------------


def test_every_file_is_in_exactly_one_shard(drafts: Path) -> None:
    shards = [checked(drafts, "--shard", f"{number}/5", ".") for number in range(1, 6)]
    assert sorted(path for shard in shards for path in shard) == checked(drafts, ".")
    assert all(shards)
    assert checked(drafts, "--shard", "2/5", str(drafts / "sub0"), "sub1/../sub1", "sub2") == [
        str(drafts / path) if path.startswith("sub0") else path.replace("sub1", "sub1/../sub1")
        for path in sorted(shards[1], key=lambda path: not path.startswith("sub0"))
    ]


def test_parts_of_a_report_are_in_one_shard(drafts: Path) -> None:
    names = [f"sub{number % 3}/n{number:02}.md" for number in range(12)]
    (drafts / "reportlint.toml").write_text(f"[report]\nparts = {json.dumps(names)}\n")
    shards = [set(checked(drafts, "--shard", f"{number}/4", ".")) for number in range(1, 5)]
    assert sum(bool(shard & set(names)) for shard in shards) == 1
    assert sum(set(names) <= shard for shard in shards) == 1
    assert sum(map(len, shards)) == 24


def test_empty_shard_is_no_failure(drafts: Path) -> None:
    codes = [
        run("check", "--no-cache", "--stage", "publication", "--shard", f"{number}/9", "sub0/n00.md", cwd=drafts)
        for number in range(1, 10)
    ]
    assert [result.code for result in codes] == [0] * 9
    assert [result.err for result in codes] == [""] * 9
    assert sum(bool(result.out) for result in codes) == 1


def test_shards_of_nothing_fail_as_any_run(drafts: Path) -> None:
    (drafts / "nothing").mkdir()
    assert run("check", "--shard", "1/2", "nothing", cwd=drafts).code == 3


def test_unchecked_file_fails_its_shard(drafts: Path) -> None:
    (drafts / "empty.md").write_text("")
    codes = [
        run("check", "--require-checked", "--shard", f"{number}/4", "empty.md", cwd=drafts).code
        for number in range(1, 5)
    ]
    assert sorted(codes) == [0, 0, 0, 3]


def test_orphans_are_not_judged_in_a_shard(drafts: Path) -> None:
    run("check", "--no-cache", "--add-waivers", "as issued", ".", cwd=drafts)
    run("check", "--no-cache", "--write-baseline", "known.json", ".", cwd=drafts)
    (drafts / "sub1/n01.md").unlink()
    (drafts / "sub0/n03.md").rename(drafts / "sub0/other.md")
    known = ("--baseline", "known.json")
    whole = run("check", "--no-cache", *known, "--output-format", "json", ".", cwd=drafts).json["findings"]
    assert [finding["code"] for finding in whole if not finding["suppressed"]] == ["RPL001"]
    shards = [
        finding
        for number in range(1, 4)
        for finding in run(
            "check", "--no-cache", *known, "--output-format", "json", "--shard", f"{number}/3", ".", cwd=drafts
        ).json["findings"]
    ]
    # A renamed draft has no waivers in a shard, because another draft of the run may be the better match.
    assert [(finding["path"], finding["code"]) for finding in shards if not finding["suppressed"]] == [
        ("sub0/other.md", "NUM001")
    ]
    assert len(shards) == 11


@pytest.mark.parametrize("shard", ["0/4", "5/4", "1", "1/0", "a/b", "-1/4", "1/4/4", "", "1/9999999999"])
def test_invalid_shard(drafts: Path, shard: str) -> None:
    result = run("check", f"--shard={shard}", ".", cwd=drafts)
    assert result.code == 2
    assert "such as 3/16" in result.err


@pytest.mark.parametrize(
    "option",
    [
        ("--output-file", "record=record.json"),
        ("--output-file", "clearance=page.html"),
        ("--annotate", "out/"),
        ("--write-baseline", "known.json"),
        ("--prune",),
    ],
)
def test_what_covers_the_whole_run_is_refused(drafts: Path, option: tuple[str, ...]) -> None:
    result = run("check", "--shard", "1/2", *option, ".", cwd=drafts)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("needs the whole run; leave out --shard\n")
    assert not list(drafts.glob("*.json"))
