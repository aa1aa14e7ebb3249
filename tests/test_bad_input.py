"""Bad input over HTTP: each gets a status and a remedy, and afterwards there are as many living workers as before."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from small_store import is_alive, wait_until
from test_sparql_protocol import get, post_form

EVERYTHING = "?a ?b ?c . ?d ?e ?f"
BAD = {
    "10,000 braces": "SELECT * " + "{" * 10_000 + "}" * 10_000,
    "5 MB": "ASK {} #" + "x" * 5_000_000,
    "a regex that explodes": f'SELECT * {{ {EVERYTHING} FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(.*a){{20}}b")) }}',
    "paths on cycles from everywhere": "SELECT (COUNT(*) AS ?n) { ?a <urn:next>* ?b . ?c <urn:next>* ?d }",
    "SERVICE": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "LOAD": "LOAD <http://127.0.0.1:1/>",
    "a huge text": "SELECT * { ?a <urn:next> ?b . VALUES ?x { '" + "x" * 50_000 + "' } }",
    "a million rows": f"SELECT * {{ {EVERYTHING} }} LIMIT 1000001",
    "GROUP_CONCAT over everything": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?t) {{ {EVERYTHING} }}",
    "ORDER BY on all": f"SELECT * {{ {EVERYTHING} }} ORDER BY ?f ?c",
    "a timeout within a sum": f"SELECT (SUM(STRLEN(STR(?c))) AS ?n) {{ {EVERYTHING} . ?g ?h ?i }}",
}


def test_bad_input_has_a_status_and_a_remedy_and_costs_no_worker(app: Flask, client: FlaskClient) -> None:
    engine = app.extensions["sorgenetz"].engine
    for name, query in BAD.items():
        response = post_form(client, query)
        assert response.status_code in (400, 413, 503), name
        assert response.json["remedy"] and response.json["status"] == response.status_code, name
        assert get(client, "ASK {}").json["boolean"] is True, name
    assert wait_until(lambda: len([pid for pid in engine.worker_pids() if is_alive(pid)]) >= 2, 60)
    assert app.extensions["sorgenetz-shares"].at_work == 0
