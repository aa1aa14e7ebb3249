"""Which pages there are: the navigation, and the list for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from flask_babel import lazy_gettext

# Path after the language, and the word for it.
NAVIGATION = (
    ("search", lazy_gettext("Find")),
    ("initiatives", lazy_gettext("Initiatives")),
    ("actors", lazy_gettext("Actors")),
    ("network", lazy_gettext("Network")),
    ("map", lazy_gettext("Map")),
    ("practices", lazy_gettext("Practices")),
    ("gaps", lazy_gettext("Gaps")),
    ("questions", lazy_gettext("Questions")),
    ("sparql", lazy_gettext("SPARQL")),
    ("about", lazy_gettext("About")),
)
# Over other people's data there are neither our lists nor our words.
FOREIGN_NAVIGATION = tuple(entry for entry in NAVIGATION if entry[0] in ("search", "sparql"))
FIXED = (
    "", "initiatives", "actors", "network", "paths", "places", "compare", "barriers", "practices", "gaps", "events",
    "publications", "findings", "programmes", "sources", "concepts", "questions", "sparql", "ontology", "dataset",
    "stories", "profiles", "quality", "api", "endpoint", "about", "plain", "privacy", "imprint", "accessibility",
)  # fmt: skip
MOST = 50_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(origin: str, count: int) -> str:
    """Return the sitemap index for `count` pages."""
    parts = range(1, parts_for(count) + 1)
    inside = "".join(f"<sitemap><loc>{escape(origin)}/sitemap-{part}.xml</loc></sitemap>\n" for part in parts)
    return f"{_HEAD}<sitemapindex {_NS}>\n{inside}</sitemapindex>\n"


def parts_for(count: int) -> int:
    """Return into how many files `count` addresses go."""
    return max(1, -(-count // MOST))


def sitemap(origin: str, pages: list[str]) -> str:
    """Return a sitemap of pages given as (language, path), each with its twins."""
    return (
        f'{_HEAD}<urlset {_NS} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "".join(_entry(origin, page) for page in pages)
        + "</urlset>\n"
    )


def asked_ahead(questions: Iterable[str]) -> list[str]:
    """Return the paths of the pages that most people see first, and those of these questions, in both languages."""
    return [f"/{page}" for page in addresses([*FIXED, *(f"questions/{name}" for name in questions)])]


def addresses(paths: list[str]) -> Iterator[str]:
    """Return each path in both languages."""
    for path in paths:
        yield f"de/{path}"
        yield f"en/{path}"


def _entry(origin: str, page: str) -> str:
    path = page.partition("/")[2]
    base = escape(origin, {'"': "&quot;"})
    twins = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{base}/{language}/{escape(path)}"/>'
        for language in ("de", "en")
    )
    return f"<url><loc>{base}/{escape(page)}</loc>{twins}</url>\n"
