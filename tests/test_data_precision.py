"""A date, an amount and a number say no more and no less than their source."""

import re
from collections import defaultdict

import pyoxigraph as ox
import pytest
from data_statements import GRAPH, ID, LABEL, SN, graphs, load_statements, pattern, things_with, values

DESCRIPTION = "http://purl.org/dc/terms/description"
ALTERNATIVE = "http://www.w3.org/2004/02/skos/core#altLabel"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """All statements of the .trig files, each in its graph."""
    return load_statements()


# --- dates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "thing, words",
    [
        ("initiative/dorf-im-dorf-dobbertin", "Grundsteinlegung"),
        ("initiative/diekuemmerei-koeln", "Eröffnung der Quartierszentrale"),
        ("initiative/netzwerk-55plus-odenkirchen", "im Mai 2017 angekündigt"),
        ("initiative/zwar-wuppertal-katernberg", "Gründungsveranstaltung, angekündigt"),
        ("initiative/geheischnis-morbach", "für September 2020 angekündigt"),
        ("initiative/duelmener-allianz-demenz", "für Anfang 2013 angekündigt"),
        ("initiative/dorfkuemmerin-schenefeld-steinburg", "etwa Jahresende"),
        ("initiative/mgh-arnsberg", "Leitung seit 2017"),
        ("programme/letzte-hilfe", "erste Kurse in Deutschland und Dänemark"),
    ],
)
def test_what_a_date_is_the_date_of_stands_beside_it(store, thing, words):
    assert values(store, thing, "start")
    assert any(words in note for note in values(store, thing, "timeNote"))


@pytest.mark.parametrize(
    "thing, words",
    [
        ("initiative/in-der-heimat-wohnen", "Altenkunstadt seit 2009"),
        ("initiative/mobiler-einkaufswagen-kempen", "für April 2022 angekündigt"),
        ("initiative/arbeitskreis-hospiz-palliativ-muenster", "29. April 2019"),
        ("initiative/nachbarschaftsnetzwerk-paderborn", "Förderung 2014-01 bis 2015-12"),
    ],
)
def test_what_is_known_of_a_time_is_told_where_no_beginning_is(store, thing, words):
    assert not values(store, thing, "start")
    assert any(words in note for note in values(store, thing, "timeNote"))


def test_a_year_worked_out_from_a_day_of_the_week_is_no_statement(store):
    assert values(store, "initiative/demenzfreundliches-bad-cannstatt", "start") == {"2015"}
    assert values(store, "initiative/schritt-fuer-schritt-muehlenkreis", "start") == {"2012"}


# --- amounts and numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "thing, words",
    [
        ("quartiersarbeit-luedenscheid-funder-stadt-luedenscheid", "Betrag je Jahr"),
        ("quartier-hardterbroich-funder-mgepa-nrw", "für drei Jahre"),
    ],
)
def test_an_amount_says_for_what_time_it_is(store, thing, words):
    assert values(store, f"participation/{thing}", "amount")
    assert any(words in note for note in values(store, f"participation/{thing}", "note"))


def test_a_role_in_one_place_of_several_says_so(store):
    thing = "participation/nachbarschaftsberatung-lippe-issel-carrier-diakonisches-werk-wesel"
    assert any("nur Schermbeck" in note for note in values(store, thing, "note"))


def test_around_a_year_is_not_that_year(store):
    around = {
        quad.subject.value.removeprefix(ID)
        for quad in pattern(store, None, "figureOf")
        if re.search(r"-(?:um|ca)-(?:19|20)\d\d$", quad.subject.value)
    }
    assert len(around) >= 5
    for figure in around:
        assert not values(store, figure, "asOf"), figure
        assert any("um 20" in words for words in values(store, figure, "counts")), figure


@pytest.mark.parametrize("ends", ["least", "range"])
def test_a_number_that_is_a_bound_says_so(store, ends):
    if ends == "least":
        assert values(store, "figure/pakt-fuer-pflege-brandenburg-eigenanteil-mindestens-prozent", "qualifier") == {
            "mindestens"
        }
        return
    for figure, low, high in (
        ("seniorennetzwerk-55plus-juechen-nutzende-im-monat-2017", "300", "400"),
        ("zwar-langenfeld-personen-je-basistreffen", "30", "70"),
    ):
        assert values(store, f"figure/{figure}-min", "value") == {low}
        assert values(store, f"figure/{figure}-min", "qualifier") == {"mindestens"}
        assert values(store, f"figure/{figure}-max", "value") == {high}
        assert values(store, f"figure/{figure}-max", "qualifier") == {"höchstens"}


