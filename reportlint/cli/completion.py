"""``reportlint completion``: the script by which a shell completes commands, options and their values."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from reportlint.cli.arguments import make_parser
from reportlint.cli.terminal import Result


class _Option(NamedTuple):
    """An option with its help. ``choices`` are its values if they are listed; ``takes_value``: it has one."""

    names: tuple[str, ...]
    help: str
    choices: tuple[str, ...]
    takes_value: bool


class _Command(NamedTuple):
    """A command with its help, its options and the listed values of its arguments."""

    help: str
    options: tuple[_Option, ...]
    choices: tuple[str, ...]


_Commands = Mapping[str, _Command]


def run(given: Namespace) -> Result:
    """Print the script for a shell."""
    return 0, "".join(f"{line}\n" for line in _SCRIPTS[given.shell](_commands()))


def _commands() -> _Commands:
    """Return the commands as the parser declares them."""
    (commands,) = (
        action for action in make_parser([])._actions if isinstance(action, argparse._SubParsersAction)
    )  # fmt: skip
    texts = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    return {name: _command(parser, texts[name]) for name, parser in commands.choices.items()}


def _command(parser: argparse.ArgumentParser, text: str) -> _Command:
    options: list[_Option] = []
    choices: tuple[str, ...] = ()
    for action in parser._actions:
        values = tuple(map(str, action.choices or ()))
        if action.option_strings:
            explained = (action.help or "").replace("%(choices)s", ", ".join(values))
            options.append(_Option(tuple(action.option_strings), explained, values, action.nargs != 0))
        elif values:
            choices = values
    return _Command(text, tuple(options), choices)


def _bash(commands: _Commands) -> Iterator[str]:
    yield '# Completion of reportlint for bash; to use it: eval "$(reportlint completion bash)"'
    yield "_reportlint() {"
    yield '  local current="${COMP_WORDS[COMP_CWORD]}" options="" values=""'
    yield '  case "${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD-1]}" in'
    for name, command in commands.items():
        for option in command.options:
            if option.takes_value:
                pattern = "|".join(f'"{name} {spelling}"' for spelling in option.names)
                values = f'COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$current")); ' * bool(
                    option.choices
                )
                yield f"    {pattern}) {values}return ;;"
    yield "  esac"
    yield '  case "${COMP_WORDS[1]}" in'
    for name, command in commands.items():
        spellings = [spelling for option in command.options for spelling in option.names]
        yield f'    {name}) options="{" ".join(spellings)}" values="{" ".join(command.choices)}" ;;'
    yield "  esac"
    yield "  if [[ $COMP_CWORD -eq 1 ]]; then"
    yield f'    values="{" ".join(commands)}" options="--help --version"'
    yield "  fi"
    yield '  [[ $current == -* ]] && values="$options"'
    yield '  COMPREPLY=($(compgen -W "$values" -- "$current"))'
    yield "}"
    yield "complete -o default -F _reportlint reportlint"


def _zsh(commands: _Commands) -> Iterator[str]:
    yield "#compdef reportlint"
    yield "# Completion of reportlint for zsh; to use it: source <(reportlint completion zsh)"
    yield "_reportlint() {"
    yield "  local -a described values"
    yield "  if (( CURRENT == 2 )); then"
    yield "    described=("
    yield from (f"      {_quoted(name + ':' + command.help)}" for name, command in commands.items())
    yield "    )"
    yield "    _describe command described"
    yield "    return"
    yield "  fi"
    yield '  case "$words[2] $words[CURRENT-1]" in'
    for name, command in commands.items():
        for option in command.options:
            if option.takes_value:
                pattern = "|".join(f'"{name} {spelling}"' for spelling in option.names)
                action = f"compadd -- {' '.join(option.choices)}" if option.choices else "_files"
                yield f"    {pattern}) {action}; return ;;"
    yield "  esac"
    yield '  case "$words[2]" in'
    for name, command in commands.items():
        yield f"    {name})"
        yield "      described=("
        for option in command.options:
            yield from (f"        {_quoted(spelling + ':' + option.help)}" for spelling in option.names)
        yield "      )"
        yield f"      values=({' '.join(command.choices)}) ;;"
    yield "  esac"
    yield "  if [[ $PREFIX == -* ]]; then"
    yield "    _describe option described"
    yield "  elif (( $#values )); then"
    yield "    compadd -a values"
    yield "  else"
    yield "    _files"
    yield "  fi"
    yield "}"
    yield "if (( $+functions[compdef] )); then compdef _reportlint reportlint; fi"


def _fish(commands: _Commands) -> Iterator[str]:
    yield "# Completion of reportlint for fish; to use it: reportlint completion fish | source"
    for name, command in commands.items():
        yield f"complete -c reportlint -n __fish_use_subcommand -f -a {name} -d {_fish_quoted(command.help)}"
        after = f"-n '__fish_seen_subcommand_from {name}'"
        if command.choices:
            yield f"complete -c reportlint {after} -f -a '{' '.join(command.choices)}'"
        for option in command.options:
            names = " ".join(f"-{'l' if text.startswith('--') else 's'} {text.lstrip('-')}" for text in option.names)
            value = f" -x -a '{' '.join(option.choices)}'" if option.choices else " -r" * option.takes_value
            yield f"complete -c reportlint {after} {names}{value} -d {_fish_quoted(option.help)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_SCRIPTS: Mapping[str, Callable[[_Commands], Iterator[str]]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
