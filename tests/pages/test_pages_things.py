"""The page of a thing says everything, with its source, and says what nobody knows."""

from __future__ import annotations

import re

import pytest

NEST = "/de/initiative/nest"


def marks(element) -> list[str]:
    return [mark.attributes["href"] for mark in element.all("a", class_="mark")]


def test_every_value_of_every_row_has_a_mark_unless_it_is_unknown(read) -> None:
    for path in (NEST, "/en/initiative/nest", "/de/municipality/99001001", "/de/barrier/language", "/de/event/tag"):
        for facts in read(path).all("dl", class_="facts"):
            for row in facts.all("dd"):
                values = row.all("li") or [row]
                assert all(marks(value) or value.all("span", class_="unknown") for value in values), (path, row.text)


def test_every_mark_leads_to_a_source_on_the_page_and_every_source_is_marked(read) -> None:
    page = read(NEST)
    numbers = {f"#{item.attributes['id']}" for item in page.one("ol", class_="sources").all("li") if item.attributes}
    assert set(marks(page)) == numbers


def test_sources_are_numbered_in_the_order_of_the_page(read) -> None:
    seen = list(dict.fromkeys(marks(read(NEST))))
    assert seen == [f"#source-{number}" for number in range(1, len(seen) + 1)]


def test_a_source_is_shown_with_publisher_dates_and_confidence_in_words(read) -> None:
    sources = read(NEST).one("section", id="sources").text
    assert "Eigene Seite des Nests , Verein Nest" in sources
    assert "veröffentlicht März 2025" in sources and "gelesen 15. Januar 2026" in sources
    for word in ("sicher", "mittel", "unsicher"):
        assert word in sources


def test_a_mark_of_a_medium_or_low_source_says_so_to_ears_too(read) -> None:
    page = read(NEST)
    for confidence, word in (("medium", "mittel"), ("low", "unsicher")):
        found = page.all("a", class_=confidence)
        assert found and all(word in mark.text for mark in found)


def test_values_on_which_sources_disagree_stand_apart_each_with_its_mark(read) -> None:
    row = read(NEST).fact("Beginn")
    assert row.has("class", "disagree")
    first, second = row.all("li")
    assert first.text.startswith("2019") and second.text.startswith("1. Mai 2020")
    assert len(marks(first)) == len(marks(second)) == 1 and marks(first) != marks(second)
    assert "Die Quellen sagen Verschiedenes." in row.text


def test_values_on_which_sources_agree_stand_once_with_both_marks(read) -> None:
    row = read(NEST).fact("liegt in")
    assert len(row.all("a", href="/de/municipality/99001001")) == 1
    assert len(marks(row)) == 2


def test_figures_that_count_the_same_and_differ_are_said_to_disagree(read) -> None:
    row = read(NEST).fact("Zahlen")
    assert row.has("class", "disagree") and len(row.all("li")) == 3
    assert "Mitmachende: 40" in row.text and "Mitmachende: 55" in row.text


def test_each_value_of_a_figure_has_the_words_and_the_source_of_its_own(read) -> None:
    (told,) = (item for item in read(NEST).fact("Zahlen").all("li") if "Anfragen" in item.text)
    words = re.sub(r" Quelle \d+( , \w+)?", "", " ".join(told.text.split()))
    assert words == "Anfragen: über 300 (2024) (im ersten Jahr) / rund 500"
    assert len(marks(told)) == 2


def test_the_time_of_a_role_is_not_put_together_of_two_sources(read) -> None:
    assert "Verein Nest e. V. (2022–2024 / seit 2023)" in " ".join(read(NEST).fact("Kooperationspartner").text.split())


def test_a_role_shows_who_holds_it_and_when(read) -> None:
    row = read(NEST).fact("Träger")
    assert "Verein Nest e. V. (2020–2021)" in row.text
    assert read("/en/initiative/nest").fact("Carrier").text.startswith("Verein Nest e. V. (2020–2021)")


