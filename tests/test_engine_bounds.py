"""What a query worker is denied: memory and bytes beyond the bound, files, sockets, and the secrets of the service."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import small_store
from small_store import EXAMPLE, LABELS, LIMITS, QUICK, pool_of

from sorgenetz.errors import QueryFailed, ResultTooLarge, TooManyRows


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store.build(tmp_path_factory.mktemp("bounds"))


def test_work_of_usual_size_stays_within_the_memory_bound(store: Path) -> None:
    with pool_of(store, replace(LIMITS, query_memory_mb=32, result_mb=8)) as pool:
        query = f"SELECT ?o (COUNT(?s) AS ?n) {{ ?s <{EXAMPLE}label> ?o }} GROUP BY ?o ORDER BY DESC(?n) ?o"
        for _ in range(3):
            assert pool.run(query, "json").rows == LABELS


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_a_result_beyond_the_limit_is_an_error_and_never_cut(store: Path, query: str) -> None:
    with pool_of(store) as pool:
        with pytest.raises(ResultTooLarge) as raised:
            pool.run(query, "json" if query.startswith("SELECT") else "nt")
        assert raised.value.details == {"limit_mb": 1}
        assert b"true" in pool.run(QUICK, "json").body


@pytest.mark.parametrize("key", ["json", "xml", "csv", "tsv", "ttl", "nt", "jsonld", "rdf"])
def test_one_row_more_than_the_limit_is_an_error_and_as_many_as_the_limit_are_an_answer(store: Path, key: str) -> None:
    form = "SELECT ?s ?o" if key in ("json", "xml", "csv", "tsv") else f"CONSTRUCT {{ ?s <{EXAMPLE}next> ?o }}"
    with pool_of(store, replace(LIMITS, result_rows=1000)) as pool:
        query = f"{form} {{ ?s <{EXAMPLE}next> ?o }} LIMIT "
        assert pool.run(query + "1000", key).rows == 1000
        with pytest.raises(TooManyRows) as raised:
            pool.run(query + "1001", key)
        assert raised.value.details == {"limit": 1000}
        for language in ("de", "en"):
            assert "1000" in raised.value.text(language)
            assert all(word in raised.value.remedy(language) for word in ("LIMIT", "OFFSET", f"/{language}/dataset"))
        assert b"true" in pool.run(QUICK, "json").body


@pytest.mark.parametrize("key", ["json", "xml", "csv", "tsv"])
def test_texts_that_look_like_rows_are_not_counted_as_rows(store: Path, key: str) -> None:
    text = r"},{ \r\n,{},{ <result><result>" * 50
    with pool_of(store, replace(LIMITS, result_rows=3)) as pool:
        assert pool.run(f'SELECT ?n ?t {{ VALUES ?n {{ 1 2 3 }} BIND("{text}" AS ?t) }}', key).rows == 3
        with pytest.raises(TooManyRows):
            pool.run(f'SELECT ?n ?t {{ VALUES ?n {{ 1 2 3 4 }} BIND("{text}" AS ?t) }}', key)


def test_a_worker_cannot_reach_any_address(store: Path) -> None:
    """The pool is asked directly here: nothing has looked for the keyword."""
    with socket.create_server(("127.0.0.1", 0)) as server, pool_of(store) as pool:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/sparql"
        with pytest.raises(QueryFailed):
            pool.run(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", "json")
        assert pool.run(f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}", "json").rows == 1
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_worker_has_given_up_what_it_does_not_need(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SORGENETZ_SECRET", "do not tell")
    with pool_of(store) as pool:
        process = Path(f"/proc/{pool.worker_pids()[0]}")
        limits = {line[:26].strip(): line[26:].split()[:2] for line in (process / "limits").read_text().splitlines()}
        assert limits["Max core file size"] == limits["Max file size"] == ["0", "0"]
        # Beyond what is open there is room for the tables of the store, which open when needed, and nothing else.
        status = dict(line.split(":\t") for line in (process / "status").read_text().splitlines() if ":\t" in line)
        assert (status["Seccomp"].strip(), status["NoNewPrivs"].strip()) == ("2", "1")
        held = max(int(entry.name) for entry in (process / "fd").iterdir()) + 1
        assert int(limits["Max open files"][0]) <= held + len(list(store.glob("*.sst")))
        assert int(limits["Max address space"][0]) < 1024**3
        assert (process / "oom_score_adj").read_text().strip() == "500"
        assert b"do not tell" not in (process / "environ").read_bytes()


def test_a_store_of_many_tables_answers_from_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "store"
    for number in range(12):
        quads = ox.Store(path)
        quads.add(ox.Quad(ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g")))
        quads.flush()
        del quads
    assert len(list(path.glob("*.sst"))) > 40
    with pool_of(path) as pool:
        assert pool.run("SELECT * { GRAPH ?g { ?s ?p ?o } }", "json").rows == 12
        assert pool.run("SELECT * { GRAPH ?g { <urn:7> ?p ?o } }", "json").rows == 1
