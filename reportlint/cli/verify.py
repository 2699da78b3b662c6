"""``reportlint verify``: compares a clearance record with files, rules and settings as they are now."""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import date

from reportlint.clearance.record_file import read_record
from reportlint.clearance.verifying import differences
from reportlint.cli.terminal import Result, complain, locale_language
from reportlint.errors import SetupError, message
from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.language.lexicon import Lexicon
from reportlint.reporters.layout import printable_path
from reportlint.reporters.sentences import Wording


def run(given: Namespace) -> Result:
    """Print a line for each difference, or a line that says that all is as recorded.

    Raises:
        SetupError: the file is no valid record, or the language has no messages.
    """
    wording = Wording(_lexicon(given.message_language))
    translate = wording.lexicon.translate
    clearance, is_enveloped = read_record(given.record)
    if given.root is not None and not os.path.isdir(given.root):
        raise SetupError(f"--root: no such folder: {given.root}")
    root = given.root or os.path.dirname(given.record) or os.curdir
    if is_enveloped:
        complain(translate(message("{path}: the signatures of the envelope were not verified", path=given.record)))
    lines = [translate(difference) for difference in differences(clearance, root, date.today(), wording)]
    count = sum(1 for _ in clearance.subjects)
    text = lines or [translate(message("{path}: {count} files are as recorded", path=given.record, count=count))]
    return int(bool(lines)), "".join(f"{printable_path(line)}\n" for line in text)


def _lexicon(language: str | None) -> Lexicon:
    """Return the lexicon for messages in a language; ``None``: that of the terminal, if there are messages in it."""
    rulebook = Rulebook((builtin_folder(),))
    known = rulebook.message_languages
    code = language or locale_language()
    if code not in known:
        if language:
            raise SetupError(f"there are no messages in the language “{language}” (known: {', '.join(known)})")
        code = known[0]
    return Lexicon(code, rulebook.lexicon(code))