def test_what_an_actor_takes_part_in_stands_apart_from_who_takes_part_in_it(read) -> None:
    page = read("/de/organisation/verein")
    involved = next(one for one in page.all("section") if "Beteiligt an, nach Rolle" in one.text)
    assert "Träger Nest (2020–2021)" in involved.text
    assert not [dt for dt in page.all("dl", class_="facts")[0].all("dt") if dt.text == "Träger"]


def test_a_care_role_without_a_name_says_so(read) -> None:
    assert "not named" in read("/en/initiative/nest").text


def test_a_measure_names_its_means_or_says_that_they_are_not_known(read) -> None:
    with_means, without = sorted(
        read(NEST).fact("Hürden, die sinken").all("li"), key=lambda item: "durch" not in item.text
    )
    assert "durch Übersetzen am Tisch" in with_means.text
    assert without.one("span", class_="unknown").text == "Mittel nicht bekannt"


def test_what_a_planner_expects_and_nobody_said_is_shown_as_unknown(read) -> None:
    page = read("/de/initiative/bare")
    for name in ("Ort", "Träger", "Beginn", "Hürden, die sinken", "Förderung"):
        assert page.fact(name).one("span", class_="unknown").text == "keine Angabe"
    assert not [dt for dt in read(NEST).all("dt") if dt.text == "Ort"]


def test_things_easily_confused_are_named_on_both_pages(read) -> None:
    assert "Nicht verwechseln" in read(NEST).one("aside").text
    assert read("/de/initiative/nest-sued").one("aside").all("a", href=NEST)


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nt", "rdf"])
def test_the_data_formats_are_linked(read, ending: str) -> None:
    assert read(NEST).all("a", href=f"/doc/initiative/nest.{ending}")


def test_the_cite_box_names_release_and_lasting_address(read) -> None:
    cite = read(NEST).one("section", class_="cite")
    assert "Veröffentlichung 1" in cite.text and "https://w3id.org/sorgenetz/id/initiative/nest" in cite.text


def test_dates_are_as_exact_as_their_source_and_numbers_are_written_as_in_the_language(read) -> None:
    place = "/municipality/99001001"
    assert read(f"/de{place}").fact("Einwohnerzahl").text.startswith("9.823")
    assert read(f"/en{place}").fact("population").text.startswith("9,823")
    assert read(f"/de{place}").fact("Punkt").text.startswith("50,95° N, 7,05° O")


def test_a_name_in_another_language_is_marked_as_such(read) -> None:
    heading = read("/en/initiative/nest").one("h1")
    assert heading.one("span").attributes["lang"] == "de"


def test_a_municipality_shows_where_it_lies_and_what_is_there(read) -> None:
    page = read("/de/municipality/99001001")
    assert [link.text for link in page.all("nav", class_="crumbs")[0].all("a")] == [
        "Orte", "Deutschland", "Musterland", "Kreis Musterau",
    ]  # fmt: skip
    text = page.one("main").text
    assert "Initiativen hier 1" in text and "Für ein größeres Gebiet" in text and "Nest Süd" in text
    assert "Verein Nest e. V." in text


def test_a_place_without_initiatives_says_that_none_is_known_not_that_there_is_none(read) -> None:
    text = read("/de/municipality/99001002").one("main").text
    assert "Wir kennen hier keine Initiative. Das heißt nicht, dass es keine gibt." in text
    assert "Auch im Kreis" in text


def test_a_source_page_shows_what_the_source_says(read) -> None:
    page = read("/de/source/own")
    assert page.all("a", href=NEST) and page.all("a", href="https://nest.example/ueber")
    assert "Was diese Quelle sagt" in page.text


def test_a_barrier_shows_who_lowers_it(read) -> None:
    assert "Nest durch Übersetzen am Tisch" in read("/de/barrier/language").fact("Wer sie senkt").text


def test_an_unknown_thing_is_404(read) -> None:
    assert "Hier ist nichts" in read("/de/initiative/does-not-exist", status=404).text
    read("/de/nonsense/nest", status=404)
