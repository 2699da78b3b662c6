"""Golden files: the output of each format for a few drafts. ``python tests/golden_files.py`` regenerates them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlint import __version__
from reportlint.reporters import REPORTERS

FOLDER = Path(__file__).parent / "golden"
FORMATS = list(REPORTERS)
_NOT_PASSED_ON = re.compile(r"CI(_|$)|GITHUB_|GITLAB_|LANG|LC_|PYTHONPATH$")

_HEAD = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2019/3
Distr.: General
12 March 2019
Original: English

## I. Opening

"""
_TETE = """# Rapport du Comité de la sûreté portuaire sur les travaux de sa deuxième session

HARB/COM/2019/3
Distr. générale
12 mars 2019
Original : français

## I. Ouverture

"""
_HARBOURS = (
    _HEAD
    + """1. The Committee on Harbour Safety met in Lisbon. \U0001f6df\U0001d4db The lighthouse keeper was there.

2. The Chair recalled the quayside of Lisbon, the quayside of Porto and the quay-side of Faro.

3. Several delegations described the buoys \a|
beacons of the north. The lighthouse keeper replied.

<!-- reportlint: ignore HAR001 reason="the title of the film, as \u201cshown\u201d" -->
4. The Committee saw the film The Lighthouse Keeper.

5. The last lighthouse keeper of Faro was heard.
"""
)
_WAIVERS = """- path: harbours.md
  code: HAR001
  fingerprint: 0b570e671fd1b74d
  paragraph: para. 5
  reason: "he is called so: no other title | known"
- path: harbours.md
  code: HAR002
  fingerprint: "0000000000000000"
  reason: it was mended
"""
_CLEAN = {
    "clean.md": _HEAD + "1. The Committee on Harbour Safety met in Lisbon to review the work of its secretariat.\n"
}
_FRENCH = {
    "lisbonne.md": _TETE
    + "1. Le gardien de phare, «\u00a0l'ami des quayside et quay-side\u00a0», a accueilli le Comité.\n"
}

CASES: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "clean": ({**_CLEAN}, []),
    "empty": ({}, []),
    "findings": (
        {
            **_CLEAN,
            **_FRENCH,
            "harbours.md": _HARBOURS,
            "latin.md": "1. Le Comité s'est réuni à Genève.".encode("latin-1"),
            "notes.md": "# A program\n\nHow to install it, and how to use it with the other tools.\n",
            "parts/100 % sûr, point 3: été [v1].md": _HEAD
            + "1. The lighthouse keeper of Genoa, the buoys of the north.\n",
            "reportlint-waivers.yaml": _WAIVERS,
        },
        [],
    ),
    "french": ({**_FRENCH, "harbours.md": _HARBOURS}, ["--message-language", "fr"]),
}
"""By name: the files, and the options they are checked with."""

# The style, the script and their hashes in the policy. They are tested in a browser.
_ASSETS = re.compile(r"(?<=<style>).*?(?=</style>)|(?<=<script>).*?(?=</script>)|'sha256-[^']*'", re.DOTALL)


def golden_path(case: str, format_name: str) -> Path:
    return FOLDER / f"{case}.{format_name}"


def render(case: str) -> dict[str, str]:
    """Return the output of a case by format, without the version, the style and the script."""
    files, options = CASES[case]
    with TemporaryDirectory() as folder:
        drafts, out = Path(folder, "drafts"), Path(folder, "out")
        drafts.mkdir()
        for path, content in files.items():
            (drafts / path).parent.mkdir(exist_ok=True)
            (drafts / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        outputs = [part for name in FORMATS for part in ("--output-file", f"{name}={out / name}")]
        command = [
            "check",
            "--no-cache",
            "--rules",
            str(FOLDER / "house.yaml"),
            "--select",
            "HAR,RPL",
            *options,
            *outputs,
        ]
        environment = {key: value for key, value in os.environ.items() if not _NOT_PASSED_ON.match(key)}
        subprocess.run(
            [sys.executable, "-m", "reportlint", *command], cwd=drafts, check=False, capture_output=True,
            env=environment | {"PYTHONPATH": str(FOLDER.parent.parent)},
        )  # fmt: skip
        texts = {name: (out / name).read_text(encoding="utf-8").replace(__version__, "VERSION") for name in FORMATS}
        return {**texts, "html": _ASSETS.sub("", texts["html"])}


def main() -> None:
    """Write all golden files and delete those of cases that no longer exist."""
    texts = {golden_path(case, name): text for case in CASES for name, text in render(case).items()}
    for old in set(FOLDER.iterdir()) - {*texts, FOLDER / "house.yaml"}:
        old.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
