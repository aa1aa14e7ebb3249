"""No value can leave the place it is given: what goes into a query comes back as the same term, or is refused."""

import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sorgenetz.errors import BadRequest
from sorgenetz.library.queries import read_query_file

QUERY = """\
#+ title-en: What was given?
#+ parameter: barrier iri
#+ parameter: words string
PREFIX barrier: <https://w3id.org/sorgenetz/id/barrier/>
SELECT ?barrier ?words WHERE {
  VALUES ?barrier { barrier:language }
  VALUES ?words { "Beratung" }
}
"""


@pytest.fixture(scope="module")
def query(tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / "given.rq"
    path.write_text(QUERY, "utf-8")
    return read_query_file(path, "pages")


def only_row(text):
    (row,) = pyoxigraph.Store().query(text)
    return row


@settings(deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_the_same_literal(query, text):
    assert only_row(query.with_values({"words": text}))["words"] == pyoxigraph.Literal(text)


@settings(deadline=None)
@given(pieces=st.lists(st.sampled_from(['"', "'", "\\", "\\u0022", "\\U00000022", "u0022", "}", "\n", "#", "@de"])))
def test_text_made_of_syntax_comes_back_as_the_same_literal(query, pieces):
    text = "".join(pieces)
    filled = query.with_values({"words": text})
    assert only_row(filled)["words"] == pyoxigraph.Literal(text)
    assert filled.count("\n") == query.query.count("\n")


@settings(deadline=None)
@given(pieces=st.lists(st.sampled_from(['"', "\\", "\\u0022", "\\U00000022", "u0022", "}", "\n", "x"]), max_size=6))
def test_an_engine_that_expands_escapes_before_it_parses_reads_the_same_text(query, pieces):
    from rdflib import Graph

    text = "".join(pieces)
    (row,) = Graph().query(query.with_values({"words": text}))
    assert str(row.words) == text


@settings(deadline=None)
@example("\U000e0000")
@example("%")
@example("[")
@given(text=st.text())
def test_an_iri_is_refused_or_comes_back_unchanged(query, text):
    try:
        filled = query.with_values({"barrier": "https://example.org/" + text})
    except BadRequest:
        return
    assert only_row(filled)["barrier"].value == ("https://example.org/" + text).strip()
