"""A page as a tree of elements, read strictly: every element that is opened is closed in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "path", "circle", "rect"}


@dataclass
class Element:
    """One element with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(part if isinstance(part, str) else f" {part.text} " for part in self.inside).split())

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """Return all elements of this tag inside; a wanted class is one of several."""
        found = []
        for part in self.inside:
            if isinstance(part, Element):
                if (not tag or part.tag == tag) and all(part.has(name.rstrip("_"), v) for name, v in wanted.items()):
                    found.append(part)
                found += part.all(tag, **wanted)
        return found

    def one(self, tag: str, **wanted: str) -> Element:
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of {tag} {wanted}"
        return found[0]

    def has(self, name: str, value: str) -> bool:
        given = self.attributes.get(name)
        return given is not None and (value in given.split() if name == "class" else given == value)


class Parsed(Element):
    """A whole page."""

    def __init__(self, html: str) -> None:
        super().__init__("", {})
        self.html = html
        _Reader(self).feed(html)

    def fact(self, name: str) -> Element:
        """Return the value side of the row with this name."""
        for row in self.all("dl", class_="facts"):
            for pair in row.all("div"):
                if pair.all("dt") and pair.all("dt")[0].text == name:
                    return pair.one("dd")
        raise AssertionError(f"there is no row {name}: {[dt.text for dt in self.all('dt')]}")


class _Reader(HTMLParser):
    def __init__(self, page: Element) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [page]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)
