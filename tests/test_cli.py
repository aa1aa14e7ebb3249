"""The command line says what happened and what to do, with a sensible exit code and never a stack trace."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from sorgenetz.cli.main import COMMANDS, main
from sorgenetz.default_graph import write_default_graph
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings

COMMAND = Path(sys.executable).parent / "sorgenetz"


def sorgenetz(*words: object, home: Path, language: str = "de", **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SORGENETZ_HOME": str(home), "LANG": f"{language}_XX.UTF-8", "LC_ALL": "", **extra}
    done = subprocess.run([COMMAND, *map(str, words)], capture_output=True, text=True, env=environment, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_help_names_every_command_and_setting(tmp_path: Path) -> None:
    listed = sorgenetz("--help", home=tmp_path).stdout
    assert all(name in listed for name in ("serve", "build", "check", "query", "releases", "rollback"))
    assert "SORGENETZ_QUERY_SECONDS" in sorgenetz("serve", "--help", home=tmp_path).stdout


def test_every_command_is_found_under_its_name() -> None:
    found = {name: main.get_command(None, name) for name in COMMANDS}
    assert all(found.values()) and set(main.commands) == set(COMMANDS)


def test_what_builds_releases_is_not_carried_by_a_server() -> None:
    asked = "from sorgenetz.cli.main import main; import sys; main.get_command(None, 'serve'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "sorgenetz.cli.serve" in loaded
    assert not {"pyoxigraph", "rdflib", "pyshacl", "rich", "ssl", "sorgenetz.publishing"} & set(loaded)


def test_a_question_before_the_first_release_says_how_to_make_it(tmp_path: Path) -> None:
    done = sorgenetz("query", "ASK {}", home=tmp_path)
    assert done.returncode == 3 and "sorgenetz build" in done.stderr


def test_broken_turtle_is_refused_with_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "kaputt.ttl"
    path.write_text("<urn:a> <urn:b> .\n")
    done = sorgenetz("serve", path, home=tmp_path)
    assert done.returncode == 2 and "kaputt.ttl, Zeile 1, Spalte" in done.stderr
    assert "line 1" in sorgenetz("serve", path, home=tmp_path, language="en").stderr


def test_a_wrong_file_ending_names_the_right_ones(tmp_path: Path) -> None:
    path = tmp_path / "tabelle.xlsx"
    path.write_bytes(b"PK")
    done = sorgenetz("serve", path, home=tmp_path)
    assert done.returncode == 2 and ".trig" in done.stderr


def test_a_port_in_use_is_said_with_a_remedy(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = sorgenetz("serve", "--port", taken.getsockname()[1], home=tmp_path)
    assert done.returncode == 3 and "läuft schon etwas" in done.stderr and "PORT=8001" in done.stderr


def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    done = sorgenetz("query", "ASK {}", home=tmp_path, SORGENETZ_QUERY_SECONDS="bald")
    assert done.returncode == 2 and "SORGENETZ_QUERY_SECONDS" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("PORT", "99999", "1 bis 65535"),
        ("PORT", "0", "1 bis 65535"),
        ("QUERY_SECONDS", "nan", "eine Zahl ab 0"),
        ("QUERY_SECONDS", "inf", "eine Zahl ab 0"),
        ("SERVER_THREADS", "0", "ab 1"),
        ("QUERY_WORKERS", "0", "ab 1"),
        ("QUERY_SECONDS", "0", "ab 0.1"),
        ("RESULT_MB", "0", "ab 1"),
        ("BASE_URL", "sorgenetz.example", "Schema und Rechner"),
        ("BASE_URL", "https://sorgenetz.example/netz?x=y", "ohne Pfad"),
        ("BASE_URL", "https://", "Schema und Rechner"),
        ("IMPRINT_FILE", "/no/such/file.md", "die sich lesen lässt"),
        ("PRIVACY_FILE", "/", "die sich lesen lässt"),
        ("FEEDBACK", "im Rathaus", "E-Mail-Adresse"),
        ("CLIENT_HEADER", "X-Real-IP:", "Name eines Kopffelds"),
        ("BASEURL", "https://sorgenetz.example", "SORGENETZ_BASE_URL"),
    ],
)
def test_a_setting_that_nothing_could_be_held_to_is_refused(
    tmp_path: Path, variable: str, value: str, allowed: str
) -> None:
    done = sorgenetz("releases", home=tmp_path, **{f"SORGENETZ_{variable}": value})
    assert done.returncode == 2 and f"SORGENETZ_{variable}" in done.stderr and allowed in done.stderr


def test_what_settings_may_be_is_taken_and_other_programs_variables_are_their_own(tmp_path: Path) -> None:
    (tmp_path / "imprint.md").write_text("Stadt Übermut", "utf-8")
    taken = Settings.from_environment({
        "SORGENETZ_BASE_URL": "http://[::1]:8000/", "SORGENETZ_IMPRINT_FILE": str(tmp_path / "imprint.md"),
        "SORGENETZ_FEEDBACK": "https://sorgenetz.example/barriere?a=b", "SORGENETZ_CLIENT_HEADER": "X-Forwarded-For",
        "SORGENETZ_SERVICE_HOST": "10.0.0.1", "SORGENETZ_PORT_8000_TCP": "tcp://10.0.0.1:8000",
    })  # fmt: skip
    assert taken.base_url == "http://[::1]:8000/" and taken.client_header == "X-Forwarded-For"


def test_an_address_of_another_machine_is_not_said_to_be_in_use(tmp_path: Path) -> None:
    for host in ("192.0.2.7", "no-such-name.invalid"):
        done = sorgenetz("serve", home=tmp_path, SORGENETZ_HOST=host, SORGENETZ_PORT="8765")
        assert done.returncode == 3 and "SORGENETZ_HOST" in done.stderr and "läuft schon" not in done.stderr


def test_a_query_in_another_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_bytes("ASK { ?s ?p 'Größe' }".encode("cp1252"))
    done = sorgenetz("query", tmp_path / "a.rq", home=tmp_path)
    assert done.returncode == 2 and "a.rq, Zeile 1" in done.stderr and "UTF-8" in done.stderr


def test_a_place_that_cannot_be_written_says_so_and_loses_nothing(tmp_path: Path) -> None:
    done = sorgenetz("build", home=Path("/proc/self/nowhere"))
    assert done.returncode == 3 and "Nothing can be written" not in done.stderr and "schreiben" in done.stderr


def test_a_full_disk_says_so_and_leaves_the_release_as_it_was(tmp_path: Path) -> None:
    # A limit on file size stands in for a full disk: writing fails half-way with an error of the system.
    script = f'ulimit -f 400; exec "{COMMAND}" build'
    environment = {**os.environ, "SORGENETZ_HOME": str(tmp_path / "home"), "LANG": "en_US.UTF-8", "LC_ALL": ""}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 3, done.stderr
    assert "Nothing can be written" in done.stderr and "Traceback" not in done.stderr
    assert not list((tmp_path / "home" / "releases").iterdir())


def test_a_query_answers_as_table_and_in_each_format(published_home: Path) -> None:
    text = "SELECT (1 AS ?one) {}"
    assert "one" in sorgenetz("query", text, home=published_home).stdout
    assert sorgenetz("query", text, "-f", "csv", home=published_home).stdout.split() == ["one", "1"]
    refused = sorgenetz("query", text, "-f", "ttl", home=published_home)
    assert refused.returncode != 0 and "csv" in refused.stderr


def test_one_query_does_not_read_a_release_into_memory(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<urn:a> <urn:is> <urn:on-disk> .\n")
    home = Home(tmp_path / "home")
    publish_files([tmp_path / "a.nt"], home)
    held = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:is"), ox.NamedNode("urn:held"))
    write_default_graph(home.current().store_path, [held])
    found = sorgenetz("query", "SELECT ?is { <urn:a> <urn:is> ?is }", "-f", "csv", home=home.path)
    assert found.stdout.split() == ["is", "urn:on-disk"]


def test_a_query_from_a_file_from_standard_input_and_by_name(published_home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text("ASK {}")
    assert "ja" in sorgenetz("query", tmp_path / "a.rq", home=published_home).stdout
    named = sorgenetz("query", "shown-at-event", "-f", "csv", home=published_home)
    assert named.returncode == 0 and "Weiherhammer" in named.stdout
    unknown = sorgenetz("query", "no-such-question", home=published_home)
    assert unknown.returncode == 2 and "shown-at-event" in unknown.stderr


def test_a_syntax_error_has_line_and_column(published_home: Path) -> None:
    done = sorgenetz("query", "SELECT * {\n ?s ?p }", home=published_home)
    assert done.returncode == 2 and "Zeile 2" in done.stderr


def test_releases_are_listed_and_one_can_be_served_again(published_home: Path) -> None:
    assert "000001-" in sorgenetz("releases", home=published_home).stdout
    assert "000001-" in sorgenetz("rollback", "1", home=published_home).stdout
    assert sorgenetz("rollback", "99", home=published_home).returncode != 0
