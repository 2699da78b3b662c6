"""Linting with rules made for these tests: overrides, selection, crashes, facts, order, fingerprints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from drafts import rules_for

from reportlint.checks.problem import Check, Problem, Related
from reportlint.config.options import Options
from reportlint.document import Source, Span
from reportlint.engine.linting import lint
from reportlint.engine.rules import Rules
from reportlint.errors import SetupError
from reportlint.facts import BUILTIN_FACTS
from reportlint.finding import Finding
from reportlint.knowledge.cards import Card
from reportlint.knowledge.levels import Confidence, Severity, Stage
from reportlint.readers import read
from reportlint.structure import Structure

TEXT = "1. The lamps of the harbour are lit by the crew in the night.\n\n2. The mud of the harbour is to be removed by the crew in the day.\n"  # noqa: E501
SEVERITY = {Stage.DRAFT: None, Stage.REVIEW: Severity.WARNING, Stage.PUBLICATION: Severity.ERROR}


def card(code: str, check: str, overrides: tuple[str, ...] = (), **more: Any) -> Card:
    fields: dict[str, Any] = {
        "severity": SEVERITY,
        "confidence": Confidence.HIGH,
        "message": {"": {"en": "“{word}”", "fr": "« {word} »"}},
        "why": {"en": "because"},
        "related": {"also": {"en": "also “{word}”"}},
        "overrides": overrides,
    }
    return Card(code, code.lower(), check, **{**fields, **more})


def words(*reported: str, related: Mapping[str, str] | None = None) -> Callable[..., Iterator[Problem]]:
    """Return a check that reports words of the text; ``related`` maps a word to the word at its related place."""

    def function(structure: Structure) -> Iterator[Problem]:
        text = structure.document.source.text
        for word in reported:
            other = (related or {}).get(word)
            also = (Related("also", span_of(text, other), {"word": other}),) if other else ()
            yield Problem(span_of(text, word), {"word": word}, related=also)

    return function


def span_of(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


def rules(
    cards: Iterable[Card],
    checks: Mapping[str, Callable[..., Any]],
    facts: Iterable[Callable[..., Any]] = (),
    **options: Any,
) -> Rules:
    built_in = rules_for()
    engine = [card for card in built_in.cards if card.check == "engine"]
    all_checks = [Check(name, function) for name, function in checks.items()]
    return Rules(built_in.rulebook, [*engine, *cards], all_checks, [*BUILTIN_FACTS, *facts], Options(**options))


def findings(in_force: Rules, text: str = TEXT) -> tuple[Finding, ...]:
    return lint(read(Source.from_text(text, "draft.md"), "markdown"), in_force).findings


def codes(in_force: Rules, text: str = TEXT) -> list[str]:
    return [finding.code for finding in findings(in_force, text)]


# -- overrides ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overrides", "checks", "expected"),
    [
        # Without an override, both stay.
        ({}, {"a": words("lamps"), "b": words("lamps")}, ["HSE001", "HSE002"]),
        # The same place.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps"), "b": words("lamps")}, ["HSE001"]),
        # Overlapping places.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps of"), "b": words("of the harbour")}, ["HSE001"]),
        # Different places.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps"), "b": words("mud")}, ["HSE001", "HSE002"]),
        # The place of one is a related place of the other.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps", related={"lamps": "mud"}), "b": words("mud")}, ["HSE001"]),
        ({"HSE001": ("HSE002",)}, {"a": words("lamps"), "b": words("mud", related={"mud": "lamps"})}, ["HSE001"]),
        # A common third place does not count.
        (
            {"HSE001": ("HSE002",)},
            {"a": words("lamps", related={"lamps": "night"}), "b": words("mud", related={"mud": "night"})},
            ["HSE001", "HSE002"],
        ),
        # Only the overlapping finding is dropped.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps"), "b": words("lamps", "mud")}, ["HSE001", "HSE002"]),
    ],
)
def test_overrides(overrides: dict[str, tuple[str, ...]], checks: dict[str, Any], expected: list[str]) -> None:
    cards = [card(f"HSE00{number}", name, overrides.get(f"HSE00{number}", ())) for number, name in enumerate(checks, 1)]
    assert codes(rules(cards, checks)) == expected


def test_chain_of_overrides_leaves_the_first() -> None:
    checks = {"a": words("lamps"), "b": words("lamps of"), "c": words("of")}
    cards = [card("HSE001", "a", ("HSE002",)), card("HSE002", "b", ("HSE003",)), card("HSE003", "c")]
    assert codes(rules(cards, checks)) == ["HSE001"]


@pytest.mark.parametrize("over", [{"HSE001": "HSE001"}, {"HSE001": "HSE002", "HSE002": "HSE001"}])
def test_circular_overrides_are_rejected(over: dict[str, str]) -> None:
    cards = [card(code, "a", (over[code],) if code in over else ()) for code in ("HSE001", "HSE002")]
    with pytest.raises(SetupError, match="rule HSE001 overrides itself"):
        rules(cards, {"a": words("lamps")})


def test_rule_may_override_an_unknown_rule() -> None:
    assert codes(rules([card("HSE001", "a", ("XYZ001",))], {"a": words("lamps")})) == ["HSE001"]


def test_overriding_rule_need_not_be_selected() -> None:
    checks = {"a": words("lamps"), "b": words("lamps", "mud")}
    cards = [card("HSE001", "a", ("HSE002",)), card("HSE002", "b")]
    for name, code in (("select", "HSE002"), ("ignore", "HSE001")):
        options: dict[str, Any] = {name: frozenset({code})}
        reported = findings(rules(cards, checks, **options))
        assert [(finding.code, finding.message) for finding in reported] == [("HSE002", "“mud”")]


def test_overriding_rule_may_come_later() -> None:
    checks = {"a": words("lamps", "mud"), "b": words("lamps")}
    cards = [card("HSE001", "a"), card("HSE002", "b", ("HSE001",))]
    reported = findings(rules(cards, checks))
    assert [(finding.code, finding.message) for finding in reported] == [("HSE002", "“lamps”"), ("HSE001", "“mud”")]


def each_word(structure: Structure) -> Iterator[Problem]:
    """Report each word, from the last to the first."""
    for match in reversed([*re.finditer(r"\w+", structure.document.source.text)]):
        yield Problem(Span(*match.span()), {"word": match.group()})


def test_first_problems_in_the_text_are_listed() -> None:
    text = f"1. {' '.join(f'w{number}' for number in range(1, 1_250))}.\n"
    in_force = rules([card("HSE001", "a")], {"a": each_word}, language="en")
    *listed, others = findings(in_force, text)
    assert [finding.message for finding in listed] == ["“1”", *(f"“w{number}”" for number in range(1, 1_000))]
    starts = [each.place.start for each in others.unlisted]
    assert starts == sorted(starts)
    assert (len(starts), others.place.start) == (250, text.index("w1000"))


def test_explained_problems_do_not_count_among_those_listed() -> None:
    text = f"1. {' '.join(f'w{number}' for number in range(1, 1_250))}.\n"
    checks = {"a": each_word, "b": words(*(f"w{number} " for number in range(1, 501)))}
    in_force = rules([card("HSE001", "a"), card("HSE002", "b", ("HSE001",))], checks, language="en")
    reported = [finding for finding in findings(in_force, text) if finding.code == "HSE001"]
    assert len(reported) == 750
    assert not any(finding.unlisted for finding in reported)


# -- selection and severity -----------------------------------------------------------------------------------


def test_problem_can_lower_the_severity_but_not_raise_it() -> None:
    def check(structure: Structure) -> Iterator[Problem]:
        for severity in (Severity.ERROR, Severity.INFO, None):
            yield Problem(span_of(TEXT, "lamps"), {"word": str(severity)}, severity=severity)

    reported = findings(rules([card("HSE001", "a")], {"a": check}))
    assert sorted(finding.severity.value for finding in reported) == ["info", "warning", "warning"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"select": frozenset({"HSE01"})}, "unknown rule “HSE01”; did you mean “HSE001”?"),
        ({"ignore": frozenset({"nonsense"})}, "unknown rule “nonsense”"),
        ({"language": "xx"}, "unknown language “xx”"),
        ({"message_language": "xx"}, "unknown language “xx”"),
    ],
)
def test_unknown_names_in_the_options(options: dict[str, Any], message: str) -> None:
    with pytest.raises(SetupError) as raised:
        rules([card("HSE001", "a")], {"a": words("lamps")}, **options)
    assert message in str(raised.value)


# -- crashes ---------------------------------------------------------------------------------------------------


def broken(structure: Structure) -> Iterator[Problem]:
    yield Problem(span_of(structure.document.source.text, "lamps"), {"word": "x"})
    raise ZeroDivisionError("lamp")


@pytest.mark.parametrize("select", ["", "HSE", "HSE001 HSE002", "HSE001"])
def test_crash_is_reported_and_other_rules_still_run(select: str) -> None:
    checks = {"a": broken, "b": words("mud")}
    cards = [card("HSE001", "a"), card("HSE002", "b")]
    reported = findings(rules(cards, checks, select=frozenset(select.split())))
    assert [finding.code for finding in reported] == ["RPL003", "HSE001", *(["HSE002"] if select != "HSE001" else [])]
    assert reported[0].severity is Severity.ERROR
    assert "a" in reported[0].message
    assert "ZeroDivisionError: lamp" in reported[0].message


def test_crash_is_reported_even_if_ignored() -> None:
    assert codes(rules([card("HSE001", "a")], {"a": broken}, ignore=frozenset({"RPL"}))) == ["RPL003", "HSE001"]


def test_crash_of_a_check_with_two_cards_is_reported_once() -> None:
    cards = [card("HSE001", "a"), card("HSE002", "a")]
    assert codes(rules(cards, {"a": broken})) == ["RPL003", "HSE001", "HSE002"]


def test_check_that_exits_is_a_crash() -> None:
    def leave(structure: Structure) -> Iterable[Problem]:
        raise SystemExit(0)

    assert codes(rules([card("HSE001", "a")], {"a": leave})) == ["RPL003"]


def test_related_texts_may_use_named_facts() -> None:
    checks = {"a": words("lamps", related={"lamps": "mud"})}
    cards = [card("HSE001", "a", related={"also": {"en": "of {document_paragraphs} paragraphs"}})]
    (finding,) = findings(rules(cards, checks))
    assert finding.related[0].message == "of 2 paragraphs"


@pytest.mark.parametrize(
    "problem",
    [
        Problem(Span(0, 2), {"word": "x"}, "no such variant"),
        Problem(Span(10**9, 10**9 + 1), {"word": "x"}, related="nonsense"),  # type: ignore[arg-type]
    ],
)
def test_invalid_problem_is_a_crash(problem: Problem) -> None:
    def function(structure: Structure) -> Iterable[Problem]:
        return [problem]

    assert codes(rules([card("HSE001", "a")], {"a": function})) == ["RPL003"]


def test_check_that_returns_no_problems_is_a_crash() -> None:
    def nothing(structure: Structure) -> None:
        return None

    assert codes(rules([card("HSE001", "a")], {"a": nothing})) == ["RPL003"]


# -- facts -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lamps:
    count: int


@dataclass(frozen=True)
class Mud:
    count: int


def test_fact_is_computed_once_per_document() -> None:
    calls: list[int] = []

    def lamps(structure: Structure) -> Lamps:
        calls.append(1)
        return Lamps(structure.document.source.text.count("lamps"))

    def mud(lamps: Lamps) -> Mud:
        return Mud(lamps.count + 1)

    def check(structure: Structure, mud: Mud, lamps: Lamps) -> Iterator[Problem]:
        yield Problem(Span(0, 2), {"word": f"{mud.count}{lamps.count}"})

    in_force = rules([card("HSE001", "a"), card("HSE002", "a")], {"a": check}, [lamps, mud])
    assert [finding.message for finding in findings(in_force)] == ["“21”", "“21”"]
    assert calls == [1]
    findings(in_force)
    assert calls == [1, 1]


def test_unknown_fact() -> None:
    def check(lamps: Lamps) -> Iterator[Problem]:
        yield from ()

    with pytest.raises(SetupError, match="check “a” needs the fact “Lamps”, which is unknown"):
        rules([card("HSE001", "a")], {"a": check})

    def mud(lamps: Lamps) -> Mud:
        return Mud(1)

    def other(mud: Mud) -> Iterator[Problem]:
        yield from ()

    with pytest.raises(SetupError, match="fact “mud” needs the fact “Lamps”, which is unknown"):
        rules([card("HSE001", "a")], {"a": other}, [mud])


def test_circular_facts() -> None:
    def lamps(mud: Mud) -> Lamps:
        return Lamps(1)

    def mud(lamps: Lamps) -> Mud:
        return Mud(1)

    def check(mud: Mud) -> Iterator[Problem]:
        yield from ()

    with pytest.raises(SetupError, match="circular dependency between facts: Mud → Lamps → Mud"):
        rules([card("HSE001", "a")], {"a": check}, [lamps, mud])


def test_parameter_without_a_type() -> None:
    def check(structure) -> Iterator[Problem]:  # type: ignore[no-untyped-def]
        yield from ()

    with pytest.raises(
        SetupError, match="“check”: the type of parameter “structure”, which identifies the fact, is missing"
    ):
        rules([card("HSE001", "a")], {"a": check})


def test_parameter_with_an_unknown_type() -> None:
    def check(structure: Nonsense) -> Iterator[Problem]:  # type: ignore[name-defined]  # noqa: F821
        yield from ()

    with pytest.raises(SetupError, match="“check”: unknown type in the signature"):
        rules([card("HSE001", "a")], {"a": check})


def test_fact_without_a_return_type() -> None:
    def lamps(structure: Structure):  # type: ignore[no-untyped-def]
        return Lamps(1)

    with pytest.raises(SetupError, match="“lamps”: the return type, which identifies the fact, is missing"):
        rules([card("HSE001", "a")], {"a": words("lamps")}, [lamps])


def test_card_with_an_unknown_check() -> None:
    with pytest.raises(SetupError, match=r"rule HSE001: unknown check “house\.lamp”; did you mean “house\.lamps”\?"):
        rules([card("HSE001", "house.lamp")], {"house.lamps": words("lamps")})


def test_failing_fact_stops_only_the_checks_that_need_it() -> None:
    def lamps(structure: Structure) -> Lamps:
        raise ValueError("no lamps")

    def check(lamps: Lamps) -> Iterator[Problem]:
        yield from ()

    in_force = rules([card("HSE001", "a"), card("HSE002", "b")], {"a": check, "b": words("mud")}, [lamps])
    assert codes(in_force) == ["RPL003", "HSE002"]


# -- order and fingerprints ------------------------------------------------------------------------------------


def test_findings_are_ordered_by_place_then_code() -> None:
    checks = {"a": words("mud", "lamps"), "b": words("lamps", "night")}
    reported = findings(rules([card("HSE002", "a"), card("HSE001", "b")], checks))
    assert [(finding.code, finding.message) for finding in reported] == [
        ("HSE001", "“lamps”"),
        ("HSE002", "“lamps”"),
        ("HSE001", "“night”"),
        ("HSE002", "“mud”"),
    ]


def every(word: str) -> Callable[..., Iterator[Problem]]:
    """Return a check that reports every occurrence of a word."""

    def function(structure: Structure) -> Iterator[Problem]:
        text = structure.document.source.text
        start = text.find(word)
        while start >= 0:
            yield Problem(Span(start, start + len(word)), {"word": word})
            start = text.find(word, start + 1)

    return function


def fingerprints(text: str, word: str = "lamps", code: str = "HSE001") -> list[str]:
    return [finding.fingerprint for finding in findings(rules([card(code, "a")], {"a": every(word)}), text)]


def test_fingerprints_survive_edits_elsewhere() -> None:
    before = fingerprints(TEXT)
    assert len(before) == 1
    assert fingerprints(f"The preface of the report is in the way.\n\n{TEXT}") == before
    assert fingerprints(TEXT.replace("1. The", "17. All of the fine")) == before
    assert fingerprints(TEXT.replace("\n", "\r\n")) == before


def test_repeated_words_have_different_fingerprints() -> None:
    repeated = fingerprints(TEXT + "\n3. The lamps and the lamps of the crew are in the harbour.\n")
    assert len(set(repeated)) == 3
    assert repeated[0] == fingerprints(TEXT)[0]


def test_fingerprint_depends_on_rule_and_words() -> None:
    assert fingerprints(TEXT) != fingerprints(TEXT, code="HSE002")
    assert fingerprints(TEXT, "lamps") != fingerprints(TEXT, "mud")


def test_place_has_a_readable_label() -> None:
    text = (
        "Distr.: General\n\n# Report of the Group on the lamps of the harbour\n\n## I. Lamps\n\nThe crew is in the harbour.\n\n"  # noqa: E501
        + TEXT
    )
    reported = findings(rules([card("HSE001", "a")], {"a": words("Distr.", "crew", "night", "mud")}), text)
    assert [(finding.place.where, finding.place.paragraph) for finding in reported] == [
        ("masthead", None),
        ("section I", None),
        ("para. 1", "1"),
        ("para. 2", "2"),
    ]
    lines = text.split("\n")
    for finding in reported:
        place = finding.place
        assert f"“{lines[place.line - 1][place.column - 1 : place.end_column - 1]}”" == finding.message
