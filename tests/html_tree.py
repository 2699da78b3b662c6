"""A parsed HTML page: elements with their attributes and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "input", "hr", "link", "img", "wbr"}


@dataclass(eq=False)
class Element:
    """An element; ``children`` are its elements and texts in document order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self, predicate: Callable[[Element], bool] = lambda _: True) -> Iterator[Element]:
        """Yield the descendants that satisfy ``predicate``, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                if predicate(child):
                    yield child
                yield from child.all(predicate)

    def tagged(self, *tags: str) -> list[Element]:
        return list(self.all(lambda element: element.tag in tags))

    def classed(self, name: str) -> list[Element]:
        return list(self.all(lambda element: name in element.classes))

    def text(self, without: Callable[[Element], bool] = lambda _: False) -> str:
        """Return the text, leaving out descendants for which ``without`` returns true."""
        return "".join(
            child if isinstance(child, str) else "" if without(child) else child.text(without)
            for child in self.children
        )


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, "elements must nest"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(page: str) -> Element:
    """Return the page as a tree.

    Raises:
        AssertionError: An element has a duplicate attribute, is not nested properly or is not closed.
        ValueError: An element at the end of the page is not closed.
    """
    parser = _Parser()
    parser.feed(page)
    parser.close()
    (root,) = parser.open
    return root
