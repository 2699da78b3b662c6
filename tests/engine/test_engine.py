"""One document through rules made for the purpose: overrides, selection, crashes, facts, order, fingerprints."""

from __future__ import annotations

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
from reportlint.knowledge.scales import Confidence, Severity, Stage
from reportlint.readers import read
from reportlint.structure import Structure

TEXT = "1. The lamps of the harbour are lit by the crew in the night.\n\n2. The mud of the harbour is to be removed by the crew in the day.\n"  # noqa: E501
SEVERITY = {Stage.DRAFT: None, Stage.REVIEW: Severity.WARNING, Stage.PUBLICATION: Severity.ERROR}


def card(code: str, check: str, overrides: tuple[str, ...] = (), **kept: Any) -> Card:
    fields: dict[str, Any] = {
        "severity": SEVERITY,
        "confidence": Confidence.HIGH,
        "message": {"": {"en": "“{word}”", "fr": "« {word} »"}},
        "why": {"en": "because"},
        "related": {"also": {"en": "also “{word}”"}},
        "overrides": overrides,
    }
    return Card(code, code.lower(), check, **{**fields, **kept})


def words(*found: str, related: Mapping[str, str] | None = None) -> Callable[..., Iterator[Problem]]:
    """A check that reports words of the text, each with another word as its related place."""

    def function(structure: Structure) -> Iterator[Problem]:
        text = structure.document.source.text
        for word in found:
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
    engine = [one for one in built_in.cards if one.check == "engine"]
    made = [Check(name, function) for name, function in checks.items()]
    return Rules(built_in.rulebook, [*engine, *cards], made, [*BUILTIN_FACTS, *facts], Options(**options))


def findings(made: Rules, text: str = TEXT) -> tuple[Finding, ...]:
    return lint(read(Source.from_text(text, "draft.md"), "markdown"), made).findings


def codes(made: Rules, text: str = TEXT) -> list[str]:
    return [one.code for one in findings(made, text)]


# -- one cause is one finding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overrides", "checks", "expected"),
    [
        # Nothing is overridden: both stay.
        ({}, {"a": words("lamps"), "b": words("lamps")}, ["HSE001", "HSE002"]),
        # The same place.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps"), "b": words("lamps")}, ["HSE001"]),
        # Places that overlap.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps of"), "b": words("of the harbour")}, ["HSE001"]),
        # Other places.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps"), "b": words("mud")}, ["HSE001", "HSE002"]),
        # The place of one is a related place of the other, either way.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps", related={"lamps": "mud"}), "b": words("mud")}, ["HSE001"]),
        ({"HSE001": ("HSE002",)}, {"a": words("lamps"), "b": words("mud", related={"mud": "lamps"})}, ["HSE001"]),
        # Both are only related to the same third place.
        (
            {"HSE001": ("HSE002",)},
            {"a": words("lamps", related={"lamps": "night"}), "b": words("mud", related={"mud": "night"})},
            ["HSE001", "HSE002"],
        ),
        # Only what is touched is dropped.
        ({"HSE001": ("HSE002",)}, {"a": words("lamps"), "b": words("lamps", "mud")}, ["HSE001", "HSE002"]),
    ],
)
def test_overrides(overrides: dict[str, tuple[str, ...]], checks: dict[str, Any], expected: list[str]) -> None:
    cards = [card(f"HSE00{number}", name, overrides.get(f"HSE00{number}", ())) for number, name in enumerate(checks, 1)]
    assert codes(rules(cards, checks)) == expected


def test_a_chain_leaves_the_first() -> None:
    checks = {"a": words("lamps"), "b": words("lamps of"), "c": words("of")}
    cards = [card("HSE001", "a", ("HSE002",)), card("HSE002", "b", ("HSE003",)), card("HSE003", "c")]
    assert codes(rules(cards, checks)) == ["HSE001"]


@pytest.mark.parametrize("over", [{"HSE001": "HSE001"}, {"HSE001": "HSE002", "HSE002": "HSE001"}])
def test_rules_that_override_each_other_are_refused(over: dict[str, str]) -> None:
    cards = [card(code, "a", (over[code],) if code in over else ()) for code in ("HSE001", "HSE002")]
    with pytest.raises(SetupError, match="rule HSE001 overrides itself"):
        rules(cards, {"a": words("lamps")})


def test_a_rule_may_override_one_that_is_not_there() -> None:
    assert codes(rules([card("HSE001", "a", ("XYZ001",))], {"a": words("lamps")})) == ["HSE001"]


