"""What the editors add is marked as theirs, and what a reader remarks or works out is no statement of a source."""

import csv
import re
from collections import defaultdict

import pyoxigraph as ox
import pytest
from data_statements import DATA, GRAPH, ID, LABEL, SN, load_statements, pattern, table, things_with, values

PLACES = ox.NamedNode(GRAPH + "redaktion-orte-medium")
PUBLIC = {f"actor-kind/{kind}" for kind in (
    "municipality", "kreis", "regional-association", "land", "municipal-association", "city-district",
    "municipal-office", "public-authority", "land-ministry",
)}  # fmt: skip
SHORT_NAME = re.compile(r".+?(?= \(| (?:am|an|im|in|ob|bei|unter)\b| [ai]\.|$)")
REMARK = re.compile(
    r"gelesen|Ausschnitt|nicht gefunden|in der Quelle|der Quelle|erschlossen|nicht genannt|undatiert|"
    r"laut (Presse|Bericht|Stadt|Netzwerk|interkommunales|Programmseite)|Fassung der Seite|ohne Datum|"
    r"nach anderer Angabe|Tippfehler|\bbelegt\b"
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """All statements of the .trig files, each in its graph."""
    return load_statements()


@pytest.fixture(scope="module")
def names_of_places(store) -> dict[str, str]:
    """The names of municipalities, and of quarters and places without a key."""
    names = {f"municipality/{row['ags']}": row["name"] for row in table("municipalities.csv")}
    for quad in pattern(store, None, LABEL):
        thing = quad.subject.value.removeprefix(ID)
        if thing.startswith(("quarter/", "place/")):
            names[thing] = quad.object.value
    return names


def said_of_places(store):
    return list(store.quads_for_pattern(None, None, None, PLACES))


# --- places read off a name --------------------------------------------------------------------------


def test_the_graph_of_places_read_off_a_name_says_nothing_else_and_no_more_than_once(store):
    quads = said_of_places(store)
    assert 0 < len(quads) <= 444
    assert {quad.predicate.value.removeprefix(SN) for quad in quads} == {"locatedIn", "basedIn"}


def test_a_place_read_off_a_name_is_in_the_name(store, names_of_places):
    names = defaultdict(set)
    for quad in pattern(store, None, LABEL):
        names[quad.subject.value].add(quad.object.value)
    read = defaultdict(set)
    for quad in said_of_places(store):
        read[quad.subject.value].add(quad.object.value.removeprefix(ID))
    for thing, places in read.items():
        stems = {SHORT_NAME.match(names_of_places[place])[0] for place in places}
        assert any(stem in name for stem in stems for name in names[thing]), (thing, places)
        # The quarter is in the name, and its municipality is the one it is part of.
        quarters = {place for place in places if place.startswith(("quarter/", "place/"))}
        above = set().union(*(values(store, quarter, "partOf") for quarter in quarters)) if quarters else set()
        assert len(places - quarters - above) <= 3, thing


def test_a_place_read_off_a_name_has_an_official_key_or_belongs_to_a_public_body(store):
    for quad in said_of_places(store):
        place = quad.object.value.removeprefix(ID)
        thing = quad.subject.value.removeprefix(ID)
        if place.startswith("place/") and not values(store, place, "partOf") & {
            above for above in values(store, place, "partOf") if above.startswith(("municipality/", "kreis/", "land/"))
        }:
            assert values(store, thing, "actorKind") & PUBLIC, (thing, place)


def test_a_place_that_a_source_says_is_not_read_off_the_name(store):
    for quad in said_of_places(store):
        others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        assert [other.graph_name for other in others] == [PLACES], quad


def test_the_source_of_these_places_says_that_no_page_says_them():
    text = (DATA / "sources.ttl").read_text(encoding="utf-8")
    assert "Ort im Namen, im amtlichen Gemeindeverzeichnis nachgeschlagen; keine Seite sagt ihn" in text
    assert "graph:redaktion-medium" not in text


# --- readings ----------------------------------------------------------------------------------------


def test_remarks_on_the_reading_are_not_statements(store):
    for quad in store:
        if isinstance(quad.object, ox.Literal) and "redaktion" not in quad.graph_name.value:
            assert not REMARK.search(quad.object.value), quad


@pytest.mark.parametrize("thing", ["initiative/davor", "organisation/stiftung-landleben",
                                   "initiative/nachbarschaftshilfe-tuerkheim"])  # fmt: skip
def test_a_year_worked_out_by_a_reader_is_no_start(store, thing):
    assert values(store, thing, "start") == set()


def test_a_source_is_as_precise_as_it_is_and_no_more(store):
    said = {
        quad.graph_name.value.removeprefix(GRAPH): quad.object.value
        for quad in pattern(store, "initiative/dorfkuemmerer-brandenburg", "start")
    }
    assert said["entersocial-de-37b527-high"] == "2012"
    assert set(said.values()) == {"2012", "2012-06"}


# --- means -------------------------------------------------------------------------------------------


def test_the_means_against_the_language_barrier_in_chorweiler_are_told_by_both_sides(store):
    means = defaultdict(set)
    for quad in pattern(store, "measure/diekuemmerei-koeln-language", "means"):
        if quad.object.language == "de":
            means[quad.object.value].add(quad.graph_name.value)
    assert set(means) == {"Beratung in 13 Sprachen", "Beratung in 14 Sprachen"}
    assert not means["Beratung in 13 Sprachen"] & means["Beratung in 14 Sprachen"]


def test_means_come_in_both_languages_and_belong_to_a_barrier(store):
    measures = {quad.subject.value.removeprefix(ID) for quad in pattern(store, None, "means")}
    assert len(measures) > 55
    for measure in measures:
        assert {quad.object.language for quad in pattern(store, measure, "means")} == {"de", "en"}
        assert values(store, measure, "lowersBarrier") and values(store, measure, "initiative")


# --- alike names -------------------------------------------------------------------------------------


def test_an_undertaking_and_the_body_of_its_name_are_both_there_and_decided(store):
    with (DATA / "decisions.csv").open(encoding="utf-8", newline="") as file:
        pairs = {frozenset((row["a"], row["b"])) for row in csv.DictReader(file)}
    names = defaultdict(set)
    for quad in pattern(store, None, LABEL):
        thing = quad.subject.value.removeprefix(ID)
        if thing.startswith(("initiative/", "organisation/")):
            names[quad.object.value.casefold()].add(thing.replace("/", ":", 1))
    alike = {frozenset((one, other)) for things in names.values() for one in things for other in things if one != other}
    assert alike and alike - pairs == set()


def test_things_that_people_could_confuse_say_that_they_differ(store):
    different = "http://www.w3.org/2002/07/owl#differentFrom"
    for one, other in (("initiative/lena-hamburg", "initiative/lena-basel"),
                       ("initiative/dorfkuemmerei-kellenhusen", "initiative/diekuemmerei-koeln"),
                       ("organisation/gwg-halle", "organisation/hwg-halle")):  # fmt: skip
        assert other in values(store, one, different) and one in values(store, other, different)
    assert things_with(store, different, "initiative/lena-basel")
