"""Profiles: the standards in whose terms a document about a thing can be had, as the files in queries/profiles say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sorgenetz.formats import GRAPH_FORMATS, HTML, PLAIN_JSON, Format
from sorgenetz.library.queries import QueryFile
from sorgenetz.library.registry import Library
from sorgenetz.names import BASE

DEFAULT = "sorgenetz"
PROFILES = BASE + "profiles"
_FORMATS = {fmt.ending: fmt for fmt in (HTML, *GRAPH_FORMATS, PLAIN_JSON)}


@dataclass(frozen=True)
class Profile:
    """One profile; `vocabulary` is the namespace whose names become the keys of its JSON."""

    query: QueryFile

    @property
    def token(self) -> str:
        """Return its short name, such as "schema"."""
        return self.query.name

    @property
    def iri(self) -> str:
        """Return the IRI of the profile itself."""
        return f"{PROFILES}/{self.token}"

    @property
    def standard(self) -> str:
        """Return the IRI of what its documents conform to; empty when they only resemble it."""
        return self.query.fields.get("standard", "")

    @property
    def see_also(self) -> str:
        """Return the address of the specification that its documents resemble."""
        return self.query.fields.get("see-also", "")

    @property
    def vocabulary(self) -> str:
        return self.query.fields.get("vocabulary", "")

    @property
    def formats(self) -> tuple[Format, ...]:
        """Return the formats it comes in, the one for clients without a wish first."""
        return tuple(_FORMATS[name] for name in _listed(self.query, "formats"))

    @property
    def things(self) -> tuple[str, ...]:
        """Return the types of things it can tell of; none named means all."""
        return _listed(self.query, "things")

    @property
    def lists(self) -> frozenset[str]:
        """Return the keys whose value is a list however many there are."""
        return frozenset(_listed(self.query, "lists"))

    def answers_to(self, name: str) -> bool:
        """Tell whether `name` means this profile: its token, its IRI, or the standard it follows."""
        plain = name.strip().rstrip("/#").removeprefix("http://").removeprefix("https://")
        mine = (self.iri, self.standard) if self.standard else (self.iri,)
        return name == self.token or plain in [iri.rstrip("/#").split("://")[1] for iri in mine]

    def values(self, thing: str, document: str) -> dict[str, str]:
        """Return what its query needs to know."""
        every = {"thing": thing, "document": document}
        return {parameter.name: every[parameter.name] for parameter in self.query.parameters}


def profiles(library: Library, thing_type: str = "") -> tuple[Profile, ...]:
    """Return the profiles that can tell of things of this type, or all of them; the default one first."""
    every = [Profile(query) for query in library.profiles()]
    fitting = [one for one in every if not thing_type or not one.things or thing_type in one.things]
    return tuple(sorted(fitting, key=lambda one: (one.token != DEFAULT, one.token)))


def named(name: str, offered: Iterable[Profile]) -> Profile | None:
    """Return the offered profile that `name` means, or None."""
    return next((one for one in offered if one.answers_to(name)), None)


def _listed(query: QueryFile, field: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in query.fields.get(field, "").split(",") if name.strip())
