"""The questions on the published data: each is answered soon, and known members are in the answers."""

import time

import pyoxigraph
import pytest

from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library
from sorgenetz.names import ID, PREFIXES

LIBRARY = Library(find_bundle().queries)


def full(short):
    prefix, _, local = short.partition(":")
    return PREFIXES[prefix] + local


@pytest.fixture(scope="module")
def ask(published_store):
    store = pyoxigraph.Store.read_only(str(published_store))

    def ask(name, **values):
        solutions = store.query(LIBRARY.question(name).with_values(values))
        names = [variable.value for variable in solutions.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in solutions]

    return ask


def column(rows, name):
    return {row.get(name) for row in rows}


@pytest.mark.parametrize("question", LIBRARY.questions(), ids=lambda question: question.name)
def test_a_question_has_an_answer_as_its_file_stands_within_two_seconds(ask, question):
    started = time.perf_counter()
    rows = ask(question.name)
    assert time.perf_counter() - started < 2
    assert rows
    keys = [tuple(sorted(row.items())) for row in rows]
    assert len(keys) == len(set(keys)), "a row stands twice"


@pytest.mark.parametrize(
    "name, parameter",
    [
        (question.name, parameter.name)
        for question in LIBRARY.questions()
        for parameter in question.parameters
        if parameter.type == "iri" and not parameter.is_needed
    ],
)
def test_a_question_is_answered_whatever_may_be_left_open(published, name, parameter):
    answer = published.test_client().get(f"/api/questions/{name}.json?{parameter}=*&per_page=1")
    assert answer.status_code == 200 and answer.json["total"]


@pytest.mark.parametrize("question", LIBRARY.questions(), ids=lambda question: question.name)
def test_what_a_question_offers_as_default_is_known_and_belongs_where_its_header_says(published_store, question):
    store = pyoxigraph.Store.read_only(str(published_store))
    for parameter in question.parameters:
        for term in parameter.default if parameter.type == "iri" else ():
            node = pyoxigraph.NamedNode(term.value)
            assert any(store.quads_for_pattern(node, None, None, None)), f"nothing is said of {term.value}"
            for wanted, property_ in ((parameter.scheme, "skos:inScheme"), (parameter.of_class, "rdf:type")):
                if wanted:
                    path = (node, pyoxigraph.NamedNode(full(property_)), pyoxigraph.NamedNode(wanted))
                    assert any(store.quads_for_pattern(*path, pyoxigraph.DefaultGraph())), f"{term.value} in {wanted}"


def test_four_initiatives_were_shown_at_the_digital_fachtag_with_place_and_carrier(ask):
    rows = ask("shown-at-event")
    assert column(rows, "initiative") == {
        full("initiative:alia"),
        full("initiative:wohnen-statt-unterbringung-reloaded"),
        full("initiative:diekuemmerei-koeln"),
        full("initiative:caring-community-koeln"),
    }
    of = {row["initiative"]: row for row in rows}
    assert of[full("initiative:alia")]["municipalityName"] == "Weiherhammer"
    assert of[full("initiative:diekuemmerei-koeln")]["municipalityName"] == "Köln"
    assert of[full("initiative:diekuemmerei-koeln")]["carrierName"].startswith("HerzNetzCenter")
    assert of[full("initiative:wohnen-statt-unterbringung-reloaded")]["areaName"] == "Deutschland"


def test_diekuemmerei_lowers_the_language_barrier_and_one_source_says_by_what(ask):
    rows = [row for row in ask("practices-for-barrier") if row["initiative"] == full("initiative:diekuemmerei-koeln")]
    assert any("13 Sprachen" in row.get("means", "") for row in rows)
    assert any("13 languages" in row.get("means", "") for row in ask("practices-for-barrier", language="en"))


@pytest.mark.parametrize(
    "name, parameter",
    [
        ("initiatives-with-a-term-in-a-place", "place"),
        ("initiatives-with-a-term-in-a-place", "term"),
        ("partners-of-a-municipality", "municipality"),
        ("roles-of-a-municipality", "municipality"),
    ],
)
def test_what_leaves_no_answer_in_time_where_it_is_open_is_needed(published, name, parameter):
    refused = published.test_client().get(f"/api/questions/{name}.json?{parameter}=*")
    assert refused.status_code == 400 and refused.json["parameter"] == parameter


def test_the_two_kuemmerei_are_told_apart(ask):
    pairs = {frozenset((row["thing"], row["otherThing"])) for row in ask("things-easily-confused")}
    assert {full("initiative:diekuemmerei-koeln"), full("initiative:kuemmerei-sulzberg")} in pairs


def test_a_speaker_at_each_fachtag_connects_forum_seniorenarbeit_with_hochschule_kempten(ask):
    through = column(ask("what-connects-two-actors"), "otherThrough")
    assert through == {full("person:weber-fiori"), full("person:tobias-woerle")}


def test_three_talks_with_their_institutions_are_known(ask):
    institutions = {row["speaker"]: row.get("institution") for row in ask("talks-and-speakers")}
    assert institutions[full("person:thomas-klie")] == full("organisation:eh-freiburg")
    assert institutions[full("person:tobias-woerle")] == full("organisation:hs-kempten")


def test_essen_means_the_city_of_essen(ask):
    assert "Essen" in {row.get("placeNames") for row in ask("events-and-hosts")}
    for row in ask("near-a-place", municipality="municipality:05113000", kilometres="1"):
        assert row["place"] == full("municipality:05113000")


def test_what_is_near_lies_within_the_circle_nearest_first(ask):
    distances = [float(row["distance"]) for row in ask("near-a-place")]
    assert distances == sorted(distances) and distances[-1] <= 50


def test_municipalities_hold_roles_in_koeln(ask):
    assert full("organisation:stadt-koeln") in column(ask("roles-of-a-municipality"), "actor")
    assert full("role:carrier") in column(ask("roles-of-municipalities"), "role")


def test_a_recommendation_to_municipalities_comes_from_the_publication(ask):
    assert any(
        place.startswith(ID + "publication/") for place in column(ask("recommendations-to-municipalities"), "statedIn")
    )


def test_germany_austria_and_switzerland_are_all_there(ask):
    assert {full("country:DE"), full("country:AT"), full("country:CH")} <= column(ask("initiatives-by-land"), "area")


def test_sources_that_disagree_are_two_sources_with_two_values(ask):
    for row in ask("where-sources-disagree"):
        assert row["source"] != row["otherSource"] and row["value"] != row["otherValue"]


def test_of_the_initiatives_in_koeln_the_kuemmerei_lowers_the_language_barrier(ask):
    rows = ask("initiatives-with-a-term-in-a-place")
    assert full("initiative:diekuemmerei-koeln") in column(rows, "initiative")
