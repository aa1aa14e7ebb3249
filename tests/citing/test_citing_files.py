"""A citation as a file: what it names, what it is called, and that hostile words stay words in every form."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from citing.test_citing import ALL, cite
from sorgenetz.insight.citing.citation import Citation
from sorgenetz.releases.chain import Home


@pytest.mark.parametrize("ending", ["bib", "csl", "ris", "txt"])
def test_each_file_cites_release_address_and_fingerprint(client: FlaskClient, home: Home, ending: str) -> None:
    address = cite(client)
    text = client.get(f"{address}.{ending}").text
    assert home.current().name in text and address.removeprefix("/q/")[:40] in text
    if ending == "csl":
        assert json.loads(text)[0]["type"] == "dataset"


@pytest.mark.parametrize(
    ("query", "english", "german"),
    [
        (f"# Who cares for whom\n{ALL}", "Who cares for whom (answer to a SPARQL query)",
         "Who cares for whom (Antwort auf eine SPARQL-Abfrage)"),
        (f"\n  ##  Sorge \u202e & <b>mehr</b>\t{{x}}\n{ALL}", "Sorge & <b>mehr</b> {x} (answer to a SPARQL query)",
         "Sorge & <b>mehr</b> {x} (Antwort auf eine SPARQL-Abfrage)"),
        (ALL, "Answer to a SPARQL query", "Antwort auf eine SPARQL-Abfrage"),
        (f"#\n{ALL}", "Answer to a SPARQL query", "Antwort auf eine SPARQL-Abfrage"),
    ],
)  # fmt: skip
def test_the_comment_that_a_query_begins_with_is_its_title(
    client: FlaskClient, query: str, english: str, german: str
) -> None:
    address = cite(client, query)
    for language, title in (("en", english), ("de", german)):
        said = json.loads(client.get(f"{address}.csl", headers={"Accept-Language": language}).text)
        assert said[0]["title"] == title
        html = client.get(f"/{language}{address}", headers={"Accept": "text/html"}).text
        assert f"<h1>{escape(title)}</h1>" in html


def test_hostile_words_stay_words_in_every_form(client: FlaskClient) -> None:
    hostile = Citation(
        "} \\input{/etc/passwd} % <script>\nTY  - HACK", "000001-ab", "2026-01-02", "https://x/q/1", "f" * 64
    )
    assert "\\input{" not in hostile.bibtex() and hostile.bibtex().count("\n") == 10
    assert "\r\nTY  - HACK" not in hostile.ris() and json.loads(hostile.csl())[0]["title"].startswith("}")
    html = client.get(
        cite(client, 'SELECT ?s { ?s ?p "<script>alert(1)</script>" }'), headers={"Accept": "text/html"}
    ).text
    assert "<script>alert" not in html


def test_the_citation_as_text_speaks_the_readers_language() -> None:
    cited = Citation("Wer trägt was", "000001-abc", "2026-11-27", "https://sorgenetz.example/q/x", "0" * 64)
    assert "Veröffentlichung 000001-abc vom 2026-11-27" in cited.text("de")
    assert "release 000001-abc of 2026-11-27" in cited.text("en")
