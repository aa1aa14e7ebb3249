"""The five minutes of the README, word by word, against the published data and the server as people start it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from sorgenetz.names import ID, RDFS, SN

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.S)
SHOWN = {
    "Agil leben im Alter (ALIA)": "Weiherhammer",
    "Caring Community Köln": "Köln",
    "Wohnen statt Unterbringung – reloaded": "",
    "dieKümmerei": "Köln",
}


@pytest.fixture(scope="module")
def address(published_home: Path) -> Iterator[str]:
    """The address that `sorgenetz serve` prints when it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [Path(sys.executable).with_name("sorgenetz"), "--home", published_home, "serve", "--port", str(port)]
    environment = {**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": ""}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    said = re.search(r"ready: (http://\S+?)/\s", server.stdout.readline())
    assert said, "the server did not say that it is ready"
    yield said[1]
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=10) == 0
    server.stdout.close()


def block(kind: str, mention: str, address: str) -> str:
    """Return the README's block of code that mentions something, pointed at our server."""
    [text] = [text for language, text in BLOCKS if language == kind and mention in text]
    return text.replace("http://localhost:8000", address)


def shell(text: str) -> str:
    done = subprocess.run(["bash", "-euc", text], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_question_of_the_researcher_is_answered_by_curl_as_copied(address: str) -> None:
    lines = shell(block("sh", "shownAt", address)).splitlines()
    assert lines[0] == "initiative,municipality,carrier"
    rows = [line.split(",") for line in lines[1:]]
    assert {row[0]: row[1] for row in rows} == SHOWN
    assert ["dieKümmerei", "Köln", "HerzNetzCenter GmbH"] in rows


def test_sparqlwrapper_gets_the_same_answer(address: str) -> None:
    query = re.search(r"query=\n(.*?)' http", block("sh", "shownAt", address), re.S)[1]
    endpoint = SPARQLWrapper(f"{address}/sparql")
    endpoint.setReturnFormat(JSON)
    endpoint.setMethod("POST")
    endpoint.setQuery(query)
    rows = endpoint.query().convert()["results"]["bindings"]
    assert {row["initiative"]["value"]: row.get("municipality", {}).get("value", "") for row in rows} == SHOWN


def test_the_python_of_the_readme_runs_as_copied(address: str, tmp_path: Path) -> None:
    script = tmp_path / "tour.py"
    script.write_text(block("python", "SPARQLWrapper", address), "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    name, count = done.stdout.split()
    assert name == "statements" and int(count) > 100_000


def test_the_commands_of_the_linked_data_client_run_as_copied(address: str) -> None:
    said = shell(block("sh", "/id/initiative/alia", address))
    assert "303 See Other" in said and "text/turtle" in said
    assert '"@id"' in said and "@prefix" in said and "SPARQL11Query" in said


@pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"])
def test_alia_is_described_in_each_format(address: str, kind: str) -> None:
    answer = shell(f"curl -sL -D - -H 'Accept: {kind}' {address}/id/initiative/alia")
    assert f"content-type: {kind}" in answer.lower() and "Weiherhammer" in answer


def test_the_two_kuemmereien_are_two_things(address: str) -> None:
    for slug, other in (("diekuemmerei-koeln", "kuemmerei-sulzberg"), ("kuemmerei-sulzberg", "diekuemmerei-koeln")):
        lines = shell(f"curl -s {address}/doc/initiative/{slug}.nt").splitlines()
        own = [line for line in lines if line.startswith(f"<{ID}initiative/{slug}> ")]
        assert any(f"<{RDFS}label>" in line for line in own)
        assert any("differentFrom" in line and f"initiative/{other}>" in line for line in own)
        places = {line.split()[2] for line in own if f"<{SN}locatedIn>" in line}
        assert places and not any("09374166" in place for place in places)
