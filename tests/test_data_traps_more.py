"""More traps of the field: ambiguous towns, local branches, the role of one Land, programmes, and doubles."""

from __future__ import annotations

import csv

import pyoxigraph as ox
import pytest
from data_statements import DATA, ID, LABEL, SN, TYPE, load_statements, pattern, table, things_with, values

from sorgenetz.sources.places import read_places


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """All statements of the .trig files, each in its graph."""
    return load_statements()


@pytest.mark.parametrize(
    ("thing", "key", "name"),
    [
        ("initiative/nachbarschaft-leben-halle", "15002000", "Halle"),
        ("organisation/stadt-halle-saale", "15002000", "Halle"),
        ("initiative/buerger-helfen-buergern-weingarten", "08215090", "Weingarten"),
        ("initiative/bus-babenhausen", "09778115", "Babenhausen"),
        ("organisation/regionalbuero-aachen-eifel", "05334004", "Alsdorf"),
        ("initiative/schritt-fuer-schritt-muehlenkreis", "05770024", "Minden"),
        ("initiative/sengeno-kirchberg", "08127046", "Kirchberg"),
        ("initiative/mgh-allerlued-luechow", "03354018", "Lüchow"),
        ("initiative/backstube-luechow", "13072004", "Lüchow"),
        ("initiative/sena-gelsenkirchen", "05513000", "Gelsenkirchen"),
    ],
)
def test_a_town_whose_name_several_share_has_its_own_key_and_none_of_the_others(store, thing, key, name):
    called = {f"municipality/{row['ags']}" for row in table("municipalities.csv") if row["name"].startswith(name)}
    located = values(store, thing, "locatedIn") | values(store, thing, "basedIn")
    assert f"municipality/{key}" in located
    assert located & called <= {f"municipality/{key}"}


def test_the_two_luechow_are_in_two_laender_and_the_village_is_a_quarter_of_its_municipality(store):
    assert values(store, "quarter/13072004-luechow", "partOf") == {"municipality/13072004"}


def test_buerger_fuer_buerger_in_gundelfingen_and_daun_are_bodies_of_their_own(store):
    named = {quad.subject.value.removeprefix(ID) for quad in pattern(store, None, LABEL)
             if quad.object.value.startswith("Bürger für Bürger")}  # fmt: skip
    places = {thing: frozenset(values(store, thing, "locatedIn") | values(store, thing, "basedIn")) for thing in named}
    towns = {town for inside in places.values() for town in inside if town.startswith("municipality/")}
    assert len(named) >= 4 and {"municipality/08315047", "municipality/08435066", "municipality/08426021"} <= towns
    for one in named:
        for other in named - {one}:
            if places[one] and places[other] and one.split("/")[0] == other.split("/")[0]:
                assert not places[one] & places[other], (one, other)


@pytest.mark.parametrize("family", ["drk", "caritas", "diakonie", "awo", "malteser"])
def test_local_branches_keep_their_own_names_and_share_no_town(store, family):
    branches = {quad.subject.value for quad in pattern(store, None, "actorKind")
                if quad.subject.value.startswith(f"{ID}organisation/{family}")}  # fmt: skip
    names = [frozenset(values(store, branch.removeprefix(ID), LABEL)) for branch in branches]
    assert len(branches) > 3 and len(set(names)) == len(names)


def test_the_recognition_of_neighbours_in_nrw_is_held_in_nrw_only(store):
    role = "role/recognised-neighbour-nrw"
    for thing in things_with(store, "role", role):
        for initiative in values(store, thing.removeprefix(ID), "in"):
            towns = {town for town in values(store, initiative, "locatedIn") if town.startswith("municipality/")}
            assert all(town.startswith("municipality/05") for town in towns), thing
    others = things_with(store, "role", "role/recognised-neighbour-other")
    assert others
    for thing in others:
        for initiative in values(store, thing.removeprefix(ID), "in"):
            places = values(store, initiative, "locatedIn") | values(store, initiative, "servesArea")
            assert not any(place.startswith(("municipality/05", "kreis/05", "land/05")) for place in places), thing


def test_a_programme_carries_nothing_and_holds_no_role(store):
    programmes = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(TYPE), None)
                  if quad.object.value in (f"{SN}Programme", f"{SN}FundingProgramme")}  # fmt: skip
    actors = {quad.object for quad in pattern(store, None, "actor")}
    assert len(programmes) > 20 and not programmes & actors


def test_seniorenbuero_ost_in_bochum_stands_twice_on_purpose_and_it_is_on_record(store):
    with (DATA / "decisions.csv").open(encoding="utf-8", newline="") as file:
        pairs = {frozenset((row["a"], row["b"])) for row in csv.DictReader(file)}
    one, other = "initiative/seniorenbuero-ost-bochum", "organisation/seniorenbuero-bochum-ost"
    assert frozenset(name.replace("/", ":", 1) for name in (one, other)) in pairs
    assert values(store, one, TYPE) == {SN + "Initiative"} and values(store, other, TYPE) == {SN + "Organisation"}


def test_population_of_geonames_is_only_read_from_points_of_the_same_name():
    rows = table("municipalities.csv")
    assert {row["same_name"] for row in rows if row["lat"]} == {"true", "false"}


def test_a_population_that_geonames_does_not_know_is_no_population_of_zero():
    unknown = {row["ags"] for row in table("municipalities.csv") if row["population_geonames"] == "0"}
    populations = [
        quad
        for quads in read_places(DATA / "places").values()
        for quad in quads
        if quad.predicate.value == SN + "population"
    ]
    assert len(unknown) > 200 and len(populations) > 9_000
    assert not [quad for quad in populations if quad.object.value == "0"]
    assert not unknown & {quad.subject.value.rpartition("/")[2] for quad in populations}
