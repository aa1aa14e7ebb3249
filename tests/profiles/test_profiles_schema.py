"""Documents in the terms of schema.org and GeoSPARQL: the right shape, the same facts, nothing that nobody has said."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.compare import isomorphic

from profiles.reading import S, graph_of, objects, said
from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library
from sorgenetz.names import BASE, ID, RDF, SN, XSD

LIBRARY = Library(find_bundle().queries)
DATES = {XSD + kind for kind in ("gYear", "gYearMonth", "date", "dateTime")}
# Thing, the types it has to have, and what must be said of it.
THINGS = (
    ("initiative/alia", {"Project"}, {"name", "alternateName", "description", "url", "location", "member", "startDate",
                                      "audience", "keywords", "funder", "funding", "mainEntityOfPage"}),
    ("initiative/diekuemmerei-koeln", {"Project"}, {"name", "description", "location", "member", "funder", "audience"}),
    ("organisation/stadt-koeln", {"Organization", "GovernmentOrganization"}, {"name", "areaServed"}),
    ("municipality/05113000", {"Place", "AdministrativeArea"},
     {"name", "identifier", "geo", "containedInPlace", "sameAs"}),
    ("land/05", {"Place", "AdministrativeArea", "State"}, {"name", "containedInPlace"}),
    ("event/digitaler-fachtag-2025-08-27", {"Event"},
     {"name", "startDate", "endDate", "organizer", "subEvent", "audience", "eventAttendanceMode",
      "isAccessibleForFree", "about"}),
    ("event/digitaler-fachtag-2025-08-27-keynote-woerle", {"Event"}, {"name", "performer", "superEvent"}),
    ("person/tobias-woerle", {"Person"}, {"name", "affiliation"}),
    ("barrier/language", {"DefinedTerm"}, {"name", "description", "inDefinedTermSet"}),
    ("scheme/barriers", {"DefinedTermSet"}, {"name", "hasDefinedTerm"}),
)  # fmt: skip
each_thing = pytest.mark.parametrize("thing", [thing for thing, *_ in THINGS])


@pytest.mark.parametrize("query", LIBRARY.profiles(), ids=lambda query: query.name)
def test_each_profile_is_a_construct_with_words_in_both_languages(query) -> None:
    assert query.form == "construct" and query.parameter("thing").type == "iri"
    for language in ("de", "en"):
        assert query.title(language) and query.description(language).endswith(".")


@pytest.mark.parametrize(("thing", "types", "needed"), THINGS, ids=[thing for thing, *_ in THINGS])
def test_a_thing_has_the_types_and_properties_of_schema_org(client, thing, types, needed) -> None:
    found = said(graph_of(client, thing, "schema"), thing)
    assert {str(kind).removeprefix(S) for kind in found[RDF + "type"]} == types
    assert needed <= set(found), needed - set(found)


@each_thing
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_every_format_of_schema_org_says_the_same_and_json_ld_needs_nothing_fetched(client, thing) -> None:
    whole = graph_of(client, thing, "schema")
    for ending in ("jsonld", "ttl", "rdf"):
        assert isomorphic(graph_of(client, thing, "schema", ending), whole), ending


@each_thing
def test_every_node_of_schema_org_has_a_type_and_hangs_on_the_thing(client, thing) -> None:
    tree = client.get(f"/doc/{thing}.jsonld?profile=schema").get_json(force=True)
    assert tree["@context"] == {"@vocab": S} and tree["@id"] == ID + thing and "@graph" not in tree
    graph = graph_of(client, thing, "schema")
    assert not [node for node in set(graph.subjects()) if not set(graph.objects(node, URIRef(RDF + "type")))]


@each_thing
def test_every_text_number_and_address_in_schema_org_stands_in_the_graph(client, known, thing) -> None:
    points = " ".join(value for value in known if value.startswith("POINT"))
    for subject, predicate, value in graph_of(client, thing, "schema"):
        text, name = str(value), str(predicate).removeprefix(S)
        if name in ("latitude", "longitude"):
            assert re.search(rf"[( ]{re.escape(text)}[ )]", points)
        elif name in ("startDate", "endDate") and "T" in text:
            day, time = text.split("T")
            assert {day, time} <= known
        elif name == "currency":
            assert text == "EUR"
        elif not text.startswith((S, BASE + "doc/")) and "#" not in text:
            assert text in known, (subject, predicate, value)


def test_values_are_typed(client) -> None:
    for thing, *_ in THINGS:
        for _, predicate, value in graph_of(client, thing, "schema"):
            name = str(predicate).removeprefix(S)
            if name in ("startDate", "endDate", "foundingDate", "dissolutionDate"):
                assert str(value.datatype) in DATES
            if name in ("url", "sameAs", "license", "isBasedOn", "location", "member", "funder", "organizer"):
                assert isinstance(value, URIRef)
            if name in ("latitude", "longitude", "value"):
                assert float(value) and value.datatype
            if name in ("name", "description", "roleName"):
                assert value.language in ("de", "en")


def test_what_nobody_has_said_is_absent(client, store) -> None:
    kind = ox.NamedNode(SN + "Initiative")
    every = sorted(
        quad.subject.value
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind, ox.DefaultGraph())
    )
    pairs = (("start", "startDate"), ("end", "endDate"), ("locatedIn", "location"), ("servesArea", "areaServed"),
             ("targetGroup", "audience"), ("http://xmlns.com/foaf/0.1/homepage", "url"))  # fmt: skip
    absent = 0
    for iri in every[::12]:
        thing = iri.removeprefix(ID)
        found = said(graph_of(client, thing, "schema"), thing)
        for ours, theirs in pairs:
            assert {str(value) for value in found.get(theirs, ())} == objects(store, thing, ours), (thing, theirs)
            absent += theirs not in found
    assert absent > len(pairs)


@pytest.mark.parametrize("query", LIBRARY.profiles(), ids=lambda query: query.name)
def test_a_profile_asks_about_its_thing_alone(client, query) -> None:
    at = client.application.extensions["sorgenetz"]
    every = {"thing": ID + "land/05", "document": BASE + "doc/land/05"}
    values = {parameter.name: every[parameter.name] for parameter in query.parameters}
    # About the thing alone it takes hundredths of a second; over the whole graph, many seconds.
    assert at.engine.answer(query.with_values(values), "nt").engine_seconds < 2


def test_roles_keep_who_which_and_when(client) -> None:
    graph = graph_of(client, "initiative/alia", "schema")
    part = URIRef(ID + "participation/alia-partner-th-deggendorf")
    assert (URIRef(ID + "initiative/alia"), URIRef(S + "member"), part) in graph
    assert graph.value(part, URIRef(S + "member")) == URIRef(ID + "organisation/th-deggendorf")
    assert {str(name) for name in graph.objects(part, URIRef(S + "roleName"))} == {"Kooperationspartner", "Partner"}
    assert str(graph.value(part, URIRef(S + "startDate"))) == "2020"


def test_the_sources_are_those_of_our_own_profile(client) -> None:
    source = URIRef("http://purl.org/dc/terms/source")
    ours = set(graph_of(client, "initiative/alia", "sorgenetz").objects(None, source))
    theirs = set(graph_of(client, "initiative/alia", "schema").objects(None, URIRef(S + "isBasedOn")))
    assert ours and ours <= theirs


@pytest.mark.parametrize("thing", ["municipality/05113000", "initiative/alia", "kreis/05113"])
def test_geosparql_gives_each_point_as_the_graph_has_it(client, store, thing) -> None:
    graph = graph_of(client, thing, "geosparql")
    rows = graph.query(
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#> SELECT ?p ?w { ?p geo:hasGeometry/geo:asWKT ?w }"
    )
    for place, wkt in rows:
        assert str(wkt.datatype).endswith("#wktLiteral")
        assert objects(store, str(place).removeprefix(ID), "point") == {str(wkt)}
    assert len(rows) == (thing != "kreis/05113")


@pytest.mark.parametrize("thing", ["event/digitaler-fachtag-2025-08-27-keynote-woerle", "initiative/alia"])
def test_only_places_are_features(client, store, thing) -> None:
    feature = URIRef("http://www.opengis.net/ont/geosparql#Feature")
    for place in graph_of(client, thing, "geosparql").subjects(URIRef(RDF + "type"), feature):
        assert SN + "Place" in objects(store, str(place).removeprefix(ID), RDF + "type")
