"""Two to four places side by side, chosen by name or key; as a page and as files."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request

from sorgenetz.errors import BadRequest
from sorgenetz.insight.answers import ask_for_all
from sorgenetz.insight.place_profile.chooser import Meant, meant
from sorgenetz.insight.place_profile.comparison import FEWEST, MOST, compare
from sorgenetz.insight.place_profile.features import gazetteer
from sorgenetz.web.explore.place_address import RADII, USUAL_RADIUS, Wrong, address, named, only, query, radius
from sorgenetz.web.pages import page, reader
from sorgenetz.web.problems import shown
from sorgenetz.web.results.files import workbook_of
from sorgenetz.web.services import services

bp = Blueprint("compare", __name__)
LANGUAGE = "/<any(de,en):language>"
FILES = {"csv": "CSV", "xlsx": "Excel"}
# What is read of the address; beyond these names nothing is looked up.
MOST_READ = 8


@dataclass(frozen=True)
class Chosen:
    """The places of an address, and what of it needs the reader: to choose one of several, or to mend a part."""

    places: tuple[Meant, ...]
    open: tuple[Meant, ...]
    twice: tuple[Meant, ...]
    beyond: tuple[str, ...]
    unknown: tuple[Meant, ...]

    @property
    def is_wrong(self) -> bool:
        """Tell whether something of the address cannot be followed; a name with several meanings is no mistake."""
        return bool(self.twice or self.beyond or self.unknown or any(one.is_near for one in self.open))


@bp.get(f"{LANGUAGE}/compare")
def side_by_side() -> Response:
    """Show the places side by side, or how to choose them; what of the address cannot be followed is said."""
    wrong: Wrong = []
    kilometres = radius(wrong)
    only(wrong, "place", "km")
    chosen = _chosen()
    iris = [one.place for one in chosen.places]
    enough = len(iris) >= FEWEST
    return page(
        "explore/place/compare.html",
        400 if wrong or chosen.is_wrong else 200,
        wrong=wrong,
        chosen=chosen,
        kilometres=kilometres,
        radii=RADII,
        most=MOST,
        comparison=compare(reader(), iris, kilometres) if enough else None,
        query=_query(iris) if enough else "",
        files={ending: (word, _address(iris, kilometres, f"compare.{ending}")) for ending, word in FILES.items()},
        with_place=lambda iri: _address([*iris, iri], kilometres),
        without=lambda iri: _address([one for one in iris if one != iri], kilometres),
        instead=lambda old, new: _address([new if one == old else one for one in iris], kilometres),
        nearer=lambda kilometres: _address(iris, kilometres),
        token_of=lambda iri: gazetteer(reader())[iri].token,
        cell=lambda facet, place, term: address(
            "gaps/cell",
            ("columns", facet.key),
            ("place", place.token),
            ("term", f"{facet.kind}/{term.iri.rpartition('/')[2]}"),
        ),
        **named(*chosen.places, *chosen.open, *chosen.twice, *chosen.unknown),
    )


@bp.get(f"{LANGUAGE}/compare.<any({', '.join(FILES)}):ending>")
def as_file(ending: str) -> Response:
    """Send what is stated of these places as a file; an address that cannot be followed is an error, never a part."""
    chosen = _chosen()
    iris = [one.place for one in chosen.places]
    if chosen.is_wrong or chosen.open or len(iris) < FEWEST:
        raise _not_followed()
    if ending == "xlsx":
        return workbook_of(ask_for_all(reader(), _query(iris)), _query(iris), reader().language)
    response = Response(services().engine.answer(_query(iris), "csv").body, content_type="text/csv; charset=utf-8")
    name = f"sorgenetz-{services().engine.release.number}-{'vergleich' if reader().language == 'de' else 'comparison'}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return response


def _chosen() -> Chosen:
    given = [text for text in map(str.strip, request.args.getlist("place")) if text]
    found = [meant(gazetteer(reader()), text) for text in given[:MOST_READ]]
    places, twice, beyond = [], [], [shown(text)[:60] for text in given[MOST_READ:]]
    for one in found:
        if not one.place:
            continue
        if one.place in {other.place for other in places}:
            twice.append(one)
        elif len(places) == MOST:
            beyond.append(shown(one.given)[:60])
        else:
            places.append(one)
    unresolved = [one for one in found if not one.place]
    return Chosen(
        tuple(places),
        tuple(one for one in unresolved if one.candidates),
        tuple(twice),
        tuple(beyond),
        tuple(one for one in unresolved if not one.candidates),
    )


def _query(iris: list[str]) -> str:
    return query("places-compared", place=iris, language=reader().language)


def _address(iris: list[str], kilometres: int, path: str = "compare") -> str:
    places = gazetteer(reader())
    pairs = [("place", places[iri].token) for iri in iris]
    return address(path, *pairs, ("km", "" if kilometres == USUAL_RADIUS else kilometres))


def _not_followed() -> BadRequest:
    return BadRequest(
        what_de="Die Adresse nennt nicht zwei bis vier verschiedene Orte.",
        remedy_de="Öffnen Sie den Vergleich als Seite; dort steht, was gemeint sein kann.",
        what_en="The address does not name two to four different places.",
        remedy_en="Open the comparison as a page; it says what may be meant.",
    )
