"""The service as it runs: a real server process, spoken to over a socket."""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
from urllib.parse import quote

import pytest
from conftest import LiveServer, serving
from flask.testing import FlaskClient

from sorgenetz.settings import Settings

ASK = "/sparql?query=" + quote("ASK { ?s ?p ?o }")
RUNAWAY = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


def raw(server: LiveServer, request: bytes) -> bytes:
    """Return all that the server sends to these bytes until it closes the connection."""
    with socket.create_connection((server.host, server.port), timeout=20) as connection:
        connection.sendall(request)
        pieces = []
        while piece := connection.recv(65536):
            pieces.append(piece)
        return b"".join(pieces)


def test_a_query_is_answered(live_server: LiveServer) -> None:
    response, body = live_server.get(ASK)
    assert response.status == 200 and json.loads(body)["boolean"] is True


def test_head_sends_the_header_and_no_body(live_server: LiveServer) -> None:
    for address in (ASK, "/doc/initiative/alia.ttl", "/ontology.ttl"):
        answer = raw(live_server, f"HEAD {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        header, _, body = answer.partition(b"\r\n\r\n")
        assert header.startswith(b"HTTP/1.1 200") and body == b""
        assert b"etag:" in header.lower()


def test_not_modified_has_no_body(live_server: LiveServer) -> None:
    tag = live_server.get(ASK)[0].headers["ETag"]
    response, body = live_server.get(ASK, If_None_Match=tag)
    assert (response.status, body) == (304, b"")


def test_options_of_the_whole_server_tell_its_methods(live_server: LiveServer) -> None:
    """RFC 9110, 9.3.7; a path that is called so is another thing."""
    ending = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    header, _, body = raw(live_server, b"OPTIONS *" + ending).partition(b"\r\n\r\n")
    assert header.startswith(b"HTTP/1.1 204") and body == b""
    assert b"\r\nallow: get, head, options, post\r\n" in header.lower()
    for other in (b"OPTIONS /*", b"GET *"):
        assert raw(live_server, other + ending).startswith(b"HTTP/1.1 404")


CHUNKED = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
)


@pytest.mark.parametrize("sent", [b"nonsense\r\n", b"5\r\nASK {\r\nnonsense\r\n", b"8\r\nASK {}   nonsense\r\n"])
def test_content_that_breaks_off_is_never_evaluated(live_server: LiveServer, sent: bytes) -> None:
    answer = raw(live_server, CHUNKED + sent)
    assert answer.startswith(b"HTTP/1.1 400") and b"problem/content-broken" in answer


@pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n", b"Host: a\r\nhost: a\r\n"])
def test_a_request_that_does_not_name_one_host_is_400(live_server: LiveServer, hosts: bytes) -> None:
    answer = raw(live_server, f"GET {ASK} HTTP/1.1\r\n".encode() + hosts + b"Connection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400") and b"problem/host-missing" in answer


def test_fields_of_more_than_16_kilobytes_are_not_read(live_server: LiveServer) -> None:
    """RFC 6585, 5; what was made of them would be remembered."""
    for length, status in ((15_000, b" 200"), (17_000, b" 431")):
        field = b"Accept: application/json, a/" + b"a" * length
        answer = raw(
            live_server, f"GET {ASK} HTTP/1.1\r\nHost: x\r\n".encode() + field + b"\r\nConnection: close\r\n\r\n"
        )
        assert answer.startswith(b"HTTP/1.1" + status)
    assert b"problem/fields-too-large" in answer


def test_a_program_of_http_1_0_need_not_name_a_host(live_server: LiveServer) -> None:
    assert raw(live_server, f"GET {ASK} HTTP/1.0\r\n\r\n".encode()).startswith(b"HTTP/1.0 200")


