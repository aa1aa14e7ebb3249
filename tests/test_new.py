"""A new initiative begins as a file that the gate accepts, with its source in the register; doubles are refused."""

from __future__ import annotations

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sorgenetz.bundle import Bundle, find_bundle
from sorgenetz.cli.main import main
from sorgenetz.publishing.check import check
from sorgenetz.publishing.hints import hints_of
from sorgenetz.publishing.register import slug_of
from sorgenetz.publishing.skeleton import KINDS
from sorgenetz.releases.chain import Home
from sorgenetz.sources.rdf_files import read_rdf_file

PAGE = "https://www.xenia-haus.example/projekt?a=1&b=2"
SLUG = "xenia-haus-example-" + sha256(PAGE.encode()).hexdigest()[:6]


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """A copy of the repository's files to write into."""
    for folder in ("ontology", "shapes", "data", "queries"):
        shutil.copytree(find_bundle().root / folder, tmp_path / folder)
    return Bundle(tmp_path)


def begin(
    bundle: Bundle, name: str, *more: str, page: str = PAGE, language: str = "de", kind: str = "initiative"
) -> Result:
    source = ["--source", page] if page else []
    words = ["--language", language, "new", kind, name, *source, "--from", str(bundle.root), *more]
    return CliRunner().invoke(main, words)


def test_a_new_file_parses_and_the_gate_only_misses_facts(bundle: Bundle, published_home: Path) -> None:
    done = begin(bundle, 'Haus „Xenia" \\ Ölberg', "--confidence", "high")
    assert done.exit_code == 0, done.output
    file, register = bundle.data / "initiatives" / "haus-xenia-oelberg.trig", bundle.data / "sources" / "x.ttl"
    assert {quad.graph_name.value.rsplit("/")[-1] for quad in read_rdf_file(file)} == {"redaktion-high", f"{SLUG}-high"}
    text = register.read_text("utf-8")
    assert f"source:{SLUG} a sn:Source" in text and f'"{date.today()}"^^xsd:date' in text and PAGE in text
    assert "sorgenetz check data/initiatives/haus-xenia-oelberg.trig" in done.output and "Wie weiter" in done.output
    broken, findings = check(bundle, [file, register], home=Home(published_home))
    ours = [one for one in findings if one.thing.endswith(("/haus-xenia-oelberg", SLUG, f"{SLUG}-high"))]
    assert not broken and not [one for one in findings if one.blocks]
    assert ours and all(one.severity == "Warning" for one in ours)


def test_the_register_keeps_its_order_and_a_known_page_is_not_registered_twice(bundle: Bundle) -> None:
    register = bundle.data / "sources" / "a.ttl"
    page = "https://www.abc-haus.example/"
    assert begin(bundle, "Xylophon am Ölberg", page=page).exit_code == 0
    slugs = [line.split()[0] for line in register.read_text("utf-8").splitlines() if " a sn:Source ;" in line]
    assert slugs == sorted(slugs)
    assert begin(bundle, "Querflöte im Tal", "--confidence", "high", page=page).exit_code == 0
    text = register.read_text("utf-8")
    slug = "abc-haus-example-" + sha256(page.encode()).hexdigest()[:6]
    assert text.count(f"source:{slug} a sn:Source") == 1
    assert text.count(f"graph:{slug}-medium a ") == 1 and text.count(f"graph:{slug}-high a ") == 1
    assert read_rdf_file(register)


@pytest.mark.parametrize(
    ("name", "named"),
    [("Alia", "initiative:alia"), ("dieKuemmerei Koeln", "initiative:diekuemmerei-koeln"), ("…", "--slug")],
)
def test_a_name_that_is_taken_or_none_is_refused_and_nothing_written(bundle: Bundle, name: str, named: str) -> None:
    before = sorted(path.stat().st_mtime_ns for path in bundle.data.rglob("*"))
    done = begin(bundle, name, language="en")
    assert done.exit_code != 0 and named in done.output, done.output
    assert before == sorted(path.stat().st_mtime_ns for path in bundle.data.rglob("*"))


def test_another_of_the_same_name_needs_to_be_said_so(bundle: Bundle) -> None:
    assert begin(bundle, "ALIA", "--slug", "alia-anderswo").exit_code != 0
    assert begin(bundle, "ALIA", "--slug", "alia-anderswo", "--another").exit_code == 0


