"""How many answers a second: ours, asked anew and asked again, beside other servers over the same triples.

Run it with `make bench-peers`. It needs `wrk`; Virtuoso where Debian's package is installed, Fuseki where --fuseki
names its runnable jar. All of it stays on the loopback address, is bounded, and ends by itself.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from grown import grow
from servers import LOCAL, Server, kinds, running

from sorgenetz.bundle import find_bundle
from sorgenetz.library.registry import Library
from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home

HERE = Path(__file__).resolve().parent
QUESTIONS = (
    "shown-at-event", "actors-in-two-or-more-initiatives", "barriers-and-their-practices",
    "barriers-without-answer-in-kreis", "initiatives-by-land", "initiatives-in-a-kreis",
    "municipalities-with-several-initiatives", "roles-of-municipalities", "talks-and-speakers",
    "what-connects-two-actors",
)  # fmt: skip
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
# So many ask at the same time; what is held, and what is small, is asked by so many that no processor waits.
CONNECTIONS = {"fresh": 4, "many": 16, "again": 16}
SMALL = 200
SETTLE_SECONDS = 30
Rates = dict[tuple[str, str, str], float]


def queries() -> dict[str, str]:
    """Return six queries of common kinds and ten of our questions, by name."""
    library = Library(find_bundle().queries)
    return {
        **{path.stem: path.read_text("utf-8") for path in sorted((HERE / "queries").glob("*.rq"))},
        **{name: library.question(name).with_values({}) for name in QUESTIONS},
    }


def rows_of(server: Server, query: str) -> int | None:
    """Return the number of rows of the server's answer, None when there is none within 20 seconds."""
    connection = HTTPConnection(LOCAL, server.port, timeout=20)
    try:
        connection.request("GET", f"{server.path}?query={quote(query)}",
                           headers={"Accept": "application/sparql-results+json"})  # fmt: skip
        response = connection.getresponse()
        return len(json.load(response)["results"]["bindings"]) if response.status == 200 else None
    except (OSError, HTTPException, ValueError, KeyError):
        return None
    finally:
        connection.close()


def settle(server: Server) -> None:
    """Wait until the server is done with what it was asked before, and begin it anew where that takes long.

    Not every one notices that nobody waits any more.
    """
    end = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < end:
        began = time.monotonic()
        rows_of(server, queries()["one-thing"])
        if time.monotonic() - began < 0.05:
            return
        time.sleep(1)
    server.restart()


def rate(server: Server, query: str, how: str, seconds: int, folder: Path) -> tuple[float, float]:
    """Return answers a second and the 99th percentile in milliseconds; 0 where none came or one was an error."""
    address, asked = folder / "address", f"{server.path}?query={quote(query)}"
    address.write_text(asked)
    command = ["wrk", "-t1", f"-c{CONNECTIONS[how]}", f"-d{seconds}s", "--timeout", "20s", "--latency",
               "-H", "Accept: application/sparql-results+json"]  # fmt: skip
    # A script makes each request anew, which takes its client as long as a held answer takes the server.
    if how == "again":
        command.append(f"http://{LOCAL}:{server.port}{asked}")
    else:
        command += ["-s", HERE / "fresh.lua", f"http://{LOCAL}:{server.port}", "--", address]
    said = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said:
        return 0.0, 0.0
    found, slow = re.search(r"Requests/sec:\s*([\d.]+)", said), re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    factor = {"us": 0.001, "ms": 1, "s": 1000}
    return float(found[1]) if found else 0.0, float(slow[1]) * factor[slow[2]] if slow else 0.0


def under_runaways(server: Server, query: str, seconds: int, folder: Path) -> float:
    """Return the 99th percentile in milliseconds of a small query while four clients ask without end."""
    ask = ["curl", "-s", "-o", os.devnull, "--max-time", str(seconds + 4), "-G", "--data-urlencode",
           f"query={RUNAWAY}", f"http://{LOCAL}:{server.port}{server.path}"]  # fmt: skip
    runaways = [subprocess.Popen(ask) for _ in range(4)]
    try:
        return rate(server, query, "fresh", seconds, folder)[1]
    finally:
        for one in runaways:
            one.wait()


def measure(kind, triples: Path, folder: Path, seconds: int, count: int) -> tuple[Rates, dict[str, int | None], float]:
    """Return the rates of one server by (server, query, how), the rows it answered, and its tail under runaways."""
    if count > kind.most_triples:
        return {}, {}, 0.0
    rates: Rates = {}
    rows: dict[str, int | None] = {}
    with running(kind, triples, folder / "server") as server:
        for name, query in queries().items():
            # Twice: what is large is held from the second time on.
            rows[name] = rows_of(server, query) and rows_of(server, query)
            if rows[name] is None:
                # It may still work on it, and that would count against what follows.
                server.restart()
                print(f"  {kind.name}: {name}, none", file=sys.stderr)
                continue
            for how in CONNECTIONS:
                if how == "many" and rates[kind.name, name, "fresh"] < SMALL:
                    continue
                settle(server)
                rates[kind.name, name, how] = rate(server, query, how, seconds, folder)[0]
            print(f"  {kind.name}: {name}, {rows[name]} rows", file=sys.stderr)
        settle(server)
        tail = under_runaways(server, queries()["one-thing"], 8, folder)
    return rates, rows, tail


