"""What is read off a query before it runs: form, graphs, SERVICE; in linear time and for any text."""

from __future__ import annotations

import time
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sorgenetz.engine.iri_reference import resolve
from sorgenetz.engine.query_text import read_query
from sorgenetz.errors import ServiceRefused

# Each holds SERVICE and FROM where they mean nothing.
NOISE = (
    '"SERVICE { FROM <x:>"', "'SERVICE # FROM'", '"""SERVICE " "" FROM\n{"""', "'''SERVICE ' '' FROM\n}'''",
    '"\\"SERVICE\\\\"', '""', "''", "# SERVICE FROM {\n", "<http://SERVICE/#FROM>", "?SERVICE", "$FROM", "_:SERVICE",
    "SERVICE:FROM", "x:SERVICE.FROM", "x:a\\#b", '"x"@SERVICE', '"x"^^x:SERVICE', "12.5e3", "!=", "?a < ?b", "(", ")",
)  # fmt: skip
PROLOGUE = "PREFIX SERVICE: <http://s/> PREFIX x: <http://x/> "


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "select"), ("ask{}", "ask"), ("Construct WHERE {}", "construct"), ("DESCRIBE <a:>", "describe"),
        ("# ASK\nPREFIX ask: <a:> BASE <http://ask/> SELECT * {}", "select"), ("\\u0041SK {}", "ask"),
        ('VERSION "1.2" ASK {}', "ask"), ("SELECTDISTINCT * {}", "select"), ("PREFIX:<a:>ASK{}", "ask"),
        ("INSERT DATA {}", "update"), ("WITH <a:> DELETE {} WHERE {}", "update"), ("LOAD <a:>", "update"),
        ("PREFIX a: <b:> clear all", "update"), ("DROP ALL", "update"), ("COPY <a:> TO <b:>", "update"),
        ("", "unknown"), ("# SELECT", "unknown"), ("hello SELECT", "unknown"), ("'SELECT'", "unknown"),
    ],
)  # fmt: skip
def test_the_form_is_the_first_keyword_after_the_prologue(text: str, form: str) -> None:
    assert read_query(text).form == form


WORDS = st.sampled_from([
    "SELECT", "select *", "ASK", "DESCRIBE", "PREFIX a: <urn:a#>", "prefix :<urn:b>", "BASE <urn:c>", "FROM <urn:g>",
    "fRom a:g", "FROM NAMED <urn:g>", "SERVICE <urn:s> {}", "service", "'from'", '"\\u0046ROM"', "\\u0046ROM <urn:g>",
    "# FROM <urn:h>\n", "{ ?s ?p ?o }", "{ ?from a:service 1 }", "<urn:select>", "WHERE", "INSERT DATA {}",
    "\u017felect", "\u00a0", "?x", "(1 AS ?y)", "VERSION '1.2'", "GROUP BY ?ask", "",
])  # fmt: skip


@given(st.lists(WORDS, max_size=8), st.sampled_from(["", " ", "\n", "\u2003"]))
def test_what_is_told_at_one_glance_is_what_the_whole_reading_tells(words: list[str], gap: str) -> None:
    text = gap.join(words)
    # A comment before it: then nothing is told at one glance, and a place is one line further down.
    whole = read_query(f"#\n{text}")
    assert read_query(text) == replace(whole, refused_for=read_query(text).refused_for)


@pytest.mark.parametrize(
    ("clauses", "default", "named"),
    [
        ("FROM <http://g/1>", ["http://g/1"], []),
        ("FROM <http://g/1> FROM NAMED <http://g/2> FROM <http://g/3>", ["http://g/1", "http://g/3"], ["http://g/2"]),
        ("FROM <http://g/1> FROM <http://g/1>", ["http://g/1"], []),
        ("from g:1 from named g:", ["http://g/1"], ["http://g/"]),
        ("FROM#<http://no>\n<http://g/1>", ["http://g/1"], []),
        ("FROM <1> FROM NAMED <../up>", ["http://base/dir/1"], ["http://base/up"]),
        ("FROM <http://g/\\u0031>", ["http://g/1"], []),
        ("FROM g:a\\/b.c FROM g:%41", ["http://g/a/b.c", "http://g/%41"], []),
        ("FROMNAMED<http://g/1>", [], ["http://g/1"]),
        ("FROM:x", ["http://empty/x"], []),
        ("FROM unknown:x", [], []),
    ],
)
def test_graphs_are_those_of_from_with_prefixes_and_base_resolved(clauses: str, default: list, named: list) -> None:
    prologue = "BASE <http://base/dir/> PREFIX g: <http://g/> PREFIX : <http://empty/> "
    for start, end in (
        ("SELECT * ", "WHERE { ?from <from:> 'FROM <http://no>' }"),
        ("ASK ", "{ { FROM <http://no> } }"),
    ):
        found = read_query(prologue + start + clauses + " " + end)
        assert (list(found.default_graphs), list(found.named_graphs)) == (default, named)
        assert found.has_dataset


