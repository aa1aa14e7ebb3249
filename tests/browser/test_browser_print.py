"""On paper: nothing is lost at the edge of a sheet, shades are printed, and no heading stands alone."""

from __future__ import annotations

import re

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
