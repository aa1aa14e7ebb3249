"""sample: statements drawn at random, with who says so, for a person to compare with the sources."""

from __future__ import annotations

import csv
import secrets
import sys

import click
from rich.table import Column, Table
from rich.text import Text

from sorgenetz.bundle import find_bundle
from sorgenetz.cli.main import main, settings_of
from sorgenetz.cli.tables import table_console
from sorgenetz.cli.words import say
from sorgenetz.library.registry import Library
from sorgenetz.releases.served import CurrentRelease
from sorgenetz.terms import Term

LARGEST = 1000  # what queries/pages/sample.rq returns
_READ = ("thingName", "propertyName", "valueName", "sourceName", "address", "confidenceName", "retrieved")
_ALL = ("thing", "thingName", "property", "propertyName", "value", "valueName", "graph", "sourceName", "address",
        "confidence", "confidenceName", "retrieved")  # fmt: skip


@main.command()
@click.argument("number", type=click.IntRange(1, LARGEST), default=20)
@click.option("--seed", "-s", type=click.IntRange(min=0), help="The same seed draws the same statements again.")
@click.option("--format", "-f", "wanted", type=click.Choice(["table", "csv"]), default="table", show_default=True)
@click.pass_context
def sample(context: click.Context, number: int, seed: int | None, wanted: str) -> None:
    """Draw NUMBER statements (20) of the served release at random, to be compared with their sources."""
    from sorgenetz.engine.engine import Engine

    # A person waits here, no server: a draw from all statements may take longer than a visitor is allowed.
    settings = settings_of(context, query_seconds=60.0, held_triples=0)
    language = context.obj["language"]
    library = Library(find_bundle().queries)
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    engine = Engine(CurrentRelease(settings.home), settings)
    try:
        rows = engine.rows(library.page("sample").with_values({"seed": seed, "language": language}))[:number]
        release = engine.release.name
    finally:
        engine.close()
    if wanted == "csv":
        _print_csv(rows)
    else:
        _print_table(rows, {name: library.heading(name, language) for name in _READ})
    click.echo(say("sampled", language, rows=len(rows), release=release, seed=seed), err=True)


def _print_csv(rows: list[dict[str, Term]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_ALL)
    writer.writerows([_words(row, name) for name in _ALL] for row in rows)


def _print_table(rows: list[dict[str, Term]], headings: dict[str, str]) -> None:
    table = Table(*(Column(headings[name], overflow="fold") for name in _READ), show_lines=True)
    for row in rows:
        table.add_row(*(Text(_words(row, name)) for name in _READ))
    table_console().print(table)


def _words(row: dict[str, Term], name: str) -> str:
    return row[name].value if name in row else ""
