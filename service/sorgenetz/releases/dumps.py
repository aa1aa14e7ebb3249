"""What is added to a release before it is published: dumps, checksums, description, search index, network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import file_digest
from pathlib import Path

import pyoxigraph as ox

from sorgenetz.library.registry import Library
from sorgenetz.processes.side_by_side import processes
from sorgenetz.releases.description import write_description
from sorgenetz.releases.dump_files import ALL, FOLDER, N_QUADS, SUMS, TABLES, TRIG
from sorgenetz.releases.dump_rdf import Statements, write_n_quads, write_trig
from sorgenetz.releases.dump_tables import write_tables
from sorgenetz.releases.network.index import NETWORK, write_network
from sorgenetz.releases.search_index import INDEX, write_index

DESCRIPTION = "void.ttl"


def complete_release(draft: Path, manifest: dict, queries: Path) -> None:
    """Write dumps/, void.ttl, the search index and the network into `draft`, and list the dumps in `manifest`.

    The store in `draft` is finished. The same store gives the same bytes.
    """
    folder = draft / FOLDER
    folder.mkdir()
    with processes(2) as workers:
        # The longest first, so that none is left alone at the end.
        work = [workers.submit(job, draft, queries) for job in (_network, _tables, _rdf, _description, _index)]
        for one in work:
            one.result()
    sums = (f"{sha256_of(folder / dump.name)}  {dump.name}\n" for dump in (N_QUADS, TRIG, TABLES))
    (folder / SUMS.name).write_text("".join(sums), "ascii")
    manifest["dumps"] = {
        dump.name: {"bytes": (folder / dump.name).stat().st_size, "sha256": sha256_of(folder / dump.name)}
        for dump in ALL
    }


def write_search_index(draft: Path, queries: Path) -> None:
    """Write the search index of the release in `draft`, whose store is finished."""
    write_index(draft / INDEX, _asking(draft), Library(queries))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _rdf(draft: Path, queries: Path) -> None:
    with Statements(_store(draft)) as said:
        write_n_quads(said, draft / FOLDER / N_QUADS.name)
        write_trig(said, draft / FOLDER / TRIG.name)


def _tables(draft: Path, queries: Path) -> None:
    write_tables(_store(draft), draft / FOLDER / TABLES.name, Library(queries))


def _index(draft: Path, queries: Path) -> None:
    write_search_index(draft, queries)


def _network(draft: Path, queries: Path) -> None:
    write_network(draft / NETWORK, _asking(draft), Library(queries))


def _description(draft: Path, queries: Path) -> None:
    write_description(_store(draft), Library(queries), draft / DESCRIPTION)


def _asking(draft: Path) -> Callable[[str], Iterator[dict[str, object]]]:
    """Return what asks the store of the release in `draft`."""
    store = _store(draft)

    def ask(query: str) -> Iterator[dict[str, object]]:
        solutions = store.query(query)
        names = [variable.value for variable in solutions.variables]
        return ({name: solution[name] for name in names if solution[name] is not None} for solution in solutions)

    return ask


def _store(draft: Path) -> ox.Store:
    return ox.Store.read_only(str(draft / "store"))
