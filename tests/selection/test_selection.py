"""What can be chosen comes from the shapes; counts are those of the selections they lead to; unknown is not none."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers import reader_of

from selection.conftest import ROOT, publish_choices
from sorgenetz.insight.given import MOST_GIVEN
from sorgenetz.insight.reader import Reader
from sorgenetz.insight.selection.catalogue import catalogue
from sorgenetz.insight.selection.choice import UNKNOWN, Choice, read_choice
from sorgenetz.insight.selection.selected import Selected, select
from sorgenetz.names import ID
from sorgenetz.web.app import create_app


def chosen(reader: Reader, *pairs: tuple[str, str]) -> Selected:
    choice, problems = read_choice(pairs, catalogue(reader))
    assert not problems
    return select(reader, choice, "Ort")


def slugs(selected: Selected) -> list[str]:
    return [iri.removeprefix(f"{ID}initiative/") for iri in selected.things]


def problems(reader: Reader, *pairs: tuple[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    found = read_choice(pairs, catalogue(reader))[1]
    return [(one.kind, tuple(iri.removeprefix(ID) for iri in one.near)) for one in found]


def test_the_facets_are_the_properties_that_the_shapes_name_in_their_order(german: Reader) -> None:
    keys = [facet.key for facet in catalogue(german).facets]
    assert keys[:4] == ["initiativeKind", "lowersBarrier", "targetGroup", "forGroup"]
    assert {"role", "actor", "shownAt", "underProgramme"} <= set(keys)
    assert not {"locatedIn", "transferredTo", "statedIn", "label"} & set(keys)


def test_a_changed_name_in_a_shape_changes_the_facet(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    for file in (ROOT / "shapes").glob("*.ttl"):
        (shapes / file.name).write_text(file.read_text("utf-8").replace('"Zielgruppe"@de', '"Für wen"@de'), "utf-8")
    application = create_app(publish_choices(tmp_path, shapes))
    try:
        labels = {facet.key: facet.label for facet in catalogue(reader_of(application)).facets}
    finally:
        application.extensions["sorgenetz"].engine.close()
    assert labels["targetGroup"] == "Für wen"


def test_without_a_choice_all_are_there_by_name(german: Reader) -> None:
    assert slugs(chosen(german)) == ["hostile", "bare", "garten", "nest", "nest-sued"]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("lowersBarrier", "language")], ["garten", "nest"]),
        ([("lowersBarrier", "language"), ("lowersBarrier", "financial")], ["garten", "nest"]),
        ([("lowersBarrier", "language"), ("place", "kreis/99001")], ["nest"]),
        ([("place", "kreis/99001")], ["nest", "nest-sued"]),
        ([("place", "land/99")], ["bare", "garten", "nest", "nest-sued"]),
        ([("actor", "organisation/verein"), ("role", "carrier")], ["garten", "nest"]),
        ([("q", "garten")], ["garten"]),
        ([("q", "KÜMMERNEST kochen")], ["nest"]),
        ([("since", "2020")], ["garten", "nest"]),
        ([("until", "2019")], ["nest"]),
    ],
)
def test_a_choice_leaves_what_has_all_of_it(german: Reader, pairs, expected) -> None:
    assert slugs(chosen(german, *pairs)) == expected


def test_a_broader_concept_includes_the_narrower_ones(german: Reader) -> None:
    assert slugs(chosen(german, ("targetGroup", "older-people"))) == ["bare", "garten", "nest"]
    assert slugs(chosen(german, ("targetGroup", "very-old-people"))) == ["garten"]


def test_a_surer_confidence_counts_only_what_such_sources_say(german: Reader) -> None:
    group = ("targetGroup", "older-people")
    assert slugs(chosen(german, group, ("confidence", "medium"))) == ["garten", "nest"]
    assert slugs(chosen(german, group, ("confidence", "high"))) == ["garten"]


def test_unknown_can_be_asked_for_and_is_not_none(german: Reader) -> None:
    selected = chosen(german, ("lowersBarrier", UNKNOWN))
    assert slugs(selected) == ["hostile", "bare", "nest-sued"]
    counts = next(one for one in chosen(german).facets if one.key == "lowersBarrier")
    assert counts.unknown == 3


def test_those_with_unknown_start_are_counted_beside_a_choice_of_years(german: Reader) -> None:
    assert chosen(german, ("since", "2019")).start_unknown == 3


@pytest.mark.parametrize("pairs", [[], [("lowersBarrier", "language")], [("place", "kreis/99002"), ("q", "a")]])
def test_each_count_is_that_of_the_selection_it_leads_to(german: Reader, pairs) -> None:
    selected = chosen(german, *pairs)
    tried = 0
    for counts in selected.facets:
        alone = selected.choice.without(counts.key)
        for option in counts.options:
            assert len(select(german, alone.with_value(counts.key, option.thing.iri)).things) == option.count
            tried += 1
        assert len(select(german, alone.with_value(counts.key, UNKNOWN)).things) == counts.unknown
    assert tried > 10


def test_an_empty_selection_says_which_choice_to_give_up(german: Reader) -> None:
    selected = chosen(german, ("place", "kreis/99002"), ("lowersBarrier", "financial"))
    assert not selected.things
    assert {(key, count) for key, _, count in selected.ways_out()} == {("place", 1), ("lowersBarrier", 2)}


def test_the_address_of_a_choice_gives_the_choice_again(german: Reader) -> None:
    at = catalogue(german)
    choice, _ = read_choice([("q", "nest"), ("place", "kreis/99001"), ("lowersBarrier", "language"), ("since", "2019"),
                             ("confidence", "high")], at)  # fmt: skip
    assert choice.address(at) == "q=nest&lowersBarrier=language&place=kreis%2F99001&since=2019&confidence=high"
    assert read_choice(choice.pairs(at), at) == (choice, ())


def test_a_name_stands_for_its_value_and_two_of_one_name_are_asked_about(german: Reader) -> None:
    assert slugs(chosen(german, ("place", "musterdorf"))) == ["nest"]
    assert problems(german, ("place", "Doppelstadt")) == [("several", ("kreis/99002", "municipality/99002001"))]


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (("lowersBarrier", "langage"), ("value", ("barrier/language",))),
        (("lowersBarier", "language"), ("parameter", ("lowersBarrier",))),
        (("since", "um 2012"), ("year", ())),
        (("since", "99999"), ("year", ())),
        (("since", "9" * 5_000), ("year", ())),
        (("confidence", "hoch"), ("value", ("confidence/high",))),
        (("place", "initiative/nest"), ("value", ())),
        (("place", "x" * 10_000), ("value", ())),
        (("<script>", "1"), ("parameter", ())),
        (("q", "a" * 10_240), ("too-long", ())),
    ],
)
def test_what_cannot_be_followed_is_named_with_what_may_be_meant(german: Reader, pair, expected) -> None:
    assert problems(german, pair) == [expected]


def test_an_address_without_end_is_read_at_its_beginning_and_that_is_said(german: Reader) -> None:
    endless = [("place", "musterdorf"), *(("place", f"nirgends {number}") for number in range(1_000))]
    choice, found = read_choice(endless, catalogue(german))
    assert [len(choice.values["place"]), len(found), found[-1].kind] == [1, MOST_GIVEN, "too-much"]


def test_years_the_wrong_way_round_are_exchanged_and_it_is_said(german: Reader) -> None:
    choice, found = read_choice([("since", "2021"), ("until", "2019")], catalogue(german))
    assert choice == Choice(since=2019, until=2021) and [one.kind for one in found] == ["years-turned"]
