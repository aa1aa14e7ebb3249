"""new: the skeleton of an initiative's file, and its source in the register, for a person to fill."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sorgenetz.bundle import Bundle, find_bundle
from sorgenetz.cli.main import main
from sorgenetz.cli.words import say
from sorgenetz.errors import BadRequest


@main.group()
def new() -> None:
    """Begin a new file in a checkout."""


@new.command()
@click.argument("name")
@click.option("--source", "address", required=True, metavar="URL", help="The page that says what you will enter.")
@click.option(
    "--confidence", type=click.Choice(["high", "medium", "low"]), default="medium", show_default=True,
    help="high: the page of the carrier, the town or the funder, or a register; medium: press, portals; low: weak.",
)  # fmt: skip
@click.option("--slug", default="", help="Last part of its address, where another has the one made from the name.")
@click.option("--another", is_flag=True, help="It is another one than the existing one of nearly the same name.")
@click.option(
    "--from", "root", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the checkout (else the one this command belongs to).",
)  # fmt: skip
@click.pass_context
def initiative(
    context: click.Context, name: str, address: str, confidence: str, slug: str, another: bool, root: Path | None
) -> None:
    """Write data/initiatives/<slug>.trig for NAME, with the properties to fill as comments, and register its source."""
    from sorgenetz.publishing.skeleton import begin_initiative

    language = context.obj["language"]
    bundle = Bundle(root.resolve()) if root else find_bundle()
    if not (bundle.data / "initiatives").is_dir() or not (root or (bundle.root / "pyproject.toml").is_file()):
        raise BadRequest(
            what_de="Hier ist kein Checkout, in dem neue Dateien Platz hätten.",
            remedy_de="Klonen Sie das Repositorium und rufen Sie den Befehl darin auf, oder nennen Sie es mit --from.",
            what_en="Here is no checkout that could hold new files.",
            remedy_en="Clone the repository and run the command in it, or name it with --from.",
        )
    begun = begin_initiative(
        bundle, name, address, confidence=confidence, slug=slug, another=another, language=language, today=date.today()
    )
    file, register = (path.relative_to(bundle.root) for path in (begun.file, begun.register))
    click.echo(say("begun", language, file=file, register=register, source=begun.source))
    click.echo(say("begun-next", language, file=file))
