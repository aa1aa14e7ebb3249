"""Everything a page shows of one thing: facts, ties, what points to it, what nobody has said, and all the sources."""

from __future__ import annotations

from dataclasses import dataclass, field

from sorgenetz.insight.place import Surroundings, iris_in, surroundings
from sorgenetz.insight.pointers import Pointers, pointers
from sorgenetz.insight.reader import TYPE, Named, Reader, Row, sn
from sorgenetz.insight.sources import Citations
from sorgenetz.insight.statements import Fact, Said, fact, graphs_by_value, in_readers_words, value_of
from sorgenetz.insight.ties import LINKS, Tie, TieGroup, by_heading, figures_disagree, raw_ties, tie
from sorgenetz.insight.unknown import unknown_of
from sorgenetz.names import DCT, GRAPH_DERIVED, OWL, RDFS, SKOS
from sorgenetz.terms import Term

DESCRIPTIONS = (DCT + "description", SKOS + "definition", RDFS + "comment")
NAMING = (RDFS + "label", SKOS + "prefLabel", TYPE, SKOS + "topConceptOf", sn("order"))
DIFFERENT = OWL + "differentFrom"
PLACES = tuple(sn(name) for name in ("locatedIn", "servesArea", "basedIn", "online", "partOf"))
TIMES = tuple(sn(name) for name in ("start", "end", "startTime", "endTime", "timeNote"))
MOST_TIES = 100  # as many as the query thing-ties returns
PLACED = (sn("locatedIn"), sn("servesArea"))


@dataclass
class Thing:
    """One thing as its page shows it."""

    name: Named
    class_label: str
    kinds: list[Named]
    descriptions: list[Said]
    places: list[Fact]
    roles: list[TieGroup]
    involved: list[TieGroup]
    times: list[Fact]
    measures: list[Tie]
    facts: list[Fact]
    examples: list[Tie]
    figures: list[Tie]
    naming: list[Fact]
    different: list[Said]
    pointers: list[Pointers]
    unknown: tuple[str, ...]
    citations: Citations
    statements: int
    figures_disagree: bool = False
    ties_shown: int = 0
    ties_total: int = 0
    ties_cut: bool = False
    place: Surroundings | None = None
    classes: set[str] = field(default_factory=set)


def describe(reader: Reader, iri: str) -> Thing | None:
    """Return the thing, or None when the release says nothing of it and nothing points to it."""
    rows = reader.ask("thing", thing=iri)
    counts = {row["p"].value: int(row["n"].value) for row in reader.ask("thing-pointer-counts", thing=iri)}
    if not rows and not counts:
        return None
    raw = raw_ties(reader.ask("thing-ties", thing=iri)) if counts else []
    pointing = reader.ask("thing-pointers", thing=iri) if counts else []
    said = graphs_by_value(_without_what_follows(rows))
    classes = {row["o"].value for row in rows if row["p"].value == TYPE}
    classes |= {upper for one in classes for upper in reader.vocabulary.above(one)}
    around = reader.ask("place-surroundings", place=iri) if sn("Place") in classes else []
    names = reader.names(_iris(iri, rows, [row for one in raw for row in one.rows], pointing) | iris_in(around))
    citations = Citations()

    descriptions = _descriptions(reader, said, names, citations)
    facts = {
        name: fact(reader, name, values, names, citations)
        for name, values in sorted(said.items(), key=lambda pair: _order(reader, pair[0]))
        if name not in (*DESCRIPTIONS, *NAMING, DIFFERENT)
    }
    ties = [tie(reader, one, names, citations) for one in raw]
    participations = [one for one in ties if one.kind == "participation"]
    figures = sorted((one for one in ties if one.kind == "figure"), key=_counted)
    naming = [_naming(reader, name, said[name], names, citations) for name in NAMING if name in said]
    different = _different(reader, said.get(DIFFERENT, {}), pointing, names, citations)
    place = surroundings(iri, around, names, citations) if around else None
    pointed = [one for one in pointers(reader, pointing, counts, names, citations) if one.property != DIFFERENT]
    if place:
        pointed = [one for one in pointed if one.property not in PLACED or one.class_iri != sn("Initiative")]
    citations.look_up(reader)
    return Thing(
        name=names[iri],
        class_label="" if SKOS + "Concept" in classes else reader.class_label(names[iri]),
        kinds=_kinds(facts),
        descriptions=descriptions,
        places=[facts.pop(name) for name in PLACES if name in facts],
        roles=by_heading((one for one in participations if one.side != "actor"), "role"),
        involved=by_heading((one for one in participations if one.side == "actor"), "role"),
        times=[facts.pop(name) for name in TIMES if name in facts],
        measures=[one for group in by_heading((one for one in ties if one.kind == "measure"), "lowersBarrier")
                  for one in group.ties],
        facts=list(facts.values()),
        examples=[one for one in ties if one.kind == "example"],
        figures=figures,
        naming=naming,
        different=different,
        pointers=pointed,
        unknown=unknown_of(classes, said, ties),
        citations=citations,
        statements=len(rows),
        figures_disagree=figures_disagree(figures),
        ties_shown=len(ties),
        ties_total=max(len(ties), sum(counts.get(sn(link), 0) for link in LINKS)),
        ties_cut=len(ties) >= MOST_TIES,
        place=place,
        classes=classes,
    )  # fmt: skip


