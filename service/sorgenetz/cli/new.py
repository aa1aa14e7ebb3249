"""new: the skeleton of a thing's file, and its source in the register, for a person to fill."""

from __future__ import annotations

from collections.abc import Callable
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


def _command(kind: str) -> click.Command:
    @click.pass_context
    def begin_one(context: click.Context, name: str, root: Path | None, **given: object) -> None:
        from sorgenetz.publishing.skeleton import begin

        language = context.obj["language"]
        bundle = Bundle(root.resolve()) if root else find_bundle()
        _must_be_checkout(bundle, root)
        begun = begin(bundle, kind, name, language=language, today=date.today(), **given)  # type: ignore[arg-type]
        file = begun.file.relative_to(bundle.root)
        if begun.register:
            register = begun.register.relative_to(bundle.root)
            click.echo(say("begun", language, file=file, register=register, source=begun.source))
        else:
            click.echo(say("begun-without-source", language, file=file))
        click.echo(say("begun-next", language, file=file))

    help_text = f"Write the skeleton of the {kind} NAME, with the properties to fill as comments."
    return click.command(kind, help=help_text)(_options(kind)(begin_one))


def _options(kind: str) -> Callable[[Callable], Callable]:
    options = [
        click.argument("name"),
        click.option("--source", "address", default="", metavar="URL",
                     help="The page that says what you will enter; it is put into the register. Else a gap is left."),
        click.option("--confidence", type=click.Choice(["high", "medium", "low"]), default="medium", show_default=True,
                     help="high: the page of the carrier, the town or the funder, or a register; medium: press, "
                          "portals; low: weak."),
        click.option("--slug", default="", help="Last part of its address, where another has the one of the name."),
        click.option("--another", is_flag=True, help="It is another one than that of nearly the same name."),
        click.option("--from", "root", type=click.Path(exists=True, file_okay=False, path_type=Path),
                     help="Folder of the checkout (else the one this command belongs to)."),
    ]  # fmt: skip
    if kind == "organisation":
        options.append(
            click.option("--in", "group", default="deutschland", show_default=True, help="File of its Land or country.")
        )

    def apply(function: Callable) -> Callable:
        for option in reversed(options):
            function = option(function)
        return function

    return apply


def _must_be_checkout(bundle: Bundle, root: Path | None) -> None:
    if not (bundle.data / "initiatives").is_dir() or not (root or (bundle.root / "pyproject.toml").is_file()):
        raise BadRequest(
            what_de="Hier ist kein Checkout, in dem neue Dateien Platz hätten.",
            remedy_de="Klonen Sie das Repositorium und rufen Sie den Befehl darin auf, oder nennen Sie es mit --from.",
            what_en="Here is no checkout that could hold new files.",
            remedy_en="Clone the repository and run the command in it, or name it with --from.",
        )


for _kind in ("initiative", "organisation", "event", "programme"):
    new.add_command(_command(_kind))
