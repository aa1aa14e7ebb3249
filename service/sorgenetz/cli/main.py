"""The `sorgenetz` command and what all its subcommands share."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from sorgenetz import __version__
from sorgenetz.errors import SorgenetzError
from sorgenetz.settings import Settings

# Where each command stands; what it needs is imported with it, so that a server does not carry what builds releases.
COMMANDS = {
    "build": "publish", "check": "publish", "new": "new", "query": "ask", "releases": "publish", "rollback": "publish",
    "sample": "sample", "serve": "serve", "thin": "publish",
}  # fmt: skip


class Command(click.Group):
    """Turns our errors into two plain sentences and an exit code; nobody sees a stack trace."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in COMMANDS:
            # It adds itself to `main`.
            import_module(f"sorgenetz.cli.{COMMANDS[name]}")
        return super().get_command(context, name)

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except SorgenetzError as error:
            language = (context.obj or {}).get("language", "en")
            click.secho(error.text(language), fg="red", err=True)
            click.echo(error.remedy(language), err=True)
            context.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of our output has gone, as `head` does.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            context.exit(1)


def _language() -> str:
    words = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "de" if words.lower().startswith("de") else "en"


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sorgenetz")
@click.option("--home", type=click.Path(path_type=Path), help="Folder of the releases (SORGENETZ_HOME; ./var).")
@click.option("--language", type=click.Choice(["de", "en"]), help="Language of the messages; else that of LANG.")
@click.pass_context
def main(context: click.Context, home: Path | None, language: str | None) -> None:
    """Sorgenetz: build, check, publish, ask and serve the knowledge graph of caring communities."""
    context.obj = {"language": language or _language(), "home": home}


def settings_of(context: click.Context, **given: object) -> Settings:
    """Return the settings of the environment, overridden by the options given."""
    return Settings.from_environment(home=context.obj["home"], **given)
