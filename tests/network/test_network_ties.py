"""Who is tied to whom: the small network by hand, and the rule of the release on the published data."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

import pyoxigraph as ox
import pytest

from network.conftest import actor, slugs
from sorgenetz.bundle import find_bundle
from sorgenetz.insight.network.choice import NetworkChoice, read_network_choice
from sorgenetz.insight.network.chosen import choose, in_year
from sorgenetz.insight.network.known import Known
from sorgenetz.insight.network.neighbourhood import nearest, neighbourhood
from sorgenetz.library.registry import Library
from sorgenetz.names import ID, SN
from sorgenetz.releases.network.ties import PAGE, Tie, actor_graph, read_ties, working


def around(known: Known, slug: str, **choice: object) -> dict[str, int]:
    chosen = choose(known, NetworkChoice(**choice), actor(slug))  # type: ignore[arg-type]
    return {iri.rpartition("/")[2]: steps for iri, steps in neighbourhood(chosen, actor(slug)).away.items()}


def test_a_step_leads_over_what_two_share_or_a_membership(known: Known) -> None:
    assert around(known, "verein") == {"verein": 0, "amt": 1, "bund": 1}
    assert around(known, "verein", steps=2) == {"verein": 0, "amt": 1, "bund": 1, "chor": 2}
    assert around(known, "dorf", steps=2)["frei"] == 2
    assert around(known, "frei", steps=3) == {"frei": 0, "verbund": 1, "dorf": 2, "chor": 3}


def test_who_only_funds_counts_only_when_asked(known: Known) -> None:
    assert around(known, "geld") == {"geld": 0}
    assert slugs(around(known, "geld", funding=True)) == {"geld", "amt", "bund", "verein", "einzeln"}
    assert around(known, "geld", roles=(f"{ID}role/funder",)) == {"geld": 0}


def test_further_opens_one_actor_by_one_more_step(known: Known) -> None:
    opened = around(known, "verein", further=(actor("amt"),))
    assert opened == {"verein": 0, "amt": 1, "bund": 1, "chor": 2}
    chain = around(known, "verein", further=(actor("amt"), actor("chor"), actor("frei")))
    assert chain == {"verein": 0, "amt": 1, "bund": 1, "chor": 2, "dorf": 3}


def test_a_neighbourhood_holds_the_ties_among_its_actors(known: Known) -> None:
    chosen = choose(known, NetworkChoice(), actor("verein"))
    found = neighbourhood(chosen, actor("verein"))
    assert sorted(tie.iri.rpartition("/")[2] for tie in found.ties) == ["one-a", "one-b", "one-v"]
    both = next(tie for tie in found.ties if tie.iri.endswith("one-b"))
    assert slugs(both.graphs) == {"own-high", "paper-medium"}


def test_the_nearest_are_drawn_first_and_the_pinned_in_any_case(known: Known) -> None:
    choice = NetworkChoice(steps=3, pinned=(actor("frei"),))
    chosen = choose(known, choice, actor("verein"))
    found = neighbourhood(choose(known, NetworkChoice(steps=3)), actor("verein"))
    assert slugs(nearest(found, choose(known, NetworkChoice(steps=3)), 4)) == {"verein", "one", "amt", "bund"}
    far = neighbourhood(choose(known, NetworkChoice(steps=3), actor("verein")), actor("verein"))
    assert actor("dorf") in far.away and len(nearest(far, chosen, 3)) == 3


@pytest.mark.parametrize(
    ("starts", "ends", "year", "holds"),
    [
        (("2019",), (), 2018, False), (("2019",), (), 2019, True), (("2019",), (), 2020, None),
        (("2012",), ("2015-06-30",), 2014, True), (("2012",), ("2015-06-30",), 2016, False),
        ((), ("2015",), 2015, True), ((), ("2015",), 2014, None), ((), (), 2014, None),
        (("2010", "2012"), ("2013",), 2011, True), ((), (), None, None), (("2019",), (), None, True),
    ],
)  # fmt: skip
def test_a_time_is_known_or_not_and_silence_is_neither(starts, ends, year, holds) -> None:
    assert in_year(Tie("a", "t", "r", starts=starts, ends=ends), year) is holds


def test_a_year_leaves_out_what_is_known_to_be_outside_and_marks_the_unknown(known: Known) -> None:
    chosen = choose(known, NetworkChoice(year=2014))
    left = {tie.iri.rpartition("/")[2] for tie in chosen.ties}
    assert "one-a" not in left and "one-v" in left and "one-b" in left
    assert {tie.iri.rpartition("/")[2] for tie in chosen.ties} - {
        tie.iri.rpartition("/")[2] for tie in chosen.undated
    } == {"one-v"}
    assert [tie.iri.rpartition("/")[2] for tie in choose(known, NetworkChoice(year=2014, dated=True)).ties] == ["one-v"]


def test_kinds_leave_out_actors_but_never_the_one_in_the_middle(known: Known) -> None:
    kinds = (f"{ID}actor-kind/association",)
    assert around(known, "verein", kinds=kinds) == {"verein": 0, "bund": 1}
    assert slugs(choose(known, NetworkChoice(kinds=("unknown",))).actors) == {"einzeln", "verein", "frei", "verbund"}


def test_an_address_says_the_choice_and_what_cannot_be_followed_is_named(known: Known) -> None:
    address = (
        "role=carrier&kind=unknown&year=2014&steps=2&pin=organisation/amt"
        "&funding=1&dated=1&further=organisation/bund&group=network/verbund"
    )
    given = parse_qsl(address)
    choice, problems = read_network_choice(given, known)
    assert not problems and read_network_choice(choice.pairs(), known) == (choice, ())
    wrong = [
        ("role", "carier"),
        ("year", "20"),
        ("steps", "99"),
        ("stepps", "2"),
        ("pin", "organisation/x"),
        ("group", "?"),
    ]
    choice, problems = read_network_choice(wrong, known)
    assert choice == NetworkChoice()
    assert [one.kind for one in problems] == ["value", "year", "steps", "parameter", "value", "value"]
    assert problems[0].near == (f"{ID}role/carrier",) and problems[3].near == ("steps",)


def test_ties_by_initiatives_are_those_that_the_rule_of_the_release_derives(published_store: Path) -> None:
    store = ox.Store.read_only(str(published_store))

    def ask(query: str):
        solutions = store.query(query)
        names = [variable.value for variable in solutions.variables]
        return [{name: one[name] for name in names if one[name] is not None} for one in solutions]

    rows = ask(Library(find_bundle().queries).page(PAGE).query)
    initiatives = {
        quad.subject.value for quad in store.quads_for_pattern(None, None, ox.NamedNode(SN + "Initiative"), None)
    }
    ties = [tie for tie in working(read_ties(rows)) if tie.thing in initiatives and tie.iri]
    found = {frozenset(edge) for edge in actor_graph(Tie(t.actor, t.thing, t.role) for t in ties).edges}
    derived = store.quads_for_pattern(None, ox.NamedNode(SN + "worksWith"), None, None)
    assert found == {frozenset((quad.subject.value, quad.object.value)) for quad in derived} and len(found) > 500