@pytest.mark.parametrize("page", ["ftp://example.org/x", "kein Link", "javascript:alert(1)", 'https://a.example/" .'])
def test_what_is_no_web_page_is_refused(bundle: Bundle, page: str) -> None:
    done = begin(bundle, "Xylophon am Ölberg", page=page)
    assert done.exit_code not in (0, 1) and "Traceback" not in done.output
    assert not (bundle.data / "initiatives" / "xylophon-am-oelberg.trig").exists()


@pytest.mark.parametrize("slug", ["../x", "A", "a--b", "-a", "x" * 300])
def test_a_slug_stays_in_its_folder(bundle: Bundle, slug: str) -> None:
    assert begin(bundle, "Xylophon am Ölberg", "--slug", slug).exit_code != 0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ko\u0308ln-Mu\u0308lheim", "koeln-muelheim"),
        ("Œuvre Ñandú", "oeuvre-nandu"),
        ("Ørby Łódź", "oerby-lodz"),
    ],
)
def test_no_letter_of_a_name_is_lost_in_its_address(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_name_too_long_for_a_file_is_refused(bundle: Bundle) -> None:
    done = begin(bundle, "Xylophon " * 40, page="")
    assert done.exit_code == 2 and "--slug" in done.output and "100" in done.output


def test_without_a_checkout_it_says_so(tmp_path: Path) -> None:
    done = begin(Bundle(tmp_path), "Haus Xenia")
    assert done.exit_code != 0 and "Checkout" in done.output


FILLED = {
    "dct:description": '"Ein Versuch."@de, "A trial."@en',
    "sn:initiativeKind": "initiative-kind:health-kiosk",
    "sn:actorKind": "actor-kind:association",
    "sn:locatedIn": "municipality:05315000",
    "sn:basedIn": "municipality:05315000",
    "sn:servesArea": "land:05",
    "sn:start": '"2021-03-01"^^xsd:date',
    "foaf:homepage": "<https://www.xenia-haus.example/>",
    "sn:activity": '"Beratung"@de',
}


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("initiative", "initiatives/xylophon-am-oelberg.trig"),
        ("organisation", "organisations/deutschland.trig"),
        ("event", "events/xylophon-am-oelberg.trig"),
        ("programme", "programmes/xylophon-am-oelberg.trig"),
    ],
)
def test_each_kind_of_thing_begins_with_the_words_of_its_shapes_and_passes_the_check_once_filled(
    bundle: Bundle, published_home: Path, kind: str, file: str
) -> None:
    assert begin(bundle, "Xylophon am Ölberg", "--confidence", "high", kind=kind, language="en").exit_code == 0
    path, thing = bundle.data / file, f"{kind}:xylophon-am-oelberg"
    text = path.read_text("utf-8")
    hints = hints_of(bundle, KINDS[kind][0], "en")
    assert len(hints) > 8 and all(f"# {one.name}: {one.text}" in text for one in hints if one.path != "rdfs:label")
    for term, value in FILLED.items():
        text = text.replace(f"# {thing} {term} … .", f"{thing} {term} {value} .")
    path.write_text(text, "utf-8")
    assert f"{thing} dct:description" in text and "# " + thing in text
    broken, findings = check(bundle, [path, bundle.data / "sources" / "x.ttl"], home=Home(published_home))
    assert not broken and not [one for one in findings if one.blocks]
    assert not [one for one in findings if one.thing.endswith("/xylophon-am-oelberg") and "nown" not in one.shape]


def test_without_a_page_a_gap_is_left_that_says_what_goes_there(bundle: Bundle) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in (bundle.data / "sources").iterdir())
    assert begin(bundle, "Xylophon am Ölberg", page="").exit_code == 0
    text = (bundle.data / "initiatives" / "xylophon-am-oelberg.trig").read_text("utf-8")
    assert "Noch keine Quelle" in text and "# graph:… {" in text
    assert before == sorted((path, path.stat().st_mtime_ns) for path in (bundle.data / "sources").iterdir())


def test_an_organisation_goes_to_the_file_of_its_land(bundle: Bundle) -> None:
    path = bundle.data / "organisations" / "bayern.trig"
    assert begin(bundle, "Xylophon e. V.", "--in", "bayern", kind="organisation").exit_code == 0
    assert "organisation:xylophon-e-v a sn:Organisation" in path.read_text("utf-8") and read_rdf_file(path)
    assert "bayern" in begin(bundle, "Querflöte e. V.", "--in", "atlantis", kind="organisation").output
