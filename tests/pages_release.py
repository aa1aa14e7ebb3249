"""A published release of the invented world in tests/cases/pages with the ontology."""

from __future__ import annotations

from pathlib import Path

from sorgenetz.publishing.plain_files import publish_files
from sorgenetz.releases.chain import Home
from sorgenetz.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
MANY = 120


def publish_world(folder: Path) -> Settings:
    """Publish the ontology, the schemes, the invented world and many small initiatives; return settings over them."""
    many = folder / "many.nt"
    lines = []
    for number in range(MANY):
        thing = f"<https://w3id.org/sorgenetz/id/initiative/many-{number}>"
        lines.append(f"{thing} <{RDF_TYPE}> <https://w3id.org/sorgenetz/ontology#Initiative> .")
        lines.append(f'{thing} <http://www.w3.org/2000/01/rdf-schema#label> "Vielfalt {number:03d}"@de .')
    many.write_text("\n".join(lines) + "\n", "utf-8")
    home = Home(folder / "home")
    files = [ROOT / "ontology" / "sorgenetz.ttl", ROOT / "ontology" / "alignments.ttl",
             *sorted((ROOT / "ontology" / "schemes").glob("*.ttl")),
             *sorted((ROOT / "tests" / "cases" / "pages").glob("*.trig")), many]  # fmt: skip
    publish_files(files, home)
    return Settings(home=home.path, query_seconds=5.0, answers_warm_seconds=0.0)


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
