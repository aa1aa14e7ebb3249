"""On two small Länder everything is worked out by hand: distances, likeness, states, and what a name means."""

from __future__ import annotations

import pytest
from flask import Flask
from readers import reader_of

from sorgenetz.insight.place_profile.chooser import meant
from sorgenetz.insight.place_profile.distance import has_surroundings, kilometres, near
from sorgenetz.insight.place_profile.features import Gazetteer, gazetteer
from sorgenetz.insight.place_profile.funding import funding_elsewhere, funding_here
from sorgenetz.insight.place_profile.likeness import WEIGHTS, alike
from sorgenetz.insight.place_profile.profile import profile
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.selection.catalogue import catalogue
from sorgenetz.insight.sources import Citations
from sorgenetz.names import ID

ALTDORF, NEUDORF, STUMM, SEESTADT, OTHER_ALTDORF = (
    f"{ID}municipality/{key}" for key in ("98001001", "98001002", "98001003", "98002000", "97001001")
)
SEEKREIS, SEELAND = f"{ID}kreis/98001", f"{ID}land/98"


@pytest.fixture
def reader(probe: Flask) -> Reader:
    return reader_of(probe)


@pytest.fixture
def places(reader: Reader) -> Gazetteer:
    return gazetteer(reader)


def initiatives(found) -> list[str]:
    return [one.rpartition("/")[2] for one in found]


def test_a_tenth_of_a_degree_to_the_north_is_eleven_kilometres() -> None:
    assert kilometres((10.0, 50.0), (10.0, 50.1)) == pytest.approx(11.119, abs=0.001)


def test_near_is_what_lies_within_the_kilometres_but_not_here(reader: Reader, places: Gazetteer) -> None:
    at = catalogue(reader)
    assert initiatives(near(places, at, ALTDORF, 11)) == []
    assert initiatives(near(places, at, ALTDORF, 12)) == ["neu"]
    assert initiatives(near(places, at, ALTDORF, 72)) == ["neu", "berg"]
    assert initiatives(near(places, at, NEUDORF, 12)) == []


def test_a_kreis_counts_from_its_nearest_municipality_and_without_a_point_nothing_is_near(
    reader: Reader, places: Gazetteer
) -> None:
    at = catalogue(reader)
    assert initiatives(near(places, at, SEEKREIS, 72)) == ["berg"]
    assert near(places, at, STUMM, 100) == {} and not has_surroundings(places, STUMM)
    assert near(places, at, SEELAND, 100) == {} and not has_surroundings(places, SEELAND)


@pytest.mark.parametrize(
    ("weights", "order"),
    [
        # 4 people, 2 density, 2 kind, 1 Land: 8 of 9; tenfold people 5 of 9; a city 1 of 9, for its Land alone.
        (WEIGHTS, [(OTHER_ALTDORF, 88.9), (NEUDORF, 55.6), (SEESTADT, 11.1)]),
        ({"land": 1}, [(NEUDORF, 100.0), (SEESTADT, 100.0), (STUMM, 100.0), (OTHER_ALTDORF, 0.0)]),
        # 200 km count 0: 11.1, 33.4 and 71.5 km.
        ({"line": 5}, [(NEUDORF, 94.4), (SEESTADT, 83.3), (OTHER_ALTDORF, 64.3)]),
    ],
)
def test_likeness_is_the_mean_of_the_features_by_their_weights(places: Gazetteer, weights, order) -> None:
    found = [(one.place.iri, one.likeness) for one in alike(places, ALTDORF, weights, least=0).found]
    assert sorted(found) == sorted((iri, pytest.approx(value, abs=0.1)) for iri, value in order)
    assert [value for _, value in found] == sorted((value for _, value in found), reverse=True)


