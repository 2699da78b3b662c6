"""The folder of rules: cards, lexicons and registers, from YAML and CSV or from what was compiled of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reportlint.errors import DataError
from reportlint.knowledge.cards import Card, Checks, compiled_cards, load_cards
from reportlint.knowledge.yamlfile import YamlFile, read_yaml

_PACKAGE = Path(__file__).parent.parent
COMPILED = "compiled"
_REGISTER_FILES = ("states.csv", "states-names.yaml", "bodies.yaml", "symbols.yaml", "precision.csv")


def builtin_folder() -> Path:
    """The folder of the built-in rules: inside the installed package, else beside it in a checkout."""
    packaged = _PACKAGE / "rules"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "rules"


@dataclass(frozen=True)
class Rulebook:
    """What the folders hold, read when asked for. The first folder is the built-in one.

    A later folder may add cards, lexicons and registers; it may also be one file of cards.
    """

    folders: tuple[Path, ...]
    compiled: bool = True

    def cards(self, checks: Checks | None = None) -> tuple[Card, ...]:
        """All cards, without their examples where they were compiled.

        Raises:
            DataError: a file of cards is not as it should be.
        """
        cards: list[Card] = []
        sources: list[YamlFile] = []
        for folder in self.folders:
            compiled = self._compiled(folder, "cards.json")
            if compiled is not None:
                cards += compiled_cards(compiled, folder.as_posix(), checks)
            else:
                sources += card_files(folder)
        cards += load_cards(sources, checks, cards)
        return tuple(sorted(cards, key=lambda card: card.code))

    def full_cards(self, checks: Checks | None = None) -> tuple[Card, ...]:
        """All cards with their examples, always from YAML."""
        return load_cards((file for folder in self.folders for file in card_files(folder)), checks)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that have a lexicon."""
        found = {path.stem for folder in self.folders for path in (folder / "lexicons").glob("*.yaml")}
        return tuple(sorted(found))

    def lexicon(self, code: str) -> Mapping[str, Any]:
        """The data of one language.

        Raises:
            DataError: the file is not as it should be.
        """
        found: Mapping[str, Any] = self._data(f"lexicons/{code}.yaml", f"lexicon-{code}.json")
        return found

    def frequent_words(self) -> Mapping[str, list[str]]:
        """The words by which each language is recognised."""
        for folder in self.folders:
            compiled = self._compiled(folder, "languages.json")
            if compiled is not None:
                found: Mapping[str, list[str]] = compiled
                return found
        return {code: self.lexicon(code)["detect"]["words"] for code in self.languages}

    def register(self, name: str) -> Any:
        """A register by file name: rows of a CSV file, or the data of a YAML file."""
        return self._data(f"registers/{name}", f"register-{Path(name).stem}.json")

    def _data(self, source: str, compiled_name: str) -> Any:
        for folder in reversed(self.folders):
            compiled = self._compiled(folder, compiled_name)
            if compiled is not None:
                return compiled
            path = folder / source
            if path.is_file():
                return read_data(path)
        raise FileNotFoundError(source)

    def _compiled(self, folder: Path, name: str) -> Any:
        path = folder / COMPILED / name
        if not self.compiled or not path.is_file():
            return None
        return json.loads(path.read_text(encoding="utf-8"))


def read_data(path: Path) -> Any:
    """The content of one data file, CSV as a list of rows.

    Raises:
        DataError: the file is not as it should be.
    """
    if path.suffix == ".csv":
        import csv  # noqa: PLC0415 - not needed where all is compiled

        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    file = read_yaml(path)
    if file.mistakes:
        raise DataError(file.mistakes)
    return file.value


def card_files(folder: Path) -> Iterator[YamlFile]:
    return (read_yaml(path) for path in ([folder] if folder.is_file() else sorted(folder.glob("*.yaml"))))


def rule_files(folder: Path) -> list[Path]:
    """All that may be read of a folder of rules, which may also be one file of cards."""
    if folder.is_file():
        return [folder]
    below = [*(folder / "lexicons").glob("*"), *(folder / "registers").glob("*"), *(folder / COMPILED).glob("*")]
    return sorted(file for file in (*folder.glob("*.yaml"), *below) if file.is_file())


def compile_folder(folder: Path) -> Iterator[tuple[str, str]]:
    """The compiled files of a folder, as names and contents: cards without examples, one file per language.

    Reading YAML takes longer than checking a report; the wheel is built with these.
    """
    cards = []
    for file in card_files(folder):
        for card in file.value:
            cards.append({key: value for key, value in card.items() if key != "examples"})
    yield "cards.json", _json(cards)
    frequent = {}
    for path in sorted((folder / "lexicons").glob("*.yaml")):
        data = read_data(path)
        frequent[path.stem] = data["detect"]["words"]
        yield f"lexicon-{path.stem}.json", _json(data)
    yield "languages.json", _json(frequent)
    for name in _REGISTER_FILES:
        path = folder / "registers" / name
        yield f"register-{path.stem}.json", _json(read_data(path))


def _json(data: Iterable[Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
