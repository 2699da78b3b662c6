"""The set of capital letters."""

from __future__ import annotations

import re

import pytest

from reportlint.document.letters import UPPER

CAPITAL = re.compile(f"[{UPPER}]")


@pytest.mark.parametrize("letter", "AZÀÞŒČŠŁŞȚĞÅΩЖԱẼ")
def test_capital_letters_of_every_alphabet_belong(letter: str) -> None:
    assert CAPITAL.fullmatch(letter)
    assert not CAPITAL.fullmatch(letter.lower())


@pytest.mark.parametrize("sign", "ß×÷_-1٣中אª²ʼ.")
def test_other_characters_do_not_belong(sign: str) -> None:
    assert not CAPITAL.fullmatch(sign)
