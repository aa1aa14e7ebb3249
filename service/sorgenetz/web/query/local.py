"""What the query page needs to answer in the browser: where the release lies, how much it is, and in which formats."""

from __future__ import annotations

from sorgenetz.formats import BOOLEAN_FORMATS, GRAPH_FORMATS, ROW_FORMATS, Format
from sorgenetz.releases.description_served import dump_path
from sorgenetz.releases.dump_files import N_QUADS, SUMS
from sorgenetz.web.assets import asset, size_of
from sorgenetz.web.built_files import PROGRAM, WORKER
from sorgenetz.web.pages import reader
from sorgenetz.web.query.local_words import local_words
from sorgenetz.web.services import services


def local_graph() -> dict[str, object] | None:
    """Return where the script finds the served release, and what it says; None where there is nothing to load."""
    release = services().engine.release
    listed = release.manifest.get("dumps", {})
    if not asset(WORKER) or N_QUADS.name not in listed or SUMS.name not in listed:
        return None
    plain, packed = size_of(PROGRAM)
    return {
        "worker": asset(WORKER),
        "dump": dump_path(release.name, N_QUADS.name),
        "sums": dump_path(release.name, SUMS.name),
        "file": N_QUADS.name,
        "bytes": listed[N_QUADS.name]["bytes"],
        "programBytes": plain,
        "bytesToFetch": listed[N_QUADS.name]["bytes"] + packed,
        "names": reader().library.page("names").query,
        "formats": {"rows": _offered(ROW_FORMATS), "yes": _offered(BOOLEAN_FORMATS), "graph": _offered(GRAPH_FORMATS)},
        "fileName": f"sorgenetz-{release.number:06d}",
        "words": local_words(),
    }


def _offered(formats: tuple[Format, ...]) -> list[dict[str, str]]:
    return [{"label": one.label, "type": one.media_type, "ending": one.ending} for one in formats]
