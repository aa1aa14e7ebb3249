"""build, check, releases, rollback and thin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from sorgenetz.bundle import Bundle, find_bundle
from sorgenetz.cli.main import main, settings_of
from sorgenetz.cli.tables import table_console
from sorgenetz.cli.words import say
from sorgenetz.errors import GateClosed, ReleaseBroken
from sorgenetz.releases.chain import Home


@contextmanager
def _progress(language: str) -> Iterator[Callable[[str, int, int], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for task in tasks.values():
                    bar.update(task, total=1, completed=1, visible=False)
                tasks[stage] = bar.add_task(say(stage, language), total=None)
            bar.update(tasks[stage], completed=done, total=total if total > 1 else None)

        yield show


def _bundle(context: click.Context, root: Path | None) -> Bundle:
    return Bundle(root.resolve()) if root else find_bundle()


_from = click.option(
    "--from", "root", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with ontology/, data/, shapes/ and queries/ (else those that came along).",
)  # fmt: skip


@main.command()
@click.option("--message", "-m", default="", help="Why this release is made.")
@_from
@click.pass_context
def build(context: click.Context, message: str, root: Path | None) -> None:
    """Build the files into a release, check it, and make it the current one."""
    publish_bundle(context, settings_of(context).home, _bundle(context, root), message)


def publish_bundle(context: click.Context, home: Path, bundle: Bundle, message: str = "") -> None:
    """Publish the bundle with progress shown; on refusal print the findings and raise GateClosed."""
    from sorgenetz.gate.table import findings_table
    from sorgenetz.publishing import build as publishing

    language = context.obj["language"]
    try:
        with _progress(language) as progress:
            outcome = publishing.build(bundle, Home(home), message=message, progress=progress)
    except GateClosed as refused:
        blocking = [finding for finding in refused.findings if finding.blocks]
        table_console(stderr=True).print(findings_table(blocking, language, bundle.root))
        raise
    manifest = outcome.release.manifest
    key = "published" if outcome.new else "unchanged"
    click.echo(say(key, language, **manifest))
    warnings = sum(not finding.blocks for finding in outcome.findings)
    if warnings:
        click.echo(say("warnings", language, warnings=warnings), err=True)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@_from
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], root: Path | None) -> None:
    """Show what the gate would say, of all files or of FILES, without publishing. Exit code 1 on errors."""
    from sorgenetz.gate.table import findings_table
    from sorgenetz.publishing import check as checking

    language = context.obj["language"]
    bundle, home = _bundle(context, root), Home(settings_of(context).home)
    with _progress(language) as progress:
        broken, findings = checking.check(bundle, files, home=home, progress=progress)
    for error in broken:
        click.secho(error.text(language), fg="red", err=True)
        click.echo(error.remedy(language), err=True)
    if findings:
        table_console().print(findings_table(findings, language, bundle.root))
    errors = len(broken) + sum(finding.blocks for finding in findings)
    warnings = sum(not finding.blocks for finding in findings)
    click.echo(say("refused" if errors else "conforms", language, errors=errors, warnings=warnings))
    context.exit(1 if errors else 0)


@main.command()
@click.pass_context
def releases(context: click.Context) -> None:
    """List the releases, newest first; the served one is marked, and those kept as changes only are."""
    from sorgenetz.releases.rebuilt import all_published, is_whole

    language = context.obj["language"]
    home = Home(settings_of(context).home)
    try:
        current = home.current().name
    except ReleaseBroken:
        # Who looks for one to serve in its place needs the list.
        current = ""
    columns = ("name", "created", "statements", "change", "message")
    table = Table("", *(Column(say(key, language), overflow="fold") for key in columns))
    published = all_published(home)
    for release in reversed(published):
        about = release.manifest
        change = f"+{about['added']} −{about['removed']}"
        mark = "●" if release.name == current else "" if is_whole(release.folder) else "○"
        table.add_row(mark, release.name, release.created, str(about["triples"]), change, about["message"])
    table_console().print(table)
    if not all(is_whole(release.folder) for release in published):
        click.echo(say("kept-as-changes", language), err=True)


@main.command()
@click.argument("name")
@click.pass_context
def rollback(context: click.Context, name: str) -> None:
    """Serve the release NAME (or its number) again; nothing is deleted. One that was thinned is made whole first."""
    from sorgenetz.releases.served_again import serve_again

    release = serve_again(Home(settings_of(context).home), name, find_bundle().queries)
    click.echo(say("rolled-back", context.obj["language"], name=release.name))


@main.command(name="thin")
@click.option("--keep", type=click.IntRange(min=1), default=20, show_default=True, help="How many stay whole.")
@click.pass_context
def thin_releases(context: click.Context, keep: int) -> None:
    """Keep the newest releases whole, and of older ones only what they can be rebuilt from."""
    from sorgenetz.releases.rebuilt import thin

    thinned = thin(Home(settings_of(context).home), keep)
    click.echo(say("thinned", context.obj["language"], count=len(thinned)))