def test_an_overriding_rule_that_is_not_selected_still_explains() -> None:
    checks = {"a": words("lamps"), "b": words("lamps", "mud")}
    cards = [card("HSE001", "a", ("HSE002",)), card("HSE002", "b")]
    found = findings(rules(cards, checks, select=frozenset({"HSE002"})))
    assert [(one.code, one.message) for one in found] == [("HSE002", "“mud”")]
    found = findings(rules(cards, checks, ignore=frozenset({"HSE001"})))
    assert [(one.code, one.message) for one in found] == [("HSE002", "“mud”")]


# -- which rules speak -----------------------------------------------------------------------------------------


def test_a_problem_may_lower_the_severity_and_never_raise_it() -> None:
    def graver(structure: Structure) -> Iterator[Problem]:
        for severity in (Severity.ERROR, Severity.INFO, None):
            yield Problem(span_of(TEXT, "lamps"), {"word": str(severity)}, severity=severity)

    found = findings(rules([card("HSE001", "a")], {"a": graver}))
    assert sorted(one.severity.value for one in found) == ["info", "warning", "warning"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"select": frozenset({"HSE01"})}, "there is no rule “HSE01”; did you mean “HSE001”?"),
        ({"ignore": frozenset({"nonsense"})}, "there is no rule “nonsense”"),
        ({"language": "xx"}, "there is no language “xx”"),
        ({"message_language": "xx"}, "there is no language “xx”"),
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
def test_a_crash_is_told_and_the_others_still_run(select: str) -> None:
    checks = {"a": broken, "b": words("mud")}
    made = rules([card("HSE001", "a"), card("HSE002", "b")], checks, select=frozenset(select.split()))
    found = findings(made)
    assert [one.code for one in found] == (["RPL003"] if select == "HSE001" else ["RPL003", "HSE002"])
    assert found[0].severity is Severity.ERROR
    assert "a" in found[0].message
    assert "ZeroDivisionError: lamp" in found[0].message


def test_a_crash_is_told_although_it_is_ignored() -> None:
    made = rules([card("HSE001", "a")], {"a": broken}, ignore=frozenset({"RPL"}))
    assert codes(made) == ["RPL003"]


def test_a_check_of_two_cards_crashes_once() -> None:
    assert codes(rules([card("HSE001", "a"), card("HSE002", "a")], {"a": broken})) == ["RPL003"]


@pytest.mark.parametrize(
    "problem",
    [
        Problem(Span(0, 2), {"word": "x"}, "no such variant"),
        Problem(Span(10**9, 10**9 + 1), {"word": "x"}, related="nonsense"),  # type: ignore[arg-type]
    ],
)
def test_a_problem_that_fits_no_card_is_a_crash(problem: Problem) -> None:
    def function(structure: Structure) -> Iterable[Problem]:
        return [problem]

    assert codes(rules([card("HSE001", "a")], {"a": function})) == ["RPL003"]


def test_what_is_no_list_of_problems_is_a_crash() -> None:
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


def test_a_fact_is_given_by_its_type_and_made_once() -> None:
    made: list[int] = []

    def lamps(structure: Structure) -> Lamps:
        made.append(1)
        return Lamps(structure.document.source.text.count("lamps"))

    def mud(lamps: Lamps) -> Mud:
        return Mud(lamps.count + 1)

    def check(structure: Structure, mud: Mud, lamps: Lamps) -> Iterator[Problem]:
        yield Problem(Span(0, 2), {"word": f"{mud.count}{lamps.count}"})

    one = rules([card("HSE001", "a"), card("HSE002", "a")], {"a": check}, [lamps, mud])
    assert [finding.message for finding in findings(one)] == ["“21”", "“21”"]
    assert made == [1]
    findings(one)
    assert made == [1, 1]


def test_an_unknown_fact() -> None:
    def check(lamps: Lamps) -> Iterator[Problem]:
        yield from ()

    with pytest.raises(SetupError, match="check “a” needs “Lamps”, which no fact provides"):
        rules([card("HSE001", "a")], {"a": check})

    def mud(lamps: Lamps) -> Mud:
        return Mud(1)

    def other(mud: Mud) -> Iterator[Problem]:
        yield from ()

    with pytest.raises(SetupError, match="mud needs “Lamps”, which no fact provides"):
        rules([card("HSE001", "a")], {"a": other}, [mud])


def test_circular_facts() -> None:
    def lamps(mud: Mud) -> Lamps:
        return Lamps(1)

    def mud(lamps: Lamps) -> Mud:
        return Mud(1)

    def check(mud: Mud) -> Iterator[Problem]:
        yield from ()

    with pytest.raises(SetupError, match="facts go round in a circle: Mud → Lamps → Mud"):
        rules([card("HSE001", "a")], {"a": check}, [lamps, mud])


