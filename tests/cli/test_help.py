"""Help in the language of the messages."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportlint.cli.arguments import make_parser
from reportlint.knowledge.rulebook import Rulebook, builtin_folder

from .conftest import environment, run

FRENCH = Rulebook((builtin_folder(),)).lexicon("fr")["translations"]
VALUE = re.compile(r"%\(\w+\)s|\b(?:[A-Z]{2,}|\d+)\b")


def parsers() -> Iterator[argparse.ArgumentParser]:
    """Yield the parser of the command line and that of each command."""
    parser = make_parser([])
    yield parser
    yield from commands(parser).values()


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {name: command for action in actions for name, command in action.choices.items()}


def texts() -> set[str]:
    """Return everything that help says, apart from names and values."""
    found: set[str | None] = {"usage: "}
    for parser in parsers():
        found |= {parser.description, parser.epilog}
        for group in parser._action_groups:
            found |= {f"{group.title}:", group.description} if group._group_actions else set()
        for action in parser._actions:
            found |= {action.help}
            if isinstance(action, argparse._SubParsersAction):
                found |= {choice.help for choice in action._choices_actions}
    return {text for text in found if text}


NAMES = sorted(commands(make_parser([])))


def test_french_help_is_complete() -> None:
    assert len(texts()) > 40
    assert texts() - FRENCH.keys() == set()


def test_no_translation_of_help_is_left_over() -> None:
    """Translations that follow the first word of help are those of help."""
    order = list(FRENCH)
    assert set(order[order.index("usage: ") :]) - texts() == set()


@pytest.mark.parametrize("text", sorted(texts()))
def test_values_are_the_same_in_french(text: str) -> None:
    assert sorted(VALUE.findall(FRENCH[text])) == sorted(VALUE.findall(text))


@pytest.mark.parametrize("command", ["", *NAMES])
def test_every_help_is_french(command: str) -> None:
    result = run(*command.split(), "--help", "--message-language", "fr")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("usage\u00a0: reportlint")
    assert "options\u00a0:\n" in result.out
    words = " ".join(result.out.split())
    for english in ("usage:", "options:", "arguments:", "commands:", "show ", "default:"):
        assert english not in words


def test_french_help_of_a_command() -> None:
    result = run("explain", "--message-language=fr", "--help")
    assert result.out == (
        "usage\u00a0: reportlint explain [-h] [--output-format {text,json}] [--config FILE]\n"
        "                           [--rules FOLDER] [--message-language CODE]\n"
        "                           CODE [CODE ...]\n"
        "\n"
        "arguments\u00a0:\n"
        "  CODE                  codes, noms ou familles de règles\n"
        "\n"
        "options\u00a0:\n"
        "  -h, --help            afficher cette aide et quitter\n"
        "  --output-format {text,json}\n"
        "                        format de sortie (par défaut\u00a0: text)\n"
        "  --config FILE         utiliser FILE, sans rechercher de configuration\n"
        "  --rules FOLDER        ajouter les règles internes de ce dossier ou fichier\n"
        "                        (option répétable)\n"
        "  --message-language CODE\n"
        "                        langue des messages (en, fr)\n"
    )


@pytest.mark.parametrize("language", ["en", "xx", "../lexicons/fr", ""])
def test_other_languages_have_english_help(language: str) -> None:
    assert run("check", "--help", "--message-language", language).out == run("check", "--help").out


def test_option_without_its_value_does_not_hide_the_help() -> None:
    assert run("check", "--help", "--message-language").out == run("check", "--help").out


@pytest.mark.parametrize("given", [["--help"], ["check", "--help"], ["check", "--message-language", "fr", "--wrong"]])
def test_only_help_in_another_language_loads_translations(given: list[str], tmp_path: Path) -> None:
    program = (
        "import sys\nfrom reportlint.cli.main import main\n"
        f"try: main({given!r})\nexcept SystemExit: pass\n"
        "print('reportlint.knowledge.rulebook' in sys.modules, file=sys.stderr)"
    )
    process = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    assert process.stderr.splitlines()[-1] == "False"
