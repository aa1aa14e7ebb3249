"""What the starting texts say is there, and what no source says is not."""

import re
from collections import Counter, defaultdict

import pyoxigraph as ox
import pytest
from data_statements import DATA, GRAPH, ID, SN, TYPE, graphs, load_statements, pattern, table, things_with, values

SEEDS = ("rueckblick-fachtag-essen-high", "ergebnisse-fachtag-essen-high", "einladung-digitaler-fachtag-high")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """All statements of the .trig files, each in its graph."""
    return load_statements()


# --- what the starting texts say ---------------------------------------------------------------------


def test_the_digital_event_shows_four_practices(store):
    shown = things_with(store, "shownAt", "event/digitaler-fachtag-2025-08-27")
    practices = set().union(*(values(store, example, "exampleOf") for example in shown))
    assert practices == {
        "initiative/alia",
        "initiative/wohnen-statt-unterbringung-reloaded",
        "initiative/diekuemmerei-koeln",
        "initiative/caring-community-koeln",
    }


def test_the_event_in_essen_has_three_hosts_two_talks_four_workshops_and_about_130_people(store):
    event = "event/fachtag-essen-2025-12-01"
    parts = things_with(store, "partOf", event)
    kinds = Counter(kind.removeprefix(SN) for part in parts for kind in values(store, part, TYPE))
    assert kinds == {"Talk": 2, "Workshop": 4}
    hosts = things_with(store, "in", event)
    assert {actor for host in hosts for actor in values(store, host, "actor")} == {
        "organisation/forum-seniorenarbeit-nrw",
        "initiative/davor",
        "network/regionalbueros-apd-nrw",
    }
    assert values(store, "figure/fachtag-essen-2025-12-01-participants", "value") == {"130"}
    assert values(store, "figure/fachtag-essen-2025-12-01-participants", "qualifier") == {"gut"}


def test_no_workshop_is_given_a_theme_of_its_own(store):
    for number in range(1, 5):
        workshop = f"event/fachtag-essen-2025-12-01-workshop-{number}"
        assert values(store, workshop, "partOf")
        assert not values(store, workshop, "topic")


def test_the_publication_names_five_barriers_three_limits_and_three_parts(store):
    publication = "publication/caring-communities-praxiswissen-2026"
    about = values(store, publication, "about", "ergebnisse-fachtag-essen-high")
    assert {thing for thing in about if thing.startswith("barrier/")} == {
        f"barrier/{kind}" for kind in ("language", "financial", "spatial", "digital", "discrimination")
    }
    assert sum(thing.startswith("limit/") for thing in about) == 3
    assert len(things_with(store, "partOf", publication)) == 3


# --- who says so -------------------------------------------------------------------------------------


def test_both_sides_of_a_disagreement_stand_in_the_graphs_of_their_sources(store):
    starts = defaultdict(set)
    for quad in pattern(store, "initiative/diekuemmerei-koeln", "start"):
        starts[quad.object.value].add(quad.graph_name.value)
    assert set(starts) == {"2021-09-15", "2021-10"}
    assert not starts["2021-09-15"] & starts["2021-10"]
    amounts = values(store, "participation/diekuemmerei-koeln-funder-mags-nrw", "amount")
    assert amounts == {"250000", "245000"}
    assert len(graphs(store, "participation/diekuemmerei-koeln-funder-mags-nrw", "amount")) == 2


def test_what_no_source_supports_is_absent(store):
    # moderators in Köln, a programme of dieKümmerei and readings of its barriers have no source
    moderators = things_with(store, "role", "role/moderator")
    assert not any("caring-community-koeln" in moderator for moderator in moderators)
    assert values(store, "initiative/diekuemmerei-koeln", "underProgramme") == set()
    measures = things_with(store, "initiative", "initiative/diekuemmerei-koeln")
    lowered = {ID + barrier for measure in measures for barrier in values(store, measure, "lowersBarrier")}
    assert lowered == {ID + "barrier/language", ID + "barrier/lack-of-information"}


def test_readings_stay_out(store):
    for initiative in ("initiative/alia", "initiative/kuemmerei-sulzberg"):
        assert things_with(store, "initiative", initiative) == set()
    assert values(store, "initiative/alia", "addressesProblem") == set()


def test_a_starting_text_supports_only_what_it_says(store):
    thing = ox.NamedNode(ID + "initiative/alia")
    said = {
        quad.predicate.value
        for graph in SEEDS
        for quad in store.quads_for_pattern(thing, None, None, ox.NamedNode(GRAPH + graph))
    }
    assert SN + "locatedIn" not in said and SN + "start" not in said and SN + "transferredTo" not in said


def test_a_page_not_found_again_is_not_of_high_confidence(store):
    lost = set()
    for path in (DATA / "sources").glob("*.ttl"):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == SN + "sourceNote":
                lost.add(quad.subject.value.rsplit("/", 1)[1])
    assert lost
    used = {quad.graph_name.value.removeprefix(GRAPH) for quad in store}
    assert not {f"{source}-high" for source in lost} & used


def test_a_programme_is_not_a_carrier(store):
    for quad in pattern(store, None, "actor"):
        assert "/id/programme/" not in quad.object.value


def test_the_recognised_neighbour_of_nrw_is_used_in_nrw_only(store):
    laender = {row["ags"]: row["land_ags"] for row in table("municipalities.csv")}
    for participation in things_with(store, "role", "role/recognised-neighbour-nrw"):
        for thing in values(store, participation, "in"):
            places = values(store, thing, "locatedIn") | values(store, thing, "servesArea")
            keys = {place.split("/")[1] for place in places if place.startswith(("municipality/", "kreis/", "land/"))}
            assert all(laender.get(key, key)[:2] == "05" for key in keys), thing


def test_no_initiative_is_called_active_today(store):
    for quad in pattern(store, None, "reportedStatus"):
        assert not re.search(r"\b(aktiv|läuft|active)\b", quad.object.value), quad


def test_geonames_population_stays_apart_from_official_population():
    assert "population_geonames" in table("municipalities.csv")[0]
    assert "population" not in table("municipalities.csv")[0]
    assert sum(int(row["population"]) for row in table("kreise.csv")) == 83_019_213


def test_the_notes_of_the_geo_sources_are_there():
    text = (DATA / "sources.ttl").read_text(encoding="utf-8")
    for note in (
        "© Statistische Ämter des Bundes und der Länder (dl-de/by-2-0)",
        "GeoNames (CC BY 4.0)",
        "© GeoBasis-DE / BKG 2017, verändert",
        "Destatis, GV-ISys, 31.12.2018 (CC BY 4.0)",
    ):
        assert note in text
