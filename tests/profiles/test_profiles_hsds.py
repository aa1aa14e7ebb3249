"""Records in the shape of HSDS 3: its fields, lasting identifiers, no guesses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from uuid import UUID

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from profiles.reading import objects
from sorgenetz.insight.plain_json import identifier
from sorgenetz.names import ID, SN


def hsds(client: FlaskClient, thing: str, language: str = "de") -> dict:
    response = client.get(f"/doc/{thing}?profile=hsds", headers={"Accept-Language": language})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    assert response.content_language.as_set() == {language}
    return json.loads(response.data)


# The fields of HSDS 3 that we use; `uri` is theirs in some objects, and ours in the others.
FIELDS = set(re.findall(r"\w+", """
    id uri name alternate_name description url website legal_status organization program services service_areas
    service_at_locations funding attributes locations parent_organization_id service_id location_id location
    location_type latitude longitude external_identifier external_identifier_type link_id link_type taxonomy_term_id
    taxonomy_term code term_uri parent_id taxonomy_id taxonomy source
"""))  # fmt: skip


def objects_in(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects_in(inner)


@pytest.mark.parametrize("thing", ["initiative/alia", "initiative/diekuemmerei-koeln", "organisation/stadt-koeln",
                                   "municipality/05113000", "barrier/language", "scheme/roles"])  # fmt: skip
def test_hsds_has_its_fields_only_and_identifiers_that_last(client, thing) -> None:
    record = hsds(client, thing)
    assert record["name"] and record["uri"] == ID + thing and record["id"] == identifier(ID + thing)
    for one in objects_in(record):
        assert set(one) <= FIELDS and UUID(one["id"]).version == 5
        for name in ("location", "taxonomy_term"):
            assert name not in one or one[name]["id"] == one[f"{name}_id"]


def test_hsds_tells_a_service_with_place_provider_and_audience(client) -> None:
    record = hsds(client, "initiative/diekuemmerei-koeln")
    assert record["organization"]["name"] == "HerzNetzCenter GmbH"
    places = {one["location"]["name"]: one["location"] for one in record["service_at_locations"]}
    assert set(places) == {"Köln", "Chorweiler"} and places["Köln"]["external_identifier"] == "05315000"
    assert isinstance(places["Köln"]["latitude"], float) and "latitude" not in places["Chorweiler"]
    assert {one["link_type"] for one in record["attributes"]} >= {"targetGroup", "initiativeKind"}


def test_hsds_does_not_guess_a_status_or_one_of_several_providers(client, store) -> None:
    several = hsds(client, "initiative/caring-community-koeln")
    assert "status" not in several
    assert ("organization" in several) == (len(carriers(store, "initiative/caring-community-koeln")) == 1)


def carriers(store: ox.Store, thing: str) -> set[str]:
    parts = [q.subject.value.removeprefix(ID) for q in store.quads_for_pattern(
        None, ox.NamedNode(SN + "in"), ox.NamedNode(ID + thing), ox.DefaultGraph())]  # fmt: skip
    return {
        one
        for part in parts
        if ID + "role/carrier" in objects(store, part, "role")
        for one in objects(store, part, "actor")
    }


def test_hsds_speaks_the_readers_language(client) -> None:
    assert hsds(client, "barrier/language", "de")["name"] != hsds(client, "barrier/language", "en")["name"]
