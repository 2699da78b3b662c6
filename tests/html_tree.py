"""An HTML page as a browser's parser sees it: elements with their attributes, and the texts in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "input", "hr", "link", "img", "wbr"}


@dataclass(eq=False)
class Element:
    """An element; ``children`` are elements and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self, wanted: Callable[[Element], bool] = lambda _: True) -> Iterator[Element]:
        """The elements below, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                if wanted(child):
                    yield child
                yield from child.all(wanted)

    def tagged(self, *tags: str) -> list[Element]:
        return list(self.all(lambda one: one.tag in tags))

    def classed(self, name: str) -> list[Element]:
        return list(self.all(lambda one: name in one.classes))

    def text(self, without: Callable[[Element], bool] = lambda _: False) -> str:
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
    """The page as a tree; it fails where elements do not nest or are not closed."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    (root,) = parser.open
    return root
