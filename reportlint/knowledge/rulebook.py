"""Rule folders: cards, lexicons and registers, read from YAML and CSV or from their compiled form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from reportlint.errors import DataError
from reportlint.knowledge.cards import Card, Checks, compiled_cards, load_cards
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.registers import in_language, languages_of

_PACKAGE = Path(__file__).parent.parent
COMPILED = "compiled"
_STATES = "states.csv"
_REGISTER_FILES = (_STATES, "states-names.yaml", "bodies.yaml", "symbols.yaml", "precision.csv")


def builtin_folder() -> Path:
    """Return the folder of the built-in rules: inside an installed package, next to the package in a checkout."""
    packaged = _PACKAGE / "rules"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "rules"


@dataclass(frozen=True)
class Rulebook:
    """The contents of rule folders, read on demand.

    The first folder is the built-in one. Later folders may add cards, lexicons and registers; each may also be a single
    file of cards. ``compiled``: read compiled files where they exist.
    """

    folders: tuple[Path, ...]
    compiled: bool = True

    def cards(self, checks: Checks | None = None) -> tuple[Card, ...]:
        """Return all cards, sorted by code. Compiled cards have no examples.

        Raises:
            DataError: a card file is invalid.
        """
        cards: list[Card] = []
        sources: list[DataFile] = []
        for folder in self.folders:
            compiled = self._compiled(folder, "cards.json")
            if compiled is not None:
                cards += compiled_cards(compiled, folder.as_posix(), checks)
            else:
                sources += card_files(folder)
        cards += load_cards(sources, checks, cards)
        return tuple(sorted(cards, key=lambda card: card.code))

    def full_cards(self, checks: Checks | None = None) -> tuple[Card, ...]:
        """Return all cards with their examples, always from YAML.

        Raises:
            DataError: a card file is invalid.
        """
        return load_cards((file for folder in self.folders for file in card_files(folder)), checks)

    @cached_property
    def builtin_codes(self) -> frozenset[str]:
        """The codes of the built-in rules."""
        return frozenset(card.code for card in Rulebook(self.folders[:1], self.compiled).cards())

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that have a lexicon, sorted."""
        codes = {path.stem for folder in self.folders for path in (folder / "lexicons").glob("*.yaml")}
        return tuple(sorted(codes))

    @cached_property
    def message_languages(self) -> tuple[str, ...]:
        """The codes of the languages that have messages, sorted."""
        return tuple(code for code in self.languages if "interface" in self.lexicon(code))

    def lexicon(self, code: str) -> Mapping[str, Any]:
        """Return the lexicon data of a language. If several folders have one, the last folder wins.

        Raises:
            DataError: the file is invalid.
            FileNotFoundError: no folder has the lexicon.
        """
        data: Mapping[str, Any] = self._data(f"lexicons/{code}.yaml", f"lexicon-{code}.json")
        return data

    def frequent_words(self) -> Mapping[str, list[str]]:
        """Return the words by which each language is recognized."""
        words: dict[str, list[str]] = {}
        for folder in self.folders:
            words |= self._compiled(folder, "languages.json") or {
                path.stem: read_data(path)["detect"]["words"] for path in sorted((folder / "lexicons").glob("*.yaml"))
            }
        return words

    def register(self, name: str, language: str = "") -> Any:
        """Return a register by file name: the rows of a CSV file, or the data of a YAML file.

        If a language is given, names in other languages may be left out.

        Raises:
            DataError: the file is invalid.
            FileNotFoundError: no folder has the register.
        """
        stem = Path(name).stem
        of_language = (f"register-{stem}-{language}.json",) if language else ()
        return self._data(f"registers/{name}", *of_language, f"register-{stem}.json")

    @property
    def source_folders(self) -> tuple[Path, ...]:
        """The folders whose YAML and CSV are read: those that are not compiled."""
        return tuple(
            folder
            for folder in self.folders
            if folder.is_dir() and not (self.compiled and (folder / COMPILED).is_dir())
        )

    def register_source(self, name: str) -> Path:
        """Return the file of a register.

        Raises:
            FileNotFoundError: no folder has the register.
        """
        for folder in reversed(self.folders):
            path = folder / "registers" / name
            if path.is_file():
                return path
        raise FileNotFoundError(name)

    def _data(self, source: str, *compiled_names: str) -> Any:
        """Return the data of a file from the last folder that has it or one of its compiled files."""
        for folder in reversed(self.folders):
            for name in compiled_names:
                compiled = self._compiled(folder, name)
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
    """Return the content of a data file; CSV as a list of rows.

    Raises:
        DataError: the file is not valid YAML or CSV.
    """
    file = data_file(path)
    if file.mistakes:
        raise DataError(file.mistakes)
    return file.value


def data_file(path: Path) -> DataFile:
    """Return a parsed data file. It is read again only if it has changed."""
    try:
        status = path.stat()
    except OSError:
        return _parsed(path, (0, 0))
    return _parsed(path, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=64)
def _parsed(path: Path, stamp: tuple[int, int]) -> DataFile:
    # Compiled rules need neither reader.
    if path.suffix != ".csv":
        from reportlint.knowledge.yamlfile import read_yaml  # noqa: PLC0415

        return read_yaml(path)
    from reportlint.knowledge.csvfile import read_csv  # noqa: PLC0415

    return read_csv(path)


def card_files(folder: Path) -> Iterator[DataFile]:
    """Read the card files of a folder, or a single card file."""
    from reportlint.knowledge.yamlfile import read_yaml  # noqa: PLC0415 - compiled rules do not need it

    return (read_yaml(path) for path in ([folder] if folder.is_file() else sorted(folder.glob("*.yaml"))))


def rule_files(folder: Path) -> list[Path]:
    """Return every file that may be read from a rule folder (or the path itself if it is a card file), sorted."""
    if folder.is_file():
        return [folder]
    below = [*(folder / "lexicons").glob("*"), *(folder / "registers").glob("*"), *(folder / COMPILED).glob("*")]
    return sorted(file for file in (*folder.glob("*.yaml"), *below) if file.is_file())


def compile_folder(
    folder: Path, finish_lexicon: Callable[[str, Mapping[str, Any]], Mapping[str, Any]] = lambda _, data: data
) -> Iterator[tuple[str, str]]:
    """Yield the name and content of each compiled file of a folder.

    ``finish_lexicon`` returns what to store for a lexicon, from the code of the language and the data of the file.

    The files are the cards without their examples, the lexicons, the frequent words of each language and the registers.
    The wheel ships them because parsing the YAML takes longer than checking a report. The names of States are also
    compiled by language, since a draft needs those in one.
    """
    cards = []
    for file in card_files(folder):
        for card in file.value:
            cards.append({key: value for key, value in card.items() if key != "examples"})
    yield "cards.json", _json(cards)
    frequent_words = {}
    for path in sorted((folder / "lexicons").glob("*.yaml")):
        data = read_data(path)
        frequent_words[path.stem] = data["detect"]["words"]
        yield f"lexicon-{path.stem}.json", _json(finish_lexicon(path.stem, data))
    yield "languages.json", _json(frequent_words)
    for name in _REGISTER_FILES:
        path = folder / "registers" / name
        yield f"register-{path.stem}.json", _json(read_data(path))
    states = read_data(folder / "registers" / _STATES)
    for language in languages_of(states[0] if states else ()):
        yield f"register-states-{language}.json", _json([in_language(row, language) for row in states])


def _json(data: Iterable[Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
