"""Facts are computed once, and forgotten after their last use."""

from typing import NamedTuple

from reportlint.engine.fact_store import Facts


class Numbers(NamedTuple):
    values: tuple[int, ...]


class Total(NamedTuple):
    value: int


class Language(NamedTuple):
    code: str


def numbers(language: Language) -> Numbers:
    return Numbers((1, 2))


def total(numbers: Numbers) -> Total:
    return Total(sum(numbers.values))


def checks_total(total: Total) -> list[object]:
    return []


def checks_numbers(numbers: Numbers) -> list[object]:
    return []


def checks_language(language: Language) -> list[object]:
    return []


def facts(*, shared: bool = False) -> Facts:
    given: dict[type, object] = {Language: Language("en")}
    return Facts({Numbers: numbers, Total: total}, dict(given), given if shared else {})


def test_last_uses_are_those_of_the_checks_and_of_facts_not_yet_known() -> None:
    assert facts().last_uses([checks_total, checks_language]) == [[Numbers, Total], []]
    assert facts().last_uses([checks_total, checks_numbers, checks_total]) == [[], [Numbers], [Total]]
    known = facts()
    known.get(Total)
    assert known.last_uses([checks_numbers, checks_total]) == [[Numbers], [Total]]


def test_a_fact_that_was_forgotten_is_computed_again() -> None:
    known = facts()
    first = known.get(Total)
    known.forget([Numbers, Total])
    again = known.get(Total)
    assert again == first
    assert again is not first


def test_shared_facts_are_not_forgotten() -> None:
    known = facts(shared=True)
    first = known.get(Total)
    known.forget([Numbers, Total])
    assert known.get(Total) is first