def table(rates: Rates, rows: dict[str, dict[str, int | None]], names: list[str]) -> None:
    """Print answers a second, with what ours is to the fastest peer when asked again and to Oxigraph when anew."""
    peers = [name for name in names if name != "Sorgenetz"]
    print(f"| query | rows | ours, anew | by sixteen | ours, again | {' | '.join(peers)} "
          "| again : fastest peer | anew : Oxigraph | by sixteen |")  # fmt: skip
    print("|---" * (8 + len(peers)) + "|")
    for query in queries():
        ours = {how: rates.get(("Sorgenetz", query, how)) for how in CONNECTIONS}
        best = {peer: max(rates.get((peer, query, how), 0) for how in CONNECTIONS) for peer in peers}
        answered = rows.get("Sorgenetz", {}).get(query)
        marks = {peer: "" if rows[peer].get(query) in (None, answered) else " (other rows)" for peer in peers}
        fastest = max(best.values(), default=0)
        oxigraph = {how: rates.get(("Oxigraph server", query, how), 0) for how in ("fresh", "many")}
        cells = [_number(best[peer]) + marks[peer] for peer in peers]
        ratios = [_ratio(ours["again"], fastest), *(_ratio(ours[how], oxigraph[how]) for how in oxigraph)]
        print("| " + " | ".join([query, str(answered), *map(_number, ours.values()), *cells, *ratios]) + " |")


def _number(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def _ratio(ours: float | None, other: float) -> str:
    if not ours or not other:
        return "–"
    return f"{ours / other:.1f}" if ours >= other else f"{ours / other:.2f}"


def main() -> None:
    """Measure at each size and print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="100000,1000000", help="statements, with commas between")
    options.add_argument("--seconds", type=int, default=2, help="how long each query is asked in each way")
    options.add_argument("--fuseki", type=Path, help="the runnable jar of Fuseki")
    options.add_argument("--home", type=Path, help="a home with a release of the real graph; else one is built")
    options.add_argument("--tools", type=Path, help="an environment to install the Python peers into, and to keep")
    options.add_argument("--only", default="", help="names of servers, with commas between")
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="sorgenetz-peers-"))
    command = str(Path(sys.executable).with_name("sorgenetz"))
    anew: dict[int, Rates] = {}
    try:
        if not given.home:
            subprocess.run([command, "--home", folder / "real", "build"], check=True, capture_output=True)
        dump = Home(given.home or folder / "real").current().folder / "dumps" / "sorgenetz.nq.gz"
        for size in map(int, given.sizes.split(",")):
            at = folder / str(size)
            at.mkdir()
            quads = grow(dump, size, at / "grown.nq")
            release = publish_files([at / "grown.nq"], Home(at / "home"))
            store = ox.Store.read_only(str(release.store_path))
            store.dump(at / "triples.nt", ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
            count = sum(1 for _ in (at / "triples.nt").open("rb"))
            del store
            rates, rows, tails = {}, {}, {}
            for kind in kinds(at / "home", given.tools or folder / "tools", given.fuseki and given.fuseki.resolve()):
                if given.only and kind.name not in given.only.split(",") or count > kind.most_triples:
                    continue
                found, rows[kind.name], tails[kind.name] = measure(kind, at / "triples.nt", at, given.seconds, count)
                rates |= found
            anew[quads] = rates
            machine = f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}"
            print(f"\n### {quads:,} statements, {count:,} triples ({date.today()}, {machine})\n")
            table(rates, rows, list(rows))
            said = ", ".join(f"{name} {tail:,.0f} ms" for name, tail in tails.items())
            print(f"\n99th percentile of one-thing while four runaways run: {said}\n", flush=True)
            shutil.rmtree(at, ignore_errors=True)
        growth(anew)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def growth(anew: dict[int, Rates]) -> None:
    """Print how our time for each query grows with the graph, as the power of its size."""
    if len(anew) < 2:
        return
    small, large = min(anew), max(anew)
    print(f"Growth from {small:,} to {large:,} statements (0: none, 1: as the graph):", end=" ")
    for query in queries():
        before, after = (anew[size].get(("Sorgenetz", query, "fresh"), 0) for size in (small, large))
        power = math.log(before / after) / math.log(large / small) if before and after else math.nan
        print(f"{query} {power:.1f}", end="; ")
    print()


if __name__ == "__main__":
    main()