def test_a_parameter_without_a_type() -> None:
    def check(structure) -> Iterator[Problem]:  # type: ignore[no-untyped-def]
        yield from ()

    with pytest.raises(SetupError, match="“check”: parameter “structure” has no type"):
        rules([card("HSE001", "a")], {"a": check})


def test_a_type_that_does_not_exist() -> None:
    def check(structure: Nonsense) -> Iterator[Problem]:  # type: ignore[name-defined]  # noqa: F821
        yield from ()

    with pytest.raises(SetupError, match="“check”: the type of a parameter is not known"):
        rules([card("HSE001", "a")], {"a": check})


def test_a_fact_that_does_not_say_what_it_makes() -> None:
    def lamps(structure: Structure):  # type: ignore[no-untyped-def]
        return Lamps(1)

    with pytest.raises(SetupError, match="“lamps”"):
        rules([card("HSE001", "a")], {"a": words("lamps")}, [lamps])


def test_a_card_without_its_check() -> None:
    with pytest.raises(
        SetupError, match=r"rule HSE001: there is no check “house\.lamp”; did you mean “house\.lamps”\?"
    ):
        rules([card("HSE001", "house.lamp")], {"house.lamps": words("lamps")})


def test_a_fact_that_raises_stops_only_the_checks_that_need_it() -> None:
    def lamps(structure: Structure) -> Lamps:
        raise ValueError("no lamps")

    def check(lamps: Lamps) -> Iterator[Problem]:
        yield from ()

    made = rules([card("HSE001", "a"), card("HSE002", "b")], {"a": check, "b": words("mud")}, [lamps])
    assert codes(made) == ["RPL003", "HSE002"]


# -- order and fingerprints ------------------------------------------------------------------------------------


def test_findings_are_in_the_order_of_the_text_then_of_the_codes() -> None:
    checks = {"a": words("mud", "lamps"), "b": words("lamps", "night")}
    found = findings(rules([card("HSE002", "a"), card("HSE001", "b")], checks))
    assert [(one.code, one.message) for one in found] == [
        ("HSE001", "“lamps”"),
        ("HSE002", "“lamps”"),
        ("HSE001", "“night”"),
        ("HSE002", "“mud”"),
    ]


def every(word: str) -> Callable[..., Iterator[Problem]]:
    def function(structure: Structure) -> Iterator[Problem]:
        text = structure.document.source.text
        start = text.find(word)
        while start >= 0:
            yield Problem(Span(start, start + len(word)), {"word": word})
            start = text.find(word, start + 1)

    return function


def fingerprints(text: str, word: str = "lamps", code: str = "HSE001") -> list[str]:
    return [one.fingerprint for one in findings(rules([card(code, "a")], {"a": every(word)}), text)]


def test_fingerprints_survive_edits_elsewhere() -> None:
    before = fingerprints(TEXT)
    assert len(before) == 1
    assert fingerprints(f"The preface of the report is in the way.\n\n{TEXT}") == before
    assert fingerprints(TEXT.replace("1. The", "17. All of the fine")) == before
    assert fingerprints(TEXT.replace("\n", "\r\n")) == before


def test_equal_words_have_their_own_fingerprints() -> None:
    three = fingerprints(TEXT + "\n3. The lamps and the lamps of the crew are in the harbour.\n")
    assert len(set(three)) == 3
    assert three[0] == fingerprints(TEXT)[0]


def test_other_rules_and_other_words_have_other_fingerprints() -> None:
    assert fingerprints(TEXT) != fingerprints(TEXT, code="HSE002")
    assert fingerprints(TEXT, "lamps") != fingerprints(TEXT, "mud")


def test_a_place_says_where_it_is() -> None:
    text = (
        "Distr.: General\n\n# Report of the Group on the lamps of the harbour\n\n## I. Lamps\n\nThe crew is in the harbour.\n\n"  # noqa: E501
        + TEXT
    )
    made = rules([card("HSE001", "a")], {"a": words("Distr.", "crew", "night", "mud")})
    found = findings(made, text)
    assert [(one.place.where, one.place.paragraph) for one in found] == [
        ("masthead", None),
        ("section I", None),
        ("para. 1", "1"),
        ("para. 2", "2"),
    ]
    lines = text.split("\n")
    for one in found:
        printed = lines[one.place.line - 1][one.place.column - 1 : one.place.end_column - 1]
        assert f"“{printed}”" == one.message
