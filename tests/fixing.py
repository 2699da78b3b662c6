"""Fixing drafts given as text, as ``--fix`` does."""

from __future__ import annotations

import re
from itertools import takewhile

from drafts import rules_for
from named_edits import Edit

from reportlint.document import Draft, Part
from reportlint.finding import Applicability
from reportlint.fixes import FixedDraft, fix_draft
from reportlint.report import FileReport
from reportlint.runner.draft_checking import Task, check_draft, file_reports
from reportlint.runner.inputs import suffix_of

SAFE = frozenset({Applicability.SAFE})
ALL = frozenset({Applicability.SAFE, Applicability.UNSAFE})


def reports_of(draft: Draft, stage: str = "review") -> tuple[FileReport, ...]:
    """Return the reports of the parts of a draft, checked by the default rules."""
    task = Task(draft, rules_for(stage))
    return tuple(file_reports(task, check_draft(draft, task.rules)))


def draft_of(text: str | bytes, path: str) -> Draft:
    """Return a text, or the bytes of a file, as a draft called ``path``."""
    readers = rules_for().readers
    return Draft((Part(path, suffix_of(path, readers), text),), readers)


def fix(text: str | bytes, path: str = "draft.md", grades: frozenset[Applicability] = SAFE) -> FixedDraft:
    """Return a draft with its fixes of these grades applied."""
    return fix_draft(reports_of(draft_of(text, path)), reports_of, grades)


def fixed_text(text: str, path: str = "draft.md", grades: frozenset[Applicability] = SAFE) -> str:
    """Return a text with its fixes of these grades applied."""
    draft = fix(text, path, grades).files[0].draft
    assert draft is not None
    data = draft.parts[0].data
    assert isinstance(data, str)
    return data


def needs_review(edit: Edit) -> bool:
    """Return whether the fix of an edit needs review, by the kind of fault and not by what the program does.

    It needs review if the article or preposition of a State's name changes, if the ordinal of a session is written in
    words, or if the word that stands twice is not in the lexicon's list of articles and prepositions.
    """
    lexicon = rules_for().lexicon(edit.language)
    assert edit.fixed is not None
    if edit.code in ("CTY001", "CTY002", "CTY006"):
        articles = lexicon.mapping("name_articles")
        listed = (*articles["forms"].values(), articles["without"], articles.get("elided", ()))
        forms = {word for words in listed for form in words for word in _words(form)}
        right, wrong = _words(edit.fixed), _words(edit.new)
        at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(right, wrong, strict=False)))
        is_before_name = at == 0 or not right[at - 1][:1].isupper()
        here = [words[at : at + 2] for words in (right, wrong) if len(words) > at + 1]
        begins = [name[:1].isupper() for word, name in here if word.lower() in forms]
        return is_before_name and any(begins)
    if edit.code == "MTG007":
        return not any(map(str.isdigit, edit.fixed))
    if edit.code == "TYP003":
        twice = re.search(r"\b(\w+)\s+\1\b", edit.new)
        assert twice is not None
        return twice[1] not in lexicon.words("typography", "repeated_by_mistake")
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’](?=\w|$))?|\S", text)
