"""The built-in checks: one module per rule family. The generic checks are in a package of their own."""

from reportlint.checks import (
    abbreviations,
    adoption,
    agenda,
    countries,
    documents,
    drafting,
    masthead,
    meetings,
    numbering,
    participation,
    persons,
    references,
    symbols,
    typography,
)
from reportlint.checks.problem import Check, checks_of

_MODULES = (
    numbering, references, agenda, symbols, documents, countries, participation, meetings, adoption, masthead,
    persons, abbreviations, drafting, typography,
)  # fmt: skip

BUILTIN_CHECKS: tuple[Check, ...] = tuple(check for module in _MODULES for check in checks_of(vars(module)))
