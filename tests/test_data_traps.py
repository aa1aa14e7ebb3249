"""Each trap of the field has a test: names that are alike, keys, places and persons."""

import csv
import json
import re
from collections import Counter

import pyoxigraph as ox
import pytest
from data_statements import DATA, ID, LABEL, SN, TYPE, load_statements, pattern, table, values

DIFFERENT = "http://www.w3.org/2002/07/owl#differentFrom"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """All statements of the .trig files, each in its graph."""
    return load_statements()


# --- alike in name only ------------------------------------------------------------------------------


def test_the_two_kuemmereien_are_two_things(store):
    koeln, sulzberg = "initiative/diekuemmerei-koeln", "initiative/kuemmerei-sulzberg"
    assert sulzberg in values(store, koeln, DIFFERENT)
    assert koeln in values(store, sulzberg, DIFFERENT)
    assert "municipality/05315000" in values(store, koeln, "locatedIn")
    assert not values(store, sulzberg, "locatedIn") & {"municipality/05315000"}
    assert values(store, koeln, "initiativeKind") != values(store, sulzberg, "initiativeKind")


@pytest.mark.parametrize(
    "one, other",
    [
        ("buerger-fuer-buerger-daun", "buerger-fuer-buerger-uhldingen"),
        ("buerger-fuer-buerger-daun", "buerger-fuer-buerger-biberach"),
        ("haus-fuer-alle-altenberge", "haus-fuer-alle-detmold"),
        ("buerger-fuer-buerger-uhldingen", "buerger-fuer-buerger-biberach"),
        ("gesundheitskiosk-essen-katernberg", "zwar-wuppertal-katernberg"),
    ],
)
def test_initiatives_of_one_name_stay_apart(store, one, other):
    first, second = (values(store, f"initiative/{name}", "locatedIn") for name in (one, other))
    assert values(store, f"initiative/{one}", LABEL) and values(store, f"initiative/{other}", LABEL)
    assert not first & second


def test_katernberg_is_a_district_of_two_cities(store):
    assert values(store, "quarter/05113000-katernberg", "partOf") == {"municipality/05113000"}
    assert "municipality/05124000" in values(store, "initiative/zwar-wuppertal-katernberg", "locatedIn")


def test_bodies_are_never_declared_the_same(store):
    assert pattern(store, None, "http://www.w3.org/2002/07/owl#sameAs") == []


@pytest.mark.parametrize("family", ["caritas", "malteser", "diakonie", "awo"])
def test_local_branches_are_organisations_of_their_own(store, family):
    actors = {quad.subject.value for quad in pattern(store, None, "actorKind")}
    branches = {actor for actor in actors if f"/{family}" in actor}
    assert len(branches) > 3