def test_no_from_means_no_dataset() -> None:
    assert not read_query("PREFIX from: <a:> DESCRIBE from:x ?from WHERE { ?from ?p 'FROM <x:>' }").has_dataset


@given(st.lists(st.sampled_from(NOISE), max_size=20), st.integers(0, 20), st.booleans())
def test_service_is_found_as_a_keyword_and_nowhere_else(noise: list[str], place: int, used: bool) -> None:
    pieces = [*noise]
    if used:
        pieces.insert(min(place, len(pieces)), "sErViCe")
    found = read_query(PROLOGUE + "SELECT * { " + " ".join(pieces) + " }")
    assert (found.refused is ServiceRefused) is used
    assert not found.has_dataset


@given(
    st.lists(st.sampled_from([*"\"'\\<>{}#?$:_@.-aF \nu041SE\u00e9", "FROM ", "SERVICE ", "ASK ", "PREFIX "])).map(
        "".join
    )
)
@settings(max_examples=300)
def test_any_text_can_be_read(text: str) -> None:
    assert read_query(text).form in {"select", "ask", "construct", "describe", "update", "unknown"}


GRAPHS = ox.Store()
for number in range(3):
    GRAPHS.extend(
        ox.Quad(ox.NamedNode(f"a:{i}"), ox.NamedNode("a:p"), ox.Literal(1), ox.NamedNode(f"http://g/{number}"))
        for i in range(number + 1)
    )


@given(
    st.sampled_from(
        ["<http://g/1>", "g:1", "<1>", "<./x/../1>", "<//g/1>", "<http://g/\\u0031>", "h:g\\/1", "g:2", "<0>"]
    ),
    st.sampled_from(["", " ", "\n", "#FROM <http://g/2>\n", "\t#\r"]),
    st.sampled_from(["SELECT * ", "SELECT*", "select ?s ?o ", "SELECT ('}FROM<http://g/0>' AS ?t) "]),
    st.sampled_from(["{ ?s ?p ?o }", "WHERE{?s ?p ?o FILTER(?o<2)}", "{ ?s ?p ?o . # } FROM <http://g/2>\n}"]),
)
def test_the_graph_read_off_is_the_one_the_parser_reads(graph: str, gap: str, start: str, end: str) -> None:
    query = "BASE <http://g/dir> PREFIX g: <http://g/> PREFIX h: <http://> " + start + "FROM" + gap + graph + "\n" + end
    (read,) = read_query(query).default_graphs
    said = len(list(GRAPHS.query(query)))
    assert said == len(list(GRAPHS.query(query, default_graph=ox.NamedNode(read)))) > 0


@pytest.mark.parametrize(
    "piece",
    ["{", "{ ", "}", "a ", "a.", "a-", ".", "<", "<a ", "<?a", "\"", "\"\"\"\\", "\\\"\"\"", ":", "a:b..", "?", "\\",
     "\\u0041", "#", "@a-", "_:a.", "%", "FROM ", "\u00e9."],
)  # fmt: skip
def test_eight_times_the_text_takes_no_more_than_its_share_longer_to_read(piece: str) -> None:
    """Time that grows with the square of the length would be 64 times as long."""
    small, large = (cpu_seconds("SELECT * " + piece * (size * 1024 // len(piece))) for size in (64, 512))
    assert large < 32 * small + 0.1


def cpu_seconds(text: str) -> float:
    began = time.process_time()
    read_query(text)
    return time.process_time() - began


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
     ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"),
     ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("..", "http://a/b/"), ("../g", "http://a/b/g"),
     ("../..", "http://a/"), ("../../../g", "http://a/g"), ("/../g", "http://a/g"), ("./../g", "http://a/b/g"),
     ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h")],
)  # fmt: skip
def test_relative_iris_resolve_as_the_standard_shows(reference: str, expected: str) -> None:
    """RFC 3986, 5.4."""
    assert resolve(reference, "http://a/b/c/d;p?q") == expected
