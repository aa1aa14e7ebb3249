"""On paper: nothing is lost at the edge of a sheet, shades are printed, and no heading stands alone."""

from __future__ import annotations

import io
import re
from urllib.parse import quote

import pypdf
import pytest

# What is left of A4 between the margins, upright and across, in pixels.
UPRIGHT, ACROSS = 672, 1031
SHEET = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
OUTSIDE = """() => [...document.querySelectorAll(".gaps :is(th, td)")].filter(cell => {
  const box = cell.getBoundingClientRect();
  return cell.scrollWidth > cell.clientWidth + 1 || box.left < 0 || box.right > innerWidth;
}).map(cell => cell.textContent)"""


@pytest.mark.parametrize("columns", ["lowersBarrier", "role"])
@pytest.mark.parametrize("width", [UPRIGHT, ACROSS])
def test_all_columns_of_the_matrix_are_on_the_sheet(opened_on_data, columns: str, width: int) -> None:
    page = opened_on_data(f"/de/gaps?columns={columns}", width)
    page.emulate_media(media="print")
    assert page.locator(".gaps thead th").count() > 10 and page.evaluate(OUTSIDE) == []


def test_the_matrix_is_printed_across_and_other_pages_upright(opened_on_data) -> None:
    for path, is_across in (("gaps", True), ("initiatives?view=table", False)):
        sheets = SHEET.findall(opened_on_data(f"/de/{path}").pdf(format="A4"))
        assert sheets and all((float(width) > float(height)) is is_across for width, height in sheets)


COLUMNS = " ".join(f"BIND({number}000.25 AS ?Spalte{number})" for number in range(10, 24))
WIDE = f"SELECT * {{ {COLUMNS} VALUES ?r {{ {' '.join(map(str, range(100)))} }} }}"


def test_a_wide_answer_is_printed_with_all_columns_its_head_on_each_sheet_its_address_and_its_release(opened) -> None:
    page = opened(f"/de/sparql?query={quote(WIDE)}", ACROSS)
    address = page.url
    page.emulate_media(media="print")
    assert page.locator("table.result thead th").count() == 15
    assert page.evaluate(OUTSIDE.replace(".gaps", "table.result")) == []
    assert page.evaluate("Math.max(...[...document.querySelectorAll('.result td')].map(one => one.clientHeight))") < 40
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    texts = [sheet.extract_text() for sheet in printed.pages]
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in printed.pages) and len(texts) > 2
    assert all("Spalte23" in text for text in texts[1:-1])
    last = "".join(texts[-1].split())
    assert f"AdressedieserSeite:{address.partition('?')[0]}" in last and "Stand:Veröffentlichung1vom" in last


def test_a_page_is_printed_with_its_address_and_without_what_cannot_be_used(opened) -> None:
    page = opened("/de/network?year=2014")
    page.emulate_media(media="print")
    assert page.get_by_text(f"Adresse dieser Seite: {page.url}").is_visible()
    assert not page.get_by_role("button").or_(page.locator(".foot li")).filter(visible=True).count()


def test_the_shades_of_the_legend_are_printed_where_backgrounds_are_not(opened) -> None:
    page = opened("/de/brief")
    page.emulate_media(media="print")
    swatches = page.locator(".legend .gap")
    assert swatches.count() == 4
    for swatch in swatches.all():
        assert swatch.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"


def test_no_heading_is_printed_of_a_form_that_is_not(opened) -> None:
    page = opened("/de/initiatives?view=table")
    page.emulate_media(media="print")
    assert not page.get_by_text("Nach einem Namen suchen").is_visible()