def test_every_decision_names_things_that_exist_a_merged_one_only_what_it_became(store):
    with (DATA / "decisions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        for thing in (row["b"],) if row["decision"] == "merged" else (row["a"], row["b"]):
            assert values(store, thing.replace(":", "/", 1), LABEL), thing
        assert row["decision"] and row["reason"]
    assert len({frozenset((row["a"], row["b"])) for row in rows}) == len(rows)


# --- places and keys ---------------------------------------------------------------------------------


def test_the_tables_hold_all_municipalities_kreise_and_laender():
    assert len({row["ags"] for row in table("municipalities.csv")}) == 9823
    assert len({row["ags"] for row in table("kreise.csv")}) == 401
    assert len({row["ags"] for row in table("laender.csv")}) == 16
    assert sum(row["land_ags"] == "05" for row in table("municipalities.csv")) == 396


def test_keys_keep_their_leading_zeros_and_fit_into_each_other():
    kreise = {row["ags"] for row in table("kreise.csv")}
    for row in table("municipalities.csv"):
        assert re.fullmatch(r"\d{8}", row["ags"])
        assert row["ags"].startswith(row["kreis_ags"]) and row["kreis_ags"].startswith(row["land_ags"])
        assert row["kreis_ags"] in kreise
    assert any(row["ags"].startswith("0") for row in table("municipalities.csv"))
    assert all(re.fullmatch(r"\d{5}", row["ags"]) for row in table("kreise.csv"))


def test_essen_is_not_essen_in_oldenburg(store):
    names = {row["ags"]: row["name"] for row in table("municipalities.csv")}
    assert names["05113000"] == "Essen"
    assert names["03453006"] == "Essen (Oldenburg)"
    assert values(store, "event/fachtag-essen-2025-12-01", "locatedIn") == {"municipality/05113000"}
    assert not any(quad.object == ox.NamedNode(ID + "municipality/03453006") for quad in store)


@pytest.mark.parametrize(
    "thing, key",
    [
        ("initiative/alia", "09374166"),
        ("initiative/quartier-rumphorst-muenster", "05515000"),
        ("initiative/quartier-dasbeck-hamm", "05915000"),
    ],
)
def test_ambiguous_places_have_the_right_key(store, thing, key):
    located = values(store, thing, "locatedIn")
    assert f"municipality/{key}" in located
    assert {place[: len("municipality/00")] for place in located if place.startswith("municipality/")} == {
        f"municipality/{key[:2]}"
    }


def test_alia_is_in_bavaria_and_not_in_nrw(store):
    assert values(store, "initiative/alia", "locatedIn") == {"municipality/09374166"}


def test_wosu_is_nationwide_and_coordinated_from_augsburg_not_from_koeln(store):
    thing = "initiative/wohnen-statt-unterbringung-reloaded"
    assert values(store, thing, "servesArea") == {"country/DE"}
    assert values(store, thing, "locatedIn") == set()
    coordinator = f"participation/{thing.split('/')[1]}-coordinator-tuer-an-tuer-integrationsprojekte"
    assert values(store, coordinator, "role") == {"role/coordinator"}


def test_selfkant_is_a_region_in_one_entry(store):
    assert values(store, "place/leader-region-der-selfkant", TYPE) == {SN + "Region"}


def test_kreis_names_that_occur_twice_are_told_apart_by_their_kind():
    rows = table("kreise.csv")
    names = Counter(row["name"] for row in rows)
    assert sum(count == 2 for count in names.values()) == 22 and max(names.values()) == 2
    assert max(Counter((row["name"], row["designation"]) for row in rows).values()) == 1


def test_osterode_is_no_kreis_and_goettingen_is():
    keys = {row["ags"]: row["name"] for row in table("kreise.csv")}
    assert "03156" not in keys
    assert keys["03159"] == "Göttingen"


def test_the_eighteen_municipalities_without_a_point_have_a_centroid():
    missing = {row["ags"] for row in table("municipalities.csv") if not row["lat"]}
    centroids = {row["ags"]: (float(row["lat"]), float(row["lon"])) for row in table("centroids.csv")}
    assert set(centroids) == missing and len(missing) == 18
    assert all(50.3 < lat < 52.6 and 5.8 < lon < 9.5 for lat, lon in centroids.values())


def test_the_outlines_have_the_keys_of_the_tables():
    nrw = json.loads((DATA / "places" / "gemeinden_nrw.topojson").read_text(encoding="utf-8"))
    keys = {shape["properties"]["id"] for shape in nrw["objects"]["gemeinden"]["geometries"]}
    assert keys == {row["ags"] for row in table("municipalities.csv") if row["land_ags"] == "05"}


def test_municipalities_that_the_tables_lack_are_places_without_a_key(store):
    for name in (
        "hohenfels",
        "deggenhausertal",
        "kuelz-hunsrueck",
        "roedermark",
        "soehrewald",
        "grafschaft-rheinland-pfalz",
        "rehlingen-siersburg",
    ):
        labelled = {quad.subject.value for quad in pattern(store, None, LABEL)}
        places = {thing for thing in labelled if thing.startswith(f"{ID}place/{name}")}
        assert len(places) == 1, name
        assert not values(store, places.pop().removeprefix(ID), "ags")


# --- persons -----------------------------------------------------------------------------------------


def test_only_the_three_speakers_are_persons(store):
    persons = {quad.subject.value.removeprefix(ID) for quad in store if "/id/person/" in quad.subject.value}
    assert persons == {"person/thomas-klie", "person/tobias-woerle", "person/weber-fiori"}


def test_weber_fiori_has_no_first_name_and_no_title(store):
    assert values(store, "person/weber-fiori", LABEL) == {"Frau Weber-Fiori"}
    for quad in store:
        if isinstance(quad.object, ox.Literal) and "Weber-Fiori" in quad.object.value:
            assert not re.search(r"(Dr\.|Prof\.|[A-Z][a-z]+in|[A-Z]\.) Weber-Fiori", quad.object.value)


def test_no_contact_names_addresses_or_numbers_are_in_the_graph(store):
    for quad in store:
        if isinstance(quad.object, ox.Literal):
            text = quad.object.value
            assert not re.search(r"[\w.-]+@[\w-]+\.\w+", text), text
            assert not re.search(r"(\+49|Tel\.|\b0\d{2,5} ?/ ?\d{3,})", text), text
            assert "Kuk" + "owka" not in text and "Katrin " + "Alert" not in text