def _iris(iri: str, rows: list[Row], ties: list[Row], pointing: list[Row]) -> set[str]:
    found = {iri}
    found |= {row["o"].value for row in (*rows, *ties) if row["o"].kind == "uri"}
    found |= {row["s"].value for row in pointing if row["s"].kind == "uri"}
    return found


def _without_what_follows(rows: list[Row]) -> list[Row]:
    """Leave out classes and places above that a rule adds: they follow from what the page shows."""
    follows = (TYPE, sn("within"))
    return [row for row in rows if not (row["p"].value in follows and "g" in row and row["g"].value == GRAPH_DERIVED)]


def _descriptions(
    reader: Reader, said: dict[str, dict[Term, set[str]]], names: dict[str, Named], citations: Citations
) -> list[Said]:
    found = []
    for name in DESCRIPTIONS:
        for term, graphs in in_readers_words(reader, said.get(name, {})).items() if name in said else ():
            found.append(Said(value_of(reader, term, names), citations.marks(graphs)))
    return found


def _naming(
    reader: Reader, name: str, values: dict[Term, set[str]], names: dict[str, Named], citations: Citations
) -> Fact:
    """Return all names in all languages, and the class, with their sources."""
    said = tuple(
        Said(value_of(reader, term, names), citations.marks(graphs))
        for term, graphs in sorted(values.items(), key=lambda pair: (reader.foreign(pair[0]), pair[0].value))
    )
    return Fact(name, reader.vocabulary.label(name, reader.language), said)


def _different(
    reader: Reader,
    values: dict[Term, set[str]],
    pointing: list[Row],
    names: dict[str, Named],
    citations: Citations,
) -> list[Said]:
    """Return what this thing is not to be confused with, whichever of the two says so."""
    found = {term: set(graphs) for term, graphs in values.items()}
    for row in pointing:
        if row["p"].value == DIFFERENT:
            found.setdefault(row["s"], set()).update({row["g"].value} if "g" in row else ())
    return [Said(value_of(reader, term, names), citations.marks(graphs)) for term, graphs in found.items()]


def _kinds(facts: dict[str, Fact]) -> list[Named]:
    return [
        said.value.thing
        for name in (sn("initiativeKind"), sn("actorKind"), SKOS + "inScheme")
        if name in facts
        for said in facts[name].said
        if said.value.thing
    ]


def _order(reader: Reader, name: str) -> tuple[float, str]:
    return (reader.vocabulary.order(name), reader.vocabulary.label(name, reader.language).casefold())


def _counted(figure: Tie) -> tuple[str, str]:
    counts, when = figure.one("counts"), figure.one("asOf")
    return (counts.value.term.value if counts else "", when.value.term.value if when else "")
