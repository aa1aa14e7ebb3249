"""Releases are immutable, chained, the same everywhere, and switch in one step."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from sorgenetz.errors import GateClosed, HomeBusy, HomeNotWritable, NoRelease, NothingHere, ReleaseBroken
from sorgenetz.releases.chain import Home
from sorgenetz.releases.publish import publish
from sorgenetz.releases.served import LOOK_SECONDS, CurrentRelease

G1, G2 = "urn:g1", "urn:g2"


def quad(subject: str, value: str, graph: str = G1) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode("urn:p"), ox.Literal(value), ox.NamedNode(graph))


def open_gate(store: Path, change: object) -> str:
    return ""


def default_graph(home: Home) -> list[str]:
    store = ox.Store.read_only(str(home.current().store_path))
    return sorted(str(q.triple) for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def test_a_statement_of_two_sources_stands_once_in_the_default_graph(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, [quad("urn:a", "1", G1), quad("urn:a", "1", G2)], open_gate)
    assert len(default_graph(home)) == 1
    assert home.current().manifest["quads"] == 2 and home.current().manifest["triples"] == 1


def test_a_triple_leaves_the_default_graph_with_the_last_source_that_says_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    rest = [quad("urn:x", str(number)) for number in range(50)]
    publish(home, [*rest, quad("urn:a", "1", G1), quad("urn:a", "1", G2)], open_gate)
    publish(home, [*rest, quad("urn:a", "1", G2)], open_gate)
    assert len(default_graph(home)) == 51
    publish(home, rest, open_gate)
    assert len(default_graph(home)) == 50
    store = ox.Store.read_only(str(home.current().store_path))
    assert {str(graph) for graph in store.named_graphs()} == {f"<{G1}>"}


def test_a_small_change_leaves_the_parent_as_it_was(tmp_path: Path) -> None:
    home = Home(tmp_path)
    rest = [quad("urn:x", str(number)) for number in range(50)]
    first = publish(home, rest, open_gate)
    second = publish(home, [*rest[1:], quad("urn:y", "new")], open_gate)
    assert (second.manifest["added"], second.manifest["removed"]) == (1, 1)
    assert second.manifest["parent"] == first.name
    assert len(ox.Store.read_only(str(first.store_path))) == 100
    assert len(ox.Store.read_only(str(second.store_path))) == 100


def test_the_same_quads_give_the_same_name_on_another_machine(tmp_path: Path) -> None:
    quads = [quad("urn:a", str(number)) for number in range(20)]
    code = textwrap.dedent(f"""
        import pyoxigraph as ox
        from pathlib import Path
        from sorgenetz.releases.chain import Home
        from sorgenetz.releases.publish import publish
        quads = list(ox.parse({os.linesep.join(f"{q} ." for q in reversed(quads))!r}, format=ox.RdfFormat.N_QUADS))
        print(publish(Home(Path({str(tmp_path / "b")!r})), quads, lambda store, change: "").name)
    """)
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert publish(Home(tmp_path / "a"), quads, open_gate).name == other.stdout.strip()


def test_nothing_changed_makes_no_release(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = publish(home, [quad("urn:a", "1")], open_gate)
    assert publish(home, [quad("urn:a", "1")], open_gate).name == first.name
    assert len(home.all()) == 1


def test_a_refused_candidate_leaves_no_trace(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = publish(home, [quad("urn:a", "1")], open_gate)

    def closed(store: Path, change: object) -> str:
        raise GateClosed(errors=1)

    with pytest.raises(GateClosed):
        publish(home, [quad("urn:b", "2")], closed)
    assert home.current().name == first.name
    assert [path.name for path in home.releases.iterdir()] == [first.name]


def test_two_cannot_publish_at_once(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.publishing(), pytest.raises(HomeBusy):
        publish(home, [quad("urn:a", "1")], open_gate)


def test_what_a_dead_publisher_left_is_cleared(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, [quad("urn:a", "1")], open_gate)
    (home.releases / ".unfinished-1" / "store").mkdir(parents=True)
    (tmp_path / ".current-1").write_text("nonsense")
    publish(home, [quad("urn:b", "1")], open_gate)
    assert not list(home.releases.glob(".*")) and not list(tmp_path.glob(".current*"))


def test_kill_9_while_publishing_leaves_the_old_or_the_new_release(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = publish(home, [quad("urn:a", str(number)) for number in range(200)], open_gate)
    code = textwrap.dedent(f"""
        import os, signal, sys, pyoxigraph as ox
        from pathlib import Path
        from sorgenetz.releases.chain import Home
        from sorgenetz.releases.publish import publish
        count = 0
        def trace(event, arguments):
            global count
            watched = ("open", "os.rename", "os.link", "os.mkdir", "shutil.copyfile")
            if event in watched and {str(tmp_path)!r} in str(arguments):
                count += 1
                if count == int(sys.argv[1]):
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(trace)
        quads = [ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(str(n)), ox.NamedNode("urn:g1"))
                 for n in range(1, 202)]
        print(publish(Home(Path({str(tmp_path)!r})), quads, lambda store, change: "").name)
    """)
    seen = set()
    for moment in range(1, 200, 2):
        done = subprocess.run([sys.executable, "-c", code, str(moment)], capture_output=True, text=True, check=False)
        release = home.current()
        assert len(ox.Store.read_only(str(release.store_path))) == 2 * release.manifest["quads"]
        seen.add(release.name == first.name)
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        home.point_to(first.name)
        for other in home.all():
            if other.name != first.name:
                subprocess.run(["rm", "-rf", other.folder], check=True)
    assert done.returncode == 0 and home.current().name == done.stdout.strip() and seen == {True, False}


def test_a_half_written_release_is_named_as_such(tmp_path: Path) -> None:
    home = Home(tmp_path)
    release = publish(home, [quad("urn:a", "1")], open_gate)
    (release.folder / "manifest.json").write_text('{"name": ')
    with pytest.raises(ReleaseBroken, match=release.name):
        home.current()


def test_a_home_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("")
    with pytest.raises(HomeNotWritable, match="a-file"):
        publish(Home(file), [quad("urn:a", "1")], open_gate)


def test_the_served_release_follows_current_and_outlives_a_broken_pointer(tmp_path: Path) -> None:
    home, served = Home(tmp_path), CurrentRelease(tmp_path)
    with pytest.raises(NoRelease):
        served.get()
    first = publish(home, [quad("urn:a", "1")], open_gate)
    assert served.get().name == first.name
    second = publish(home, [quad("urn:a", "2")], open_gate)
    time.sleep(LOOK_SECONDS)
    assert served.get().name == second.name
    home.point_to("000099-nowhere")
    time.sleep(LOOK_SECONDS)
    assert served.get().name == second.name


def test_a_release_name_cannot_climb_out_of_the_folder(tmp_path: Path) -> None:
    for name in ("../x", ".", "a/b", ""):
        with pytest.raises((NothingHere, ReleaseBroken)):
            Home(tmp_path).release(name)


def test_a_number_that_the_store_writes_otherwise_is_no_change(tmp_path: Path) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    size = ox.Quad(
        ox.NamedNode("urn:a"), ox.NamedNode("urn:size"), ox.Literal("1.50", datatype=decimal), ox.NamedNode(G1)
    )
    rest = [quad("urn:x", str(number)) for number in range(50)]
    first = publish(Home(tmp_path), [*rest, size], open_gate)
    assert publish(Home(tmp_path), [*rest, size], open_gate).name == first.name
    second = publish(Home(tmp_path), [*rest, size, quad("urn:y", "new")], open_gate)
    assert (second.manifest["added"], second.manifest["removed"]) == (1, 0)
