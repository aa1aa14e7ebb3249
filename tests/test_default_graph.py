"""The default graph beside a store: each triple once, in one order, and held in memory only when it is whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from sorgenetz.default_graph import FILE, hold_default_graph, write_default_graph
from sorgenetz.releases.chain import Home
from sorgenetz.releases.publish import publish
from sorgenetz.releases.rebuilt import release_again, thin

NAME = ox.NamedNode("urn:name")
TRIPLES = [
    ox.Triple(ox.NamedNode("urn:b"), NAME, ox.Literal("zwei\nZeilen . <urn:x>", language="de")),
    ox.Triple(ox.NamedNode("urn:a"), NAME, ox.BlankNode("c14n0")),
    ox.Triple(ox.BlankNode("c14n0"), NAME, ox.Literal("# 7 triples")),
]


def triples_in(store: ox.Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


def test_what_is_written_is_held_with_the_names_of_its_blank_nodes(tmp_path: Path) -> None:
    write_default_graph(tmp_path, [*TRIPLES, *TRIPLES])
    held = hold_default_graph(tmp_path, 3)
    assert held is not None
    assert triples_in(held) == set(TRIPLES)
    assert len(held) == 3


def test_the_same_triples_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    write_default_graph(tmp_path, TRIPLES)
    before = (tmp_path / FILE).read_bytes()
    write_default_graph(tmp_path, reversed(TRIPLES))
    assert (tmp_path / FILE).read_bytes() == before


def test_more_triples_than_wanted_are_not_held(tmp_path: Path) -> None:
    write_default_graph(tmp_path, TRIPLES)
    assert hold_default_graph(tmp_path, 2) is None
    assert hold_default_graph(tmp_path / "older", 2) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip",
        gzip.compress(b""),
        gzip.compress(b"# 2 triples\n<urn:a> <urn:b> <urn:c> .\n"),
        gzip.compress(b"# 1 triples\n<urn:a> <urn:b> <urn:c> .\n" * 9)[:-9],
        gzip.compress(b"# 1 triples\n<urn:a> <urn:b> .\n"),
    ],
    ids=["empty", "no gzip", "nothing in it", "one is missing", "broken off", "no triple"],
)
def test_a_broken_file_is_no_graph(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        hold_default_graph(tmp_path, 9)


def test_every_release_has_its_own_also_when_it_is_rebuilt(tmp_path: Path) -> None:
    home = Home(tmp_path)
    names = []
    # Of many statements few change: the store of the second release is linked to that of the first.
    for last in ("old", "new"):
        said = [(str(number), graph) for number in range(50) for graph in ("urn:g1", "urn:g2")] + [(last, "urn:g1")]
        quads = [ox.Quad(ox.NamedNode("urn:s"), NAME, ox.Literal(text), ox.NamedNode(graph)) for text, graph in said]
        names.append(publish(home, quads, lambda store, change: "").name)
        release = home.release(names[-1])
        held = hold_default_graph(release.store_path, 99)
        assert held is not None
        assert triples_in(held) == {quad.triple for quad in quads}
        assert triples_in(held) == triples_in(ox.Store.read_only(str(release.store_path)))
    first = home.release(names[0]).store_path / FILE
    before = first.read_bytes()
    thin(home, keep=1)
    assert not first.exists()
    with release_again(home, names[0]) as (again, was_rebuilt):
        assert was_rebuilt and (again.store_path / FILE).read_bytes() == before
