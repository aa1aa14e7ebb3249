"""The data files parse, every statement has a registered source, nothing points into the void."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
ID = "https://w3id.org/sorgenetz/id/"
SN = "https://w3id.org/sorgenetz/ontology#"
GRAPH = "https://w3id.org/sorgenetz/graph/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
TRIG_FILES = sorted(DATA.rglob("*.trig"))
SOURCE_FILES = [DATA / "sources.ttl", *sorted((DATA / "sources").glob("*.ttl"))]
STANDS_ALONE = {
    *("Initiative", "Organisation", "Network", "Event", "Talk", "Workshop", "Publication", "Programme"),
    *("FundingProgramme", "LegalBasis", "Finding", "Recommendation", "Question"),
}


def triples(path: Path, file_format: ox.RdfFormat) -> list[ox.Quad]:
    """Return what a data file says, or fail with the parser's line."""
    return list(ox.parse(path=str(path), format=file_format))


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    """Everything the .trig files say."""
    return [quad for path in TRIG_FILES for quad in triples(path, ox.RdfFormat.TRIG)]


@pytest.fixture(scope="module")
def register() -> list[ox.Quad]:
    """The register of sources and graphs."""
    return [quad for path in SOURCE_FILES for quad in triples(path, ox.RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def concepts() -> set[str]:
    """The concepts and schemes that the ontology holds."""
    found = set()
    for path in (ROOT / "ontology").rglob("*.ttl"):
        found |= {
            quad.subject.value for quad in triples(path, ox.RdfFormat.TURTLE) if quad.subject.value.startswith(ID)
        }
    return found


@pytest.fixture(scope="module")
def place_keys() -> set[str]:
    """The places that the tables of keys make."""
    keys = set()
    for name, kind, column in (
        ("municipalities", "municipality", "ags"),
        ("kreise", "kreis", "ags"),
        ("laender", "land", "ags"),
        ("countries", "country", "code"),
    ):
        with (DATA / "places" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
            keys |= {f"{ID}{kind}/{row[column]}" for row in csv.DictReader(table)}
    return keys


def test_there_is_data():
    assert len(TRIG_FILES) > 10
    assert (DATA / "sources.ttl").is_file()


@pytest.mark.parametrize("path", TRIG_FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_a_file_parses_and_names_a_graph_for_every_statement(path):
    found = triples(path, ox.RdfFormat.TRIG)
    assert found
    assert all(quad.graph_name.value.startswith(GRAPH) for quad in found)


@pytest.mark.parametrize("path", TRIG_FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_a_file_begins_with_prefixes_and_its_name_and_has_one_block_per_graph(path):
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip()]
    first_other = next(index for index, line in enumerate(lines) if not line.startswith("@prefix "))
    assert first_other > 0
    assert lines[first_other].startswith("# ")
    blocks = Counter(re.findall(r"^(graph:\S+) \{", text, re.M))
    assert blocks and max(blocks.values()) == 1


def test_no_blank_nodes(quads, register):
    for quad in [*quads, *register]:
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_every_graph_is_registered_with_a_source_and_one_confidence(quads, register):
    sources, confidences = defaultdict(set), defaultdict(set)
    for quad in register:
        if quad.predicate.value == SN + "source":
            sources[quad.subject.value].add(quad.object.value)
        if quad.predicate.value == SN + "confidence":
            confidences[quad.subject.value].add(quad.object.value.rsplit("/", 1)[1])
    for graph in {quad.graph_name.value for quad in quads}:
        assert len(sources[graph]) == 1, graph
        assert confidences[graph] == {graph.rsplit("-", 1)[1]}, graph
        assert graph.startswith(GRAPH + sources[graph].copy().pop().rsplit("/", 1)[1]), graph


def test_every_source_has_label_publisher_address_and_licence(register):
    properties = defaultdict(set)
    for quad in register:
        properties[quad.subject.value].add(quad.predicate.value)
    sources = {
        quad.subject.value
        for quad in register
        if quad.predicate.value == RDF_TYPE and quad.object.value == SN + "Source"
    }
    assert sources
    for source in sources:
        had = properties[source]
        assert LABEL in had and "http://purl.org/dc/terms/publisher" in had and SN + "url" in had, source
        assert "http://purl.org/dc/terms/license" in had or SN + "licenceNote" in had, source


def test_every_registered_web_source_is_used(quads, register):
    used = {quad.graph_name.value for quad in quads}
    own = triples(DATA / "sources.ttl", ox.RdfFormat.TURTLE)
    own_graphs = {quad.subject.value for quad in own}
    registered = {quad.subject.value for quad in register if quad.predicate.value == SN + "confidence"}
    assert registered - own_graphs <= used


def test_no_address_is_registered_twice(register):
    addresses = Counter(
        re.sub(r"^https?://(www\.)?|/$", "", quad.object.value)
        for quad in register
        if quad.predicate.value == SN + "url"
    )
    assert [address for address, count in addresses.items() if count > 1] == []


def test_nothing_points_into_the_void(quads, register, concepts, place_keys):
    known = {quad.subject.value for quad in [*quads, *register]} | concepts | place_keys
    dangling = {
        (quad.subject.value, quad.object.value)
        for quad in quads
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(ID) and quad.object.value not in known
    }
    assert dangling == set()


def test_every_thing_has_a_type_and_a_name(quads):
    typed, named, subjects, languages = set(), set(), set(), defaultdict(set)
    for quad in quads:
        thing = quad.subject.value
        subjects.add(thing)
        if quad.predicate.value == RDF_TYPE:
            typed.add(thing)
        if quad.predicate.value == LABEL:
            named.add(thing)
            languages[thing].add(quad.object.language)
    assert subjects - typed == set()
    assert subjects - named == set()
    assert [thing for thing, tags in languages.items() if tags == {"en"}] == []


def test_no_thing_is_an_orphan(quads):
    kinds, referenced = defaultdict(set), set()
    points_out = set()
    for quad in quads:
        if quad.predicate.value == RDF_TYPE:
            kinds[quad.subject.value].add(quad.object.value.removeprefix(SN))
        elif isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(ID):
            referenced.add(quad.object.value)
            points_out.add(quad.subject.value)
    assert {
        thing
        for thing, kind in kinds.items()
        if not kind & STANDS_ALONE and thing not in referenced and thing not in points_out
    } == set()
    # an organisation that nothing mentions and that says nothing would be of no use to anyone
    assert {
        thing
        for thing, kind in kinds.items()
        if "Organisation" in kind and thing not in referenced and thing not in points_out
    } == set()


def test_a_participation_has_an_actor_a_role_and_what_it_is_in(quads):
    facts = defaultdict(set)
    kinds = {
        quad.subject.value
        for quad in quads
        if quad.predicate.value == RDF_TYPE and quad.object.value == SN + "Participation"
    }
    for quad in quads:
        facts[quad.subject.value].add(quad.predicate.value.removeprefix(SN))
    assert kinds
    for thing in kinds:
        assert {"role", "in"} <= facts[thing] and facts[thing] & {"actor", "unnamedActor"}, thing


def test_times_are_typed_years_months_or_days(quads):
    allowed = {"gYear", "gYearMonth", "date"}
    for quad in quads:
        if quad.predicate.value in (SN + "start", SN + "end", SN + "asOf"):
            assert quad.object.datatype.value.rsplit("#", 1)[1] in allowed
            assert re.fullmatch(r"(19|20)\d\d(-\d\d(-\d\d)?)?", quad.object.value), quad


def test_descriptions_and_kinds_are_the_editors_own(quads):
    for quad in quads:
        finding = quad.subject.value.startswith(ID + "finding/")
        if quad.predicate.value == "http://purl.org/dc/terms/description" and not finding:
            assert quad.graph_name.value == GRAPH + "redaktion-high", quad
        if quad.predicate.value in (RDF_TYPE, SN + "initiativeKind", SN + "actorKind"):
            assert quad.graph_name.value == GRAPH + "redaktion-high", quad


def test_descriptions_come_in_both_languages(quads):
    languages = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == "http://purl.org/dc/terms/description":
            languages[quad.subject.value].add(quad.object.language)
    assert [thing for thing, tags in languages.items() if tags != {"de", "en"}] == []


def test_slugs_are_plain(quads):
    for thing in {quad.subject.value for quad in quads}:
        assert re.fullmatch(r"[a-z-]+/[A-Za-z0-9-]+", thing.removeprefix(ID)), thing
