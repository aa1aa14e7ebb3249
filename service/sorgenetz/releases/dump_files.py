"""The files that each release can be taken away as: what each is called, what it is, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from sorgenetz.errors import NothingHere

FOLDER = "dumps"
IANA = "https://www.iana.org/assignments/media-types/"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"


@dataclass(frozen=True)
class DumpFile:
    """One dump: its name, the type it is sent as, the type of what is inside, and what it is in two languages.

    `file_type` is the local name in the EU's list of file types; `inside` and `packed` are IANA media types.
    """

    name: str
    content_type: str
    inside: str
    packed: str
    file_type: str
    title_de: str
    title_en: str


N_QUADS = DumpFile(
    "sorgenetz.nq.gz", "application/gzip", "application/n-quads", "application/gzip", "RDF_N_QUADS",
    "Alle Aussagen als N-Quads, kanonisch (RDFC-1.0), sortiert",
    "All statements as N-Quads, canonical (RDFC-1.0), sorted",
)  # fmt: skip
TRIG = DumpFile(
    "sorgenetz.trig.gz", "application/gzip", "application/trig", "application/gzip", "RDF_TRIG",
    "Alle Aussagen als TriG, je Quelle ein Block", "All statements as TriG, one block per source",
)  # fmt: skip
TABLES = DumpFile(
    "sorgenetz-csv.zip", "application/zip", "text/csv", "application/zip", "CSV",
    "Tabellen (CSV), eine je Klasse, mit Codebuch und Quellen",
    "Tables (CSV), one per class, with codebook and sources",
)  # fmt: skip
SUMS = DumpFile(
    "SHA256SUMS", "text/plain", "text/plain", "", "TXT",
    "Prüfsummen, zu lesen mit sha256sum -c", "Checksums, to be read with sha256sum -c",
)  # fmt: skip

ALL = (N_QUADS, TRIG, TABLES, SUMS)
BY_NAME = {dump.name: dump for dump in ALL}


class DumpMissing(NothingHere):
    """There is no such file for this release, or the release is gone."""

    code = "dump-missing"

    def headers(self) -> dict[str, str]:
        return {"Link": f'</{FOLDER}/current/{self.details["file"]}>; rel="latest-version"'}
