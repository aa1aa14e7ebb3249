"""What pages tell machines: schema.org JSON-LD, true to the document, and no way out of its element."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from profiles.reading import S, graph_of
from sorgenetz.insight.plain_json import page_tree
from sorgenetz.names import ID, RDFS, SN
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings
from sorgenetz.web.app import create_app
from sorgenetz.web.representations import in_script

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = '</script><script>alert(1)</script><!--<script>\u2028\u2029&lt;/script&gt;]]>{{ 7*7 }}"\\'


class Scripts(HTMLParser):
    """Collects the script elements as a browser would see them: until the first end tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        if tag == "script":
            self.open = True
            self.found.append([dict(attributes).get("type", ""), ""])

    def handle_data(self, text: str) -> None:
        if self.open:
            self.found[-1][1] += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.open = False


def embedded(page: str) -> dict:
    found = [text for kind, text in Scripts(page).found if kind == "application/ld+json"]
    assert len(found) == 1
    return json.loads(found[0])


def leaves(value: object) -> set[object]:
    if isinstance(value, dict):
        return set().union(*(leaves(one) for key, one in value.items() if not key.startswith("@")), set())
    return set().union(*(leaves(one) for one in value), set()) if isinstance(value, list) else {value}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("thing", [
    "initiative/alia", "organisation/stadt-koeln", "municipality/05113000", "event/digitaler-fachtag-2025-08-27",
    "barrier/language", "person/thomas-klie",
])  # fmt: skip
def test_a_page_carries_its_thing_in_schema_org(client, thing, language) -> None:
    tree = embedded(client.get(f"/{language}/{thing}").text)
    graph = graph_of(client, thing, "schema")
    assert tree["@context"] == "https://schema.org/" and tree["@id"] == ID + thing and tree["@type"] and tree["name"]
    assert {key for key in tree if not key.startswith("@")} <= {str(p).removeprefix(S) for p in graph.predicates()}
    texts = {str(value) for value in graph.objects()}
    numbers = {float(text) for text in texts if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)}
    for leaf in leaves(tree):
        told = str(leaf).lower() if isinstance(leaf, bool) else leaf
        assert told in texts or (isinstance(leaf, float | int) and leaf in numbers), leaf


def test_a_page_speaks_one_language_to_machines(client) -> None:
    described = {one: embedded(client.get(f"/{one}/initiative/alia").text)["description"] for one in ("de", "en")}
    assert described["de"].startswith("Modellvorhaben") and described["en"].startswith("Model project")


def test_pages_that_are_no_thing_carry_nothing(client) -> None:
    assert "application/ld+json" not in "".join(
        text for text in client.get("/de/initiatives").text.split("<") if text.startswith("script")
    )


def test_plain_values_keep_their_kind() -> None:
    number, truth = "http://www.w3.org/2001/XMLSchema#decimal", "http://www.w3.org/2001/XMLSchema#boolean"
    nodes = {"urn:x": {S + "latitude": [{"@value": "51.5", "@type": number}], S + "isAccessibleForFree": [
        {"@value": "false", "@type": truth}], S + "name": [{"@value": "a", "@language": "de"}]}}  # fmt: skip
    tree = page_tree(nodes, "urn:x", "en")
    assert (tree["latitude"], tree["isAccessibleForFree"], tree["name"]) == (51.5, False, "a")


def test_a_graph_that_leads_back_to_itself_ends() -> None:
    nodes = {"urn:a": {S + "member": [{"@id": "urn:b"}]}, "urn:b": {S + "memberOf": [{"@id": "urn:a"}]}}
    assert page_tree(nodes, "urn:a", "de")["member"] == {"@id": "urn:b", "memberOf": {"@id": "urn:a"}}


def test_no_text_can_end_the_script_element() -> None:
    text = in_script({"name": HOSTILE})
    assert not set("<>&\u2028\u2029") & set(text) and json.loads(text) == {"name": HOSTILE}


def test_a_hostile_name_stays_in_its_place(tmp_path) -> None:
    name = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    file = tmp_path / "hostile.trig"
    file.write_text(
        f"<https://w3id.org/sorgenetz/graph/own-high> {{ <{ID}initiative/hostile> a <{SN}Initiative> ;"
        f' <{RDFS}label> "{name}"@de . }}',
        "utf-8",
    )
    home = Home(tmp_path / "home")
    publish_files([ROOT / "ontology" / "sorgenetz.ttl", ROOT / "ontology" / "alignments.ttl", file], home)
    app = create_app(Settings(home=home.path))
    try:
        page = app.test_client().get("/de/initiative/hostile").text
        assert embedded(page)["name"] == HOSTILE
        assert not [text for kind, text in Scripts(page).found if kind not in ("application/ld+json", "module")]
    finally:
        app.extensions["sorgenetz"].engine.close()
