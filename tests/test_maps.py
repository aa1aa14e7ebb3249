"""Our own outlines: keys are texts, neighbours share their border, and the projection keeps shapes."""

from __future__ import annotations

import re

import pytest

from sorgenetz.insight.maps.drawing import borders, shapes
from sorgenetz.insight.maps.outlines import outlines
from sorgenetz.insight.maps.projection import fitted

GERMANY = [(5.9, 51.0), (15.0, 51.2), (10.2, 47.3), (8.4, 55.1)]


@pytest.mark.parametrize(("layer", "count", "length"), [("laender", 16, 2), ("kreise", 401, 5), ("gemeinden", 396, 8)])
def test_every_area_has_its_official_key_as_text(layer: str, count: int, length: int) -> None:
    keys = [region.key for region in outlines(layer).regions]
    assert len(set(keys)) == count and {len(key) for key in keys} == {length}
    assert any(key.startswith("0") for key in keys) or layer == "gemeinden"


def test_outlines_lie_where_germany_lies() -> None:
    for layer in ("laender", "gemeinden"):
        points = [point for number in outlines(layer).arcs_used() for point in outlines(layer).arcs[number]]
        assert min(x for x, _ in points) > 5.8 and max(x for x, _ in points) < 15.1
        assert min(y for _, y in points) > 47.2 and max(y for _, y in points) < 55.1


def test_the_projection_keeps_angles_and_distances_of_germany() -> None:
    to = fitted(GERMANY, 660, 720)
    (x, y), (east, _), (_, north) = to((10.5, 51.0)), to((10.6, 51.0)), to((10.5, 51.1))
    # A tenth of a degree of longitude is cos(51°) of one of latitude there.
    assert (east - x) / (y - north) == pytest.approx(0.6293, rel=0.01)
    hamburg, munich = to((9.99, 53.55)), to((11.58, 48.14))
    berlin, cologne = to((13.40, 52.52)), to((6.96, 50.94))
    north_south = ((hamburg[0] - munich[0]) ** 2 + (hamburg[1] - munich[1]) ** 2) ** 0.5
    west_east = ((berlin[0] - cologne[0]) ** 2 + (berlin[1] - cologne[1]) ** 2) ** 0.5
    assert north_south / west_east == pytest.approx(612.0 / 477.0, rel=0.01)


def test_all_points_fit_into_the_picture_with_room_around_them() -> None:
    for points in (GERMANY, [(7.0, 51.0)], [(7.0, 51.0), (7.001, 51.0)], [(-10.0, 40.0), (30.0, 60.0)]):
        to = fitted(points, 660, 720)
        assert all(10 <= x <= to.width - 10 and 10 <= y <= to.height - 10 for x, y in map(to, points))
        assert to.height <= 720


def test_a_map_of_germany_has_all_laender_in_less_than_60_kb() -> None:
    to = fitted(GERMANY, 660, 720)
    drawn = shapes(outlines("laender"), to)
    assert [shape.key for shape in drawn] == [f"{number:02d}" for number in range(1, 17)]
    assert all(re.fullmatch(r"(?:M[-\d.]+ [-\d.]+l[-\d., e]+Z)+", shape.path) for shape in drawn)
    assert sum(len(shape.path) for shape in drawn) < 60_000


def test_borders_inside_are_drawn_once_and_without_those_of_the_laender() -> None:
    to = fitted(GERMANY, 660, 720)
    kreise, laender = outlines("kreise"), outlines("laender")
    inner = kreise.arcs_used() - laender.arcs_used()
    assert borders(kreise, to, laender.arcs_used()).count("M") == len(inner)
    assert len(borders(kreise, to)) > len(borders(kreise, to, laender.arcs_used()))


def test_a_close_view_leaves_out_what_it_does_not_show() -> None:
    near = fitted([(6.9, 50.9), (7.2, 51.1)], 660, 720)
    keys = [shape.key for shape in shapes(outlines("laender"), near)]
    assert "05" in keys and len(keys) <= 4
    assert len(borders(outlines("kreise"), near)) < 20_000