def test_a_query_sent_in_chunks_is_read_whole(live_server: LiveServer) -> None:
    connection = live_server.connect()
    pieces = iter([b"ASK { ?s ?p ", '"Verein für '.encode(), b'Nachbarschaft"@de }'])
    connection.request(
        "POST", "/sparql", body=pieces, headers={"Content-Type": "application/sparql-query"}, encode_chunked=True
    )
    assert json.loads(connection.getresponse().read())["boolean"] is True
    connection.close()


def test_a_query_above_the_limit_sent_in_chunks_is_413(live_server: LiveServer) -> None:
    connection = live_server.connect()
    pieces = (b"#" * 1000 for _ in range(100))
    connection.request(
        "POST", "/sparql", body=pieces, headers={"Content-Type": "application/sparql-query"}, encode_chunked=True
    )
    assert connection.getresponse().status == 413
    connection.close()


def test_an_answer_of_megabytes_arrives_whole(live_server: LiveServer) -> None:
    query = quote("SELECT ?a ?b ?x { ?a <urn:next> ?b . VALUES ?x { 1 2 3 4 5 6 7 8 } }")
    response, body = live_server.get(f"/sparql?query={query}", Accept="text/csv")
    assert response.status == 200 and len(body) > 500_000
    assert body.count(b"\r\n") == 3000 * 8 + 1


@pytest.mark.parametrize(
    "address",
    ["/doc/initiative/alia.ttl", "/doc/initiative/alia.rdf", "/doc/initiative/alia.jsonld", "/graph/sources.nt",
     "/doc/initiative/alia.html", "/sparql?query=" + quote("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"),
     "/sparql?query=" + quote("SELECT DISTINCT ?g ?t { GRAPH ?g { ?s a ?t } }"),
     "/sparql?query=" + quote("DESCRIBE ?s WHERE { ?s a ?t }") + "&format=ttl"],
)  # fmt: skip
def test_every_process_gives_the_same_bytes_under_the_same_strong_tag(
    live_server: LiveServer, client: FlaskClient, address: str
) -> None:
    response, body = live_server.get(address)
    other = client.get(address, headers={"Host": f"{live_server.host}:{live_server.port}"})
    assert response.headers["ETag"] == other.headers["ETag"] and response.headers["ETag"].startswith('"')
    assert body == other.data


def test_a_header_of_64_kb_is_answered(live_server: LiveServer) -> None:
    response, _ = live_server.get("/healthz", X_Long="x" * 65_000)
    assert response.status in (200, 431)
    assert live_server.get("/healthz")[0].status == 200


@pytest.mark.parametrize(
    "path", [b"/id/initiative/\xff\xfe", b"/id/initiative/%ff", b"/id/initiative/%00", b"/id/../../x"]
)
def test_a_hostile_path_is_refused_on_the_wire_too(live_server: LiveServer, path: bytes) -> None:
    answer = raw(live_server, b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.split(b" ", 2)[1] in (b"400", b"404")
    assert b"Traceback" not in answer


def test_umlauts_in_the_address_arrive_percent_encoded(live_server: LiveServer) -> None:
    query = quote('ASK { ?s ?p "Verein für Nachbarschaft"@de }')
    assert json.loads(live_server.get(f"/sparql?query={query}")[1])["boolean"] is True


def test_other_questions_are_answered_while_a_query_runs_away(live_server: LiveServer) -> None:
    statuses: list[int] = []
    runaways = [threading.Thread(target=lambda: statuses.append(live_server.get(RUNAWAY)[0].status)) for _ in range(2)]
    for thread in runaways:
        thread.start()
    time.sleep(0.3)
    assert live_server.get(ASK)[0].status == 200
    assert statuses == []
    for thread in runaways:
        thread.join()
    assert statuses == [503, 503]


def test_the_server_ends_when_told_while_a_query_runs_away(settings: Settings) -> None:
    with (
        serving(settings) as server,
        socket.create_connection((server.host, server.port), timeout=20) as connection,
    ):
        connection.sendall(f"GET {RUNAWAY} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(60)