# --- names, places, descriptions ---------------------------------------------------------------------


def test_a_starting_text_is_credited_with_the_short_name_that_it_gives(store):
    thing = "organisation/eh-freiburg"
    assert graphs(store, thing, LABEL) == {"kirchenrecht-baden-de-de2917-high"}
    assert "Evangelische Hochschule Freiburg" in values(store, thing, ALTERNATIVE, "rueckblick-fachtag-essen-high")


def test_a_place_of_which_the_kind_is_not_said_stays_a_place(store):
    place = "place/offenbach-stadt-oder-kreis"
    assert values(store, "initiative/interkulturelle-care-guides", "locatedIn") >= {place}
    assert {
        kind.removeprefix(SN) for kind in values(store, place, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    } == {"Place"}


def test_a_description_names_all_groups_or_says_that_there_are_more(store):
    for quad in pattern(store, None, DESCRIPTION, graph="redaktion-high"):
        found = re.search(r"Richtet sich an: (.+)\.$", quad.object.value)
        thing = quad.subject.value.removeprefix(ID)
        if found and quad.object.language == "de":
            told = len(found[1].split(", "))
            assert found[1].endswith(" und weitere") == (len(values(store, thing, "targetGroup")) > told), thing


def test_a_description_names_the_carrier_in_full(store):
    for quad in pattern(store, None, DESCRIPTION, graph="redaktion-high"):
        found = re.search(r"getragen von (\w+)\.$", quad.object.value)
        if found:
            carriers = {
                name
                for part in things_with(store, "in", quad.subject.value.removeprefix(ID))
                if "role/carrier" in values(store, part, "role")
                for actor in values(store, part, "actor")
                for name in values(store, actor, LABEL)
            }
            assert found[1] in carriers, quad.subject


def test_a_name_that_only_tells_two_events_apart_is_ours(store):
    event = ox.NamedNode(ID + "event/digitaler-fachtag-2025-03-18")
    said = {
        quad.graph_name.value.removeprefix(GRAPH)
        for quad in store.quads_for_pattern(event, ox.NamedNode(ALTERNATIVE), None)
    }
    assert said == {"redaktion-high"}


def test_each_administration_of_a_municipality_kreis_or_land_says_of_which(store):
    kinds = {"actor-kind/municipality", "actor-kind/kreis", "actor-kind/land"}
    without = {
        quad.subject.value.removeprefix(ID)
        for quad in pattern(store, None, "actorKind")
        if quad.object.value.removeprefix(ID) in kinds
        and not values(store, quad.subject.value.removeprefix(ID), "administrationOf")
    }
    # Westerveld in the Netherlands is in no table and no page says that anything is there.
    assert without == {"organisation/gemeente-westerveld"}


@pytest.mark.parametrize(
    "programme, funder",
    [
        ("guter-lebensabend-nrw", "organisation/land-nrw"),
        ("quartiersimpulse-bw", "organisation/land-baden-wuerttemberg"),
        ("nfp74", "organisation/snf"),
        ("zusammenhalt-esf", "organisation/esf"),
        ("interreg-danube", "Europäische Union"),
        ("interreg-de-nl", "Europäische Union"),
        ("lfp-ap-nrw", "Träger der Pflegeversicherung"),
    ],
)
def test_a_programme_says_whose_money_it_is_where_its_page_does(store, programme, funder):
    parts = things_with(store, "in", f"programme/{programme}") & things_with(store, "role", "role/funder")
    assert funder in {who for part in parts for term in ("actor", "unnamedActor") for who in values(store, part, term)}


@pytest.mark.parametrize(
    "thing, term, said",
    [
        ("initiative/awiq-frauenfeld", "start", {"2013-11-01", "2014-03"}),
        ("initiative/netzwerk-der-generationen-muelheim", "start", {"2008", "2009"}),
        ("initiative/genoeifel", "start", {"2017", "2017-04", "2017-05", "2017-07"}),
        ("figure/foerderverein-jahmo-einwohner-ca", "value", {"140", "150"}),
        ("figure/sonah-bistum-mainz-standorte", "value", {"13", "15"}),
    ],
)
def test_what_sources_say_differently_stands_in_the_graph_of_each(store, thing, term, said):
    speaking = defaultdict(set)
    for quad in pattern(store, thing, term):
        speaking[quad.object.value].add(quad.graph_name.value)
    assert set(speaking) == said
    assert len(set(map(frozenset, speaking.values()))) == len(said)
