"""A selection as files: a table with its codebook, the map as GeoJSON, the network for Gephi."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from sorgenetz.errors import BadRequest
from sorgenetz.insight.answers import ask_for_all
from sorgenetz.insight.network.files import WRITERS
from sorgenetz.insight.selection.catalogue import catalogue
from sorgenetz.insight.selection.choice import read_choice
from sorgenetz.insight.selection.map import places_of
from sorgenetz.insight.selection.network import graph_of
from sorgenetz.insight.selection.selected import Selected, select
from sorgenetz.names import ID
from sorgenetz.web.downloads import attachment, one_at_a_time
from sorgenetz.web.negotiation import IN_LANGUAGE
from sorgenetz.web.pages import reader
from sorgenetz.web.results.files import workbook_of
from sorgenetz.web.services import services
from sorgenetz.web.spreadsheet_csv import safe_again

bp = Blueprint("selection_files", __name__)
# Ending, its name on the page, its media type.
FILES = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel", ""),
    "geojson": ("GeoJSON", "application/geo+json"),
    "gexf": ("GEXF", "application/gexf+xml"),
    "graphml": ("GraphML", "application/graphml+xml"),
}


@bp.get(f"{IN_LANGUAGE}/initiatives.<any({', '.join(FILES)}):ending>")
def file(ending: str) -> Response:
    """Send the selection of this address as a file; an address that cannot be followed is an error, never a part."""
    at = catalogue(reader())
    choice, problems = read_choice(request.args.items(multi=True), at)
    if problems:
        raise not_followed(problems[0].key, problems[0].given)
    selected = select(reader(), choice)
    if ending == "xlsx":
        query = table_query(selected)
        return workbook_of(ask_for_all(reader(), query), query, reader().language)
    content = _geojson(selected) if ending == "geojson" else _content(selected, ending)
    word = "auswahl" if reader().language == "de" else "selection"
    return attachment(content, FILES[ending][1], services().engine.release.name, word, ending)


def table_query(selected: Selected) -> str:
    """Return the query whose answer is the table of the selection."""
    page = reader().library.page("selection-table")
    return page.with_values(
        {"initiative": list(selected.things) or [f"{ID}initiative/"], "language": reader().language}
    )


def _content(selected: Selected, ending: str) -> bytes | str:
    if ending == "csv":
        return safe_again(services().engine.answer(table_query(selected), "csv").body)
    with one_at_a_time():
        return WRITERS[ending](graph_of(selected))


def _geojson(selected: Selected) -> str:
    """Return the places with their initiatives (RFC 7946); what has no point is a feature without geometry."""
    features = [
        {
            "type": "Feature",
            "id": place.iri,
            "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
            "properties": {
                "place": place.label,
                "initiatives": [{"iri": one.iri, "label": one.label} for one in initiatives],
            },
        }
        for place, initiatives, point in places_of(reader(), selected)
    ]
    return current_app.json.dumps({"type": "FeatureCollection", "features": features})


def not_followed(*part: str) -> BadRequest:
    """Return the error of an address of which a part cannot be followed: a parameter with its value, or one of them."""
    said = "=".join(text[:60] for text in part)
    return BadRequest(
        what_de=f"Die Auswahl der Adresse ist nicht zu verstehen: „{said}“.",
        remedy_de="Öffnen Sie die Auswahl als Seite; dort steht, was gemeint sein kann.",
        what_en=f"The selection of the address cannot be followed: “{said}”.",
        remedy_en="Open the selection as a page; it says what may be meant.",
    )
