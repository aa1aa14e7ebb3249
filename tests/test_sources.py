"""Files become quads in the right graph; what is broken is said with its place."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from sorgenetz.bundle import Bundle, find_bundle
from sorgenetz.errors import FileBroken, FileKindUnknown, FileMissing, TableBroken
from sorgenetz.names import GRAPH_ONTOLOGY, GRAPH_SOURCES, ID, PREFIXES, RDF, RDFS, SN
from sorgenetz.sources.authored import input_digest, read_bundle
from sorgenetz.sources.decisions import read_decisions
from sorgenetz.sources.places import read_places
from sorgenetz.sources.rdf_files import line_of, line_of_statement, read_rdf_file, with_stable_blank_nodes
from sorgenetz.text_files import FileNotUtf8

SMALL = {
    "a.ttl": "<urn:a> <urn:p> 'x'@de .",
    "a.nt": '<urn:a> <urn:p> "x"@de .\n',
    "a.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
        '<rdf:Description rdf:about="urn:a"><u:p xml:lang="de">x</u:p></rdf:Description></rdf:RDF>'
    ),
    "a.jsonld": '{"@id": "urn:a", "urn:p": {"@value": "x", "@language": "de"}}',
}


@pytest.mark.parametrize("name", SMALL)
def test_each_kind_of_file_gives_the_same_statement_in_the_graph_given(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SMALL[name])
    [quad] = read_rdf_file(tmp_path / name, "urn:g")
    assert str(quad) == '<urn:a> <urn:p> "x"@de <urn:g>'


def test_trig_keeps_the_graphs_it_names(tmp_path: Path) -> None:
    (tmp_path / "a.trig").write_text("<urn:g> { <urn:a> <urn:p> 1 } <urn:b> <urn:p> 2 .")
    graphs = {str(quad.graph_name) for quad in read_rdf_file(tmp_path / "a.trig", "urn:home")}
    assert graphs == {"<urn:g>", "<urn:home>"}


def test_broken_turtle_is_said_with_file_line_column_and_what_was_expected(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix sn: <urn:sn#> .\nsn:a a sn:Initiative\nsn:b a sn:Initiative .\n")
    with pytest.raises(FileBroken) as caught:
        read_rdf_file(path)
    details = caught.value.details
    assert (details["file"], details["line"], details["column"]) == (path, 3, 1)
    assert "expect" in details["reason"]
    assert details["shown"] == "sn:b a sn:Initiative ."
    assert (
        "Zeile 3" in caught.value.text("de")
        and "steht so kein" in caught.value.text("de")
        and "line 3" in caught.value.text("en")
    )


def test_an_unknown_ending_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(FileKindUnknown, match=r"\.trig"):
        read_rdf_file(tmp_path / "a.docx")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="No such file"):
        read_rdf_file(tmp_path / "a.ttl")


def test_blank_nodes_have_the_same_names_each_time(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:p> [ <urn:q> 1 ], [ <urn:q> 2 ] .")
    first = {str(quad) for quad in with_stable_blank_nodes(read_rdf_file(path, "urn:g"), "a.ttl")}
    path.write_text("<urn:a> <urn:p> [ <urn:q> 2 ] ; <urn:p> [ <urn:q> 1 ] .")
    second = {str(quad) for quad in with_stable_blank_nodes(read_rdf_file(path, "urn:g"), "a.ttl")}
    other = {str(quad) for quad in with_stable_blank_nodes(read_rdf_file(path, "urn:g"), "b.ttl")}
    assert first == second and first != other


def bundle_with(root: Path, files: dict[str, str]) -> Bundle:
    for folder in ("ontology", "shapes", "data/places", "queries"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return Bundle(root)


def test_each_file_goes_into_the_graph_of_its_folder(tmp_path: Path) -> None:
    bundle = bundle_with(
        tmp_path,
        {
            "ontology/o.ttl": "<urn:o> <urn:p> 1 .",
            "data/sources.ttl": "<urn:s> <urn:p> 1 .",
            "data/initiatives/i.trig": "<urn:g> { <urn:i> <urn:p> 1 }",
        },
    )
    authored = read_bundle(bundle)
    graphs = {quad.subject.value: quad.graph_name.value for quad in authored.quads}
    assert graphs == {"urn:o": GRAPH_ONTOLOGY, "urn:s": GRAPH_SOURCES, "urn:i": "urn:g"}
    assert authored.files["urn:i"] == tmp_path / "data/initiatives/i.trig"


def test_one_broken_file_leaves_the_others_readable(tmp_path: Path) -> None:
    bundle = bundle_with(
        tmp_path, {"data/a.trig": "<urn:g> { <urn:a> <urn:p> }", "data/b.trig": "<urn:g> {<urn:b> a 1}"}
    )
    authored = read_bundle(bundle)
    assert [type(error) for error in authored.broken] == [FileBroken]
    assert {quad.subject.value for quad in authored.quads} == {"urn:b"}


def test_a_statement_outside_a_graph_is_refused(tmp_path: Path) -> None:
    authored = read_bundle(bundle_with(tmp_path, {"data/a.trig": "<urn:a> <urn:p> 1 ."}))
    assert "outside a graph" in str(authored.broken[0])


@pytest.mark.parametrize("name", ["derived", "questions"])
def test_nobody_writes_into_a_graph_that_the_build_makes(tmp_path: Path, name: str) -> None:
    text = f"<https://w3id.org/sorgenetz/graph/{name}> {{ <urn:a> <urn:p> 1 . }}"
    authored = read_bundle(bundle_with(tmp_path, {"data/a.trig": text}))
    assert "the build alone writes into this graph" in str(authored.broken[0]) and not authored.quads


def test_the_input_digest_moves_with_every_byte(tmp_path: Path) -> None:
    bundle = bundle_with(tmp_path, {"data/a.trig": ""})
    before = input_digest(bundle, "1")
    (tmp_path / "data/a.trig").write_text(" ")
    assert input_digest(bundle, "1") != before and input_digest(bundle, "2") != input_digest(bundle, "1")


def test_the_line_of_a_thing_is_where_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text("graph:x {\n  measure:m sn:initiative initiative:a .\n  initiative:a a sn:Initiative .\n}\n")
    assert line_of(path, ID + "initiative/a", PREFIXES) == 3
    assert line_of(path, ID + "initiative/zzz", PREFIXES) is None


@pytest.mark.parametrize(
    ("said", "value", "line"),
    [
        (SN + "start", "um 2012", 10),
        (SN + "start", "", 5),
        (SN + "targetGroup", ID + "target-group/two", 7),
        (RDFS + "label", "Zwei", 4),
        (RDFS + "label", "Niemand", 3),
        (RDF + "type", SN + "Initiative", 3),
        ("", "um 2012", 10),
        (SN + "end", "", None),
        ("", "", None),
    ],
)
def test_the_line_of_a_statement_is_where_its_value_stands_among_what_is_said_of_the_thing(
    tmp_path: Path, said: str, value: str, line: int | None
) -> None:
    path = tmp_path / "a.trig"
    path.write_text(
        'graph:x {\n  initiative:ab sn:start "um 2012" ; sn:end "2013" .\n'
        '  initiative:a a sn:Initiative ; rdfs:label "Eins"@de,\n'
        '      "Zwei"@en ;\n    sn:start "2012"^^xsd:gYear ;\n    sn:targetGroup target-group:one,\n'
        "      target-group:two .\n}\ngraph:y {\n"
        '  initiative:a sn:start "um 2012" .\n  initiative:b sn:end "2014" .\n}\n'
    )
    assert line_of_statement(path, ID + "initiative/a", said, value, PREFIXES) == line


def test_places_are_complete_with_keys_as_text() -> None:
    quads = [quad for found in read_places(find_bundle().data / "places").values() for quad in found]
    kinds = [quad.object.value.removeprefix(SN) for quad in quads if quad.predicate.value.endswith("#type")]
    assert (kinds.count("Municipality"), kinds.count("Kreis"), kinds.count("Land")) == (9823, 401, 16)
    keys = [quad.object for quad in quads if quad.predicate == ox.NamedNode(SN + "ags")]
    assert ox.Literal("01001000") in keys and all(key.datatype.value.endswith("#string") for key in keys)


@pytest.mark.parametrize("row", ["1001000,Flensburg,Stadt,01001,01", "01001000,Flensburg,Stadt,01001"])
def test_a_wrong_key_or_a_missing_column_names_file_line_and_column(tmp_path: Path, row: str) -> None:
    (tmp_path / "municipalities.csv").write_text(f"ags,name,designation,kreis_ags,land_ags\n{row}\n")
    with pytest.raises(TableBroken, match=r"municipalities\.csv, line 2"):
        read_places(tmp_path)


def test_a_decision_is_a_statement_of_the_editors_that_two_things_differ(tmp_path: Path) -> None:
    [quad] = read_decisions(tmp_path / "decisions.csv", "a,b,decision,reason\ninitiative:a,initiative:b,different,x\n")
    assert quad.subject.value.endswith("/initiative/a") and quad.object.value.endswith("/initiative/b")
    assert quad.predicate.value.endswith("#differentFrom") and quad.graph_name.value.endswith("/redaktion-high")


def test_a_decision_to_merge_says_what_takes_the_place(tmp_path: Path) -> None:
    [quad] = read_decisions(tmp_path / "decisions.csv", "a,b,decision,reason\ninitiative:a,initiative:b,merged,x\n")
    assert quad.predicate.value == "http://purl.org/dc/terms/isReplacedBy"


@pytest.mark.parametrize("row", ["initiative:a", "nothing:a,initiative:b", ",initiative:b"])
def test_a_decision_that_names_no_two_things_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    with pytest.raises(TableBroken) as caught:
        read_decisions(tmp_path / "decisions.csv", f"a,b,decision,reason\n{row}\n")
    assert "2" in caught.value.text("en")


def test_a_decision_alone_changes_what_the_files_say(tmp_path: Path) -> None:
    bundle = bundle_with(tmp_path, {"data/a.trig": ""})
    before = read_bundle(bundle).quads
    (bundle.data / "decisions.csv").write_text("a,b,decision\ninitiative:a,initiative:b,different\n", "utf-8")
    assert len(read_bundle(bundle).quads - before) == 1


TURTLE = "@prefix p: <urn:> .\n<urn:a> p:b 'Größe'@de .\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_a_mark_that_editors_put_before_utf_8_is_no_mistake(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.ttl").write_bytes(TURTLE.replace("\n", "\r\n").encode(encoding))
    [quad] = read_rdf_file(tmp_path / "a.ttl")
    assert quad.object.value == "Größe"
    folder = _places(tmp_path, (find_bundle().data / "places" / "laender.csv").read_text("utf-8"), encoding)
    [quads] = read_places(folder).values()
    assert len({quad.subject for quad in quads}) == 16


@pytest.mark.parametrize(("encoding", "line"), [("cp1252", 2), ("utf-16", 1)])
def test_another_encoding_is_named_with_file_and_line(tmp_path: Path, encoding: str, line: int) -> None:
    (tmp_path / "a.ttl").write_bytes(TURTLE.encode(encoding))
    with pytest.raises(FileNotUtf8, match=rf"a\.ttl, line {line}: the file is not saved in UTF-8"):
        read_rdf_file(tmp_path / "a.ttl")
    folder = _places(tmp_path, "ags,name,country\n05,Größe,de\n", encoding)
    with pytest.raises(FileNotUtf8, match=rf"laender\.csv, line {line}"):
        read_places(folder)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "decisions.csv").write_bytes("a,b,decision,reason\n,,,Größe\n".encode(encoding))
    [error] = read_bundle(Bundle(tmp_path)).broken
    assert isinstance(error, FileNotUtf8) and "UTF-8" in error.text("de")


@pytest.mark.parametrize("text", ["ags;name;country\n05;NRW;de\n", "ags,namme,country\n05,NRW,de\n"])
def test_a_table_without_a_column_is_said_with_its_first_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(TableBroken, match=r"laender\.csv, line 1: .*(name|country|ags)"):
        read_places(_places(tmp_path, text, "utf-8"))


def test_a_misspelt_decision_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableBroken, match="line 2: .*decision"):
        read_decisions(tmp_path / "decisions.csv", "a,b,decision,reason\ninitiative:a,initiative:b,megred,x\n")


def _places(tmp_path: Path, text: str, encoding: str) -> Path:
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "laender.csv").write_bytes(text.encode(encoding))
    return folder