def test_what_is_not_known_is_left_out_and_never_counted_as_zero(places: Gazetteer) -> None:
    found = alike(places, ALTDORF)
    assert [(place.iri, missing) for place, missing in found.left_out] == [(STUMM, ("people",))]
    assert STUMM not in {one.place.iri for one in found.found}
    from_stumm = alike(places, STUMM)
    assert from_stumm.unknown_here == ("people",)
    assert {feature.key for one in from_stumm.found for feature in one.features} == {"density", "kind", "land"}
    assert STUMM in {one.place.iri for one in alike(places, ALTDORF, {"land": 1}).found}


def test_what_is_less_than_half_alike_is_not_like_it_and_half_must_be_known_to_tell(places: Gazetteer) -> None:
    assert [one.place.iri for one in alike(places, ALTDORF).found] == [OTHER_ALTDORF, NEUDORF]
    mostly_people = {"people": 5, "land": 4}
    assert alike(places, STUMM, mostly_people).found == ()
    assert alike(places, STUMM, {"people": 4, "land": 4}).found


def test_a_land_of_which_all_kreise_are_counted_has_their_sum(places: Gazetteer) -> None:
    assert (places[SEELAND].people, places[SEELAND].area) == (300_000, 1_100.0)
    assert [one.place.name for one in alike(places, SEELAND, least=0).found] == ["Bergland"]


def test_the_profile_keeps_stated_expressly_none_and_unknown_apart(reader: Reader) -> None:
    found = profile(reader, ALTDORF, 25, Citations())
    barriers = found.terms["lowersBarrier"]
    assert [one.cell.term.iri for one in barriers.none] == [f"{ID}barrier/financial"]
    assert barriers.stated == () and len(barriers.unknown) == len(barriers.all) - 1
    assert found.here.total == 0 and [line.thing.label for line in found.over.shown] == ["Im ganzen Seekreis"]
    stated = profile(reader, NEUDORF, 25, Citations()).terms["lowersBarrier"].stated
    assert [(one.cell.term.iri, one.cell.count, len(one.marks)) for one in stated] == [(f"{ID}barrier/language", 1, 1)]


def test_funding_elsewhere_is_for_the_same_kind_or_in_a_like_place_and_not_for_what_is_here(
    reader: Reader, places: Gazetteer
) -> None:
    at, neu = catalogue(reader), f"{ID}initiative/neu"
    same_kind = funding_elsewhere(reader, at, places, [neu], (), "municipality", Citations())
    (giver,) = same_kind.programmes
    assert giver.thing.label == "Gipfelgeld" and giver.funded[0].kinds and giver.funded[0].place is None
    like = funding_elsewhere(reader, at, places, [], [OTHER_ALTDORF], "municipality", Citations())
    assert like.programmes[0].funded[0].place.iri == OTHER_ALTDORF and like.programmes[0].funded[0].marks
    assert funding_elsewhere(reader, at, places, [], (), "municipality", Citations()).total == 0
    assert funding_here(reader, [neu], Citations()).total == 0
    assert funding_here(reader, [f"{ID}initiative/berg"], Citations()).total == 1


@pytest.mark.parametrize("text", ["98001002", "municipality/98001002", "Neudorf", " neudorf ", "NEUDORF"])
def test_a_place_is_meant_by_key_by_address_and_by_name(places: Gazetteer, text: str) -> None:
    assert meant(places, text).place == NEUDORF


def test_places_of_one_name_stay_apart(places: Gazetteer) -> None:
    found = meant(places, "Altdorf")
    assert found.place == "" and set(found.candidates) == {ALTDORF, OTHER_ALTDORF}
    city = meant(places, "Seestadt")
    assert city.place == SEESTADT and city.others == (f"{ID}kreis/98002",)


def test_a_misspelt_name_is_no_place_but_has_neighbours(places: Gazetteer) -> None:
    found = meant(places, "Nuedorf")
    assert not found.place and found.is_near and NEUDORF in found.candidates
    assert meant(places, "Qqq").candidates == () and meant(places, "").candidates == ()
