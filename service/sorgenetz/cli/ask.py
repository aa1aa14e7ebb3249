"""query: one question to the current release, answered on the terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.table import Column, Table
from rich.text import Text

from sorgenetz.bundle import find_bundle
from sorgenetz.cli.main import main, settings_of
from sorgenetz.cli.tables import table_console
from sorgenetz.cli.words import say
from sorgenetz.errors import BadRequest, NoCommonFormat, NothingHere
from sorgenetz.formats import BY_KEY, offered_for
from sorgenetz.library.registry import Library
from sorgenetz.names import short
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.text_files import bytes_of, text_of


@main.command()
@click.argument("question")
@click.option("--format", "-f", "wanted", default="table", help="table, or json xml csv tsv ttl jsonld nt rdf.")
@click.option("--set", "-s", "values", multiple=True, metavar="NAME=VALUE", help="A parameter of a question.")
@click.pass_context
def query(context: click.Context, question: str, wanted: str, values: tuple[str, ...]) -> None:
    """Answer QUESTION: a SPARQL query, a file with one, - for standard input, or the name of a question."""
    from sorgenetz.engine.engine import Engine
    from sorgenetz.engine.query_text import read_query

    settings = settings_of(context, held_triples=0)  # One query is answered sooner than a graph is held.
    text = _query_text(question, values)
    offered = offered_for(read_query(text).form)
    keys = [fmt.key for fmt in offered]
    if wanted != "table" and wanted not in keys:
        raise NoCommonFormat(accept=wanted, offered=", ".join(["table", *keys]))
    engine = Engine(CurrentRelease(settings.home), settings)
    try:
        answer = engine.answer(text, keys[0] if wanted == "table" else wanted)
    finally:
        engine.close()
    if wanted == "table" and BY_KEY[keys[0]].key == "json":
        _print_table(json.loads(answer.body), answer.engine_seconds, engine.release.name, context.obj["language"])
    else:
        sys.stdout.buffer.write(answer.body)
        sys.stdout.buffer.flush()


def _query_text(question: str, values: tuple[str, ...]) -> str:
    library = Library(find_bundle().queries)
    if question == "-":
        return text_of(Path(question), sys.stdin.buffer.read())
    given = dict(value.partition("=")[::2] for value in values)
    try:
        return library.question(question).with_values(given)
    except NothingHere:
        pass
    if given:
        raise _no_parameters()
    path = Path(question)
    if len(question) < 1024 and "\n" not in question and path.is_file():
        return text_of(path, bytes_of(path))
    if question.isidentifier() or question.replace("-", "").isalnum() or path.suffix == ".rq":
        raise _no_question(question, [entry.name for entry in library.questions()])
    return question


def _print_table(results: dict, seconds: float, release: str, language: str) -> None:
    console = table_console()
    if "boolean" in results:
        console.print(say("yes" if results["boolean"] else "no", language))
        return
    names = results["head"]["vars"]
    table = Table(*(Column(name, overflow="fold") for name in names))
    for row in results["results"]["bindings"]:
        table.add_row(*(Text(_shown(row.get(name))) for name in names))
    console.print(table)
    rows = len(results["results"]["bindings"])
    click.echo(say("rows", language, rows=rows, ms=seconds * 1000, release=release), err=True)


def _shown(term: dict | None) -> str:
    if term is None:
        return ""
    if term["type"] == "uri":
        return short(term["value"])
    return term["value"] + (f" @{term['xml:lang']}" if "xml:lang" in term else "")


def _no_parameters() -> BadRequest:
    return BadRequest(
        what_de="Werte (--set) gibt es nur bei Fragen aus der Sammlung.",
        remedy_de="Nennen Sie den Namen einer Frage, oder schreiben Sie den Wert in die Abfrage.",
        what_en="Values (--set) go with questions of the collection only.",
        remedy_en="Give the name of a question, or write the value into the query.",
    )


def _no_question(name: str, known: list[str]) -> BadRequest:
    return BadRequest(
        what_de=f"Eine Frage oder Datei „{name}“ gibt es nicht.",
        remedy_de=f"Es gibt die Fragen: {', '.join(known)}.",
        what_en=f"There is no question or file “{name}”.",
        remedy_en=f"There are the questions: {', '.join(known)}.",
    )
