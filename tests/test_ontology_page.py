"""The page of the ontology and its JSON-LD context: every term with all that is known of it, a picture that fits."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pyoxigraph as ox
import pytest
from authored_ontology import CLASSES, PROPERTIES, TERMS, core, ends, local
from described import client_of
from flask.testing import FlaskClient
from pages.parsed import Element, Parsed
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from small_release import small_release

from sorgenetz.bundle import find_bundle
from sorgenetz.insight.model_picture import columns_of
from sorgenetz.insight.ontology_checks import questions_by_term
from sorgenetz.library.registry import Library
from sorgenetz.names import ID, SN
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home

PAGE = {"Accept": "text/html"}
CONTEXT = "/ontology/context.jsonld"
both = pytest.mark.parametrize("language", ["de", "en"])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with client_of(small_release(tmp_path_factory.mktemp("page")).folder.parent.parent) as client:
        yield client


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> dict[str, Parsed]:
    return {one: Parsed(client.get(f"/{one}/ontology", headers=PAGE).text) for one in ("de", "en")}


def entry(page: Parsed, name: str) -> Element:
    return page.one("section", id=name)


@both
def test_the_head_says_what_it_is_which_version_under_which_licence_and_how_to_get_and_cite_it(
    pages: dict[str, Parsed], language: str
) -> None:
    text = pages[language].text
    header = URIRef(SN.rstrip("#"))
    for predicate in ("title", "description", "bibliographicCitation"):
        said = core().objects(header, URIRef(f"http://purl.org/dc/terms/{predicate}"))
        assert next(str(one) for one in said if one.language == language) in text
    for said in (core().value(header, OWL.versionIRI), core().value(header, OWL.versionInfo), f"sn: <{SN}>"):
        assert str(said) in text
    for path in ("/ontology.ttl", "/ontology.jsonld", "/ontology.nt", "/ontology.rdf", CONTEXT, "/shapes.ttl"):
        assert pages[language].all("a", href=path)


@both
@pytest.mark.parametrize("term", TERMS, ids=local)
def test_each_term_stands_at_its_name_in_the_readers_language(
    pages: dict[str, Parsed], language: str, term: URIRef
) -> None:
    section = entry(pages[language], local(term))
    for predicate in (RDFS.label, SKOS.definition, SKOS.example, SKOS.scopeNote):
        for text in core().objects(term, predicate):
            if text.language == language:
                assert " ".join(str(text).split()) in section.text
    linked = {link.attributes["href"] for link in section.all("a")}
    for predicate in (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.disjointWith):
        for value in core().objects(term, predicate):
            assert not value.startswith(SN) or f"#{local(value)}" in linked


@both
def test_every_link_within_the_page_leads_to_one_place(pages: dict[str, Parsed], language: str) -> None:
    page = pages[language]
    ids = Counter(element.attributes["id"] for element in page.all("") if "id" in element.attributes)
    assert max(ids.values()) == 1
    inner = {link.attributes["href"][1:] for link in page.all("a") if link.attributes["href"].startswith("#")}
    assert inner <= set(ids)


def test_each_scheme_stands_at_its_name_and_leads_to_its_page(pages: dict[str, Parsed]) -> None:
    for name in find_bundle().ontology.glob("schemes/*.ttl"):
        assert pages["de"].one("li", id=f"scheme-{name.stem}").all("a", href=f"/de/scheme/{name.stem}")


def test_an_entry_shows_alignments_rules_questions_and_uses(pages: dict[str, Parsed]) -> None:
    place = entry(pages["en"], "locatedIn")
    assert place.all("a", href="https://schema.org/location")
    assert "warning An initiative needs a place." in place.text and "error The place of an initiative" in place.text
    transferred = entry(pages["de"], "transferredTo")
    assert transferred.all("a", href="/de/questions/transferred-practices")
    assert "bisher nicht verwendet" in transferred.text
    assert "1 thing" in entry(pages["en"], "Municipality").text
    assert "1 Aussage" in entry(pages["de"], "geonames").text
    initiative = entry(pages["en"], "Initiative")
    assert initiative.all("a", href="#locatedIn") and "place known" in initiative.text
    own, under_rules = (
        [link.attributes["href"] for link in row.one("dd").all("a")]
        for row in initiative.all("div")
        if row.one("dt").text in ("Properties", "Rules")
    )
    assert [one for one in dict.fromkeys(under_rules) if one in own] == [one for one in own if one in under_rules]
    assert initiative.all("a", href="/en/questions?term=sn%3AInitiative")


def test_questions_are_found_by_the_terms_they_name_and_not_by_their_comments() -> None:
    library = Library(find_bundle().queries)
    found = questions_by_term(library.questions())
    assert "practices-for-barrier" in {question.name for question in found[SN + "lowersBarrier"]}
    assert set(found) <= {str(term) for term in TERMS}


@both
def test_the_table_says_what_the_picture_shows(pages: dict[str, Parsed], language: str) -> None:
    table = pages[language].all("table")[0]
    rows = table.one("tbody").all("tr")
    relations = {term for term in PROPERTIES if (term, RDF.type, OWL.ObjectProperty) in core()}
    assert len(rows) == len(relations)
    drawn = {link.attributes["href"] for link in pages[language].one("svg", class_="model").all("a")}
    listed = {link.attributes["href"] for row in rows for link in row.all("a")}
    assert {f"#{local(term)}" for term in CLASSES} <= drawn
    schemes = {f"#scheme-{file.stem}" for file in find_bundle().ontology.glob("schemes/*.ttl")}
    assert {one for one in drawn - schemes if one[1].islower()} - {"#all-schemes"} <= listed
    undrawn = {f"#{local(term)}" for term in relations if not ends(term, (RDFS.domain,))} - drawn
    assert undrawn == {"#targetGroup", "#relatedTo"}


@both
def test_the_boxes_of_the_picture_do_not_overlap_and_lie_inside(pages: dict[str, Parsed], language: str) -> None:
    picture = pages[language].one("svg", class_="model")
    width, height = int(picture.attributes["width"]), int(picture.attributes["height"])
    assert width <= 1070
    frames = [[int(frame.attributes[one]) for one in ("x", "y", "width", "height")]
              for frame in picture.all("rect", class_="frame")]  # fmt: skip
    assert len(frames) == 16
    for x, y, w, h in frames:
        assert x >= 0 and y >= 0 and x + w <= width and y + h <= height
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(frames, 2):
        assert ax + aw < bx or bx + bw < ax or ay + ah < by or by + bh < ay


@both
def test_no_two_lines_of_the_picture_lie_on_each_other(pages: dict[str, Parsed], language: str) -> None:
    nets = [net.all("path", class_="trunk")[0].attributes["d"] for net in pages[language].all("g", class_="net")]
    uprights = [(int(x), *sorted((int(a), int(b)))) for d in nets for x, a, b in re.findall(r"M(\d+) (\d+)V(\d+)", d)]
    levels = [(int(y), *sorted((int(a), int(b)))) for d in nets for a, y, b in re.findall(r"M(\d+) (\d+)H(\d+)", d)]
    assert len(uprights) > 10 and len(levels) > 10
    for lines in (uprights, levels):
        for (at, a, b), (at_other, c, d) in combinations(lines, 2):
            assert at != at_other or b < c or d < a


def test_a_class_without_a_place_of_its_own_is_drawn_all_the_same() -> None:
    assert [name for column in columns_of(["Place", "Novelty", "Actor"]) for name in column] == [
        "Novelty", "Actor", "Place",
    ]  # fmt: skip


@both
def test_the_page_has_no_inline_styles_and_is_of_a_bearable_size(client: FlaskClient, language: str) -> None:
    html = client.get(f"/{language}/ontology", headers=PAGE).text
    assert " style=" not in html and "<style" not in html
    assert len(html.encode()) < 225_000


def test_the_ontology_has_its_pages_as_twins_wherever_it_is_read(client: FlaskClient) -> None:
    for path in ("/ontology", "/ontology.html", "/ontology/1.1.0"):
        response = client.get(path, headers=PAGE | {"Accept-Language": "en"})
        html = response.text
        assert response.status_code == 200, path
        assert 'rel="canonical" href="https://graph.example/en/ontology"' in html


def test_names_of_properties_lead_from_a_thing_to_their_definition(client: FlaskClient) -> None:
    page = Parsed(client.get("/de/event/fachtag-essen-2025-12-01", headers=PAGE).text)
    (name,) = [dt for dt in page.all("dt") if dt.text == "liegt in"]
    assert name.all("a", href="/de/ontology#locatedIn")


def test_the_context_names_every_term_and_types_what_has_one_type(client: FlaskClient) -> None:
    response = client.get(CONTEXT)
    context = response.json["@context"]
    assert {local(term) for term in TERMS} <= set(context)
    assert context["Initiative"] == "sn:Initiative"
    assert context["locatedIn"] == {"@id": "sn:locatedIn", "@type": "@id"}
    assert context["population"] == {"@id": "sn:population", "@type": "xsd:integer"}
    assert context["activity"] == {"@id": "sn:activity", "@container": "@language"}
    assert context["start"] == {"@id": "sn:start"} and context["ags"] == {"@id": "sn:ags"}
    assert "max-age=604800" in response.headers["Cache-Control"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(CONTEXT, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_a_plain_document_becomes_our_statements_with_the_context(client: FlaskClient) -> None:
    document = client.get(CONTEXT).json | {
        "id": ID + "initiative/alia",
        "type": "Initiative",
        "label": {"de": "ALIA"},
        "locatedIn": ID + "municipality/09374166",
        "activity": {"de": ["Besuche", "Fahrten"]},
        "start": {"@value": "2019", "@type": "xsd:gYear"},
        "homepage": "https://alia.example/",
    }
    expanded = Graph().parse(data=json.dumps(document), format="json-ld")
    expected = Graph().parse(
        format="turtle",
        data=f"""
        @prefix sn: <{SN}> . @prefix rdfs: <{RDFS}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <{ID}initiative/alia> a sn:Initiative ; rdfs:label "ALIA"@de ; sn:locatedIn <{ID}municipality/09374166> ;
            sn:activity "Besuche"@de, "Fahrten"@de ; sn:start "2019"^^xsd:gYear ;
            <http://xmlns.com/foaf/0.1/homepage> <https://alia.example/> .""",
    )
    assert set(expanded) == set(expected)
    other = ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)
    assert len(set(other)) == len(expected)


def test_other_peoples_data_have_no_context_and_a_page_that_says_so(tmp_path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    publish_files([tmp_path / "a.ttl"], Home(tmp_path / "home"))
    with client_of(tmp_path / "home") as client:
        assert client.get(CONTEXT).status_code == client.get("/ontology/1.1.0").status_code == 404
        page = client.get("/en/ontology", headers=PAGE)
        assert page.status_code == 200 and "without an ontology of ours" in page.text


def test_an_address_without_anything_names_no_address_to_keep(client: FlaskClient) -> None:
    response = client.get("/ontology/0.0.1", headers=PAGE)
    assert response.status_code == 404 and 'rel="canonical"' not in response.text and "hreflang" in response.text
