"""The IRIs that the code itself uses; everything else is found in the ontology."""

BASE = "https://w3id.org/sorgenetz/"
SN = BASE + "ontology#"
ONTOLOGY = BASE + "ontology"
SHAPES = BASE + "shapes#"
ID = BASE + "id/"
GRAPH = BASE + "graph/"
RULE = BASE + "rule/"
CASE = BASE + "case#"

GRAPH_ONTOLOGY = GRAPH + "ontology"
GRAPH_SHAPES = GRAPH + "shapes"
GRAPH_SOURCES = GRAPH + "sources"
GRAPH_DERIVED = GRAPH + "derived"
GRAPH_QUESTIONS = GRAPH + "questions"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
GEO = "http://www.opengis.net/ont/geosparql#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"

THING_TYPES = (
    "initiative", "organisation", "network", "person", "event", "publication", "finding", "programme", "law",
    "source", "participation", "measure", "absence", "example", "figure", "municipality", "kreis", "land", "country",
    "quarter", "place", "barrier", "problem", "limit", "success-factor", "role", "support-form", "target-group",
    "actor-kind", "initiative-kind", "confidence", "scheme", "question",
)  # fmt: skip

PREFIXES = {
    "sn": SN,
    "sns": SHAPES,
    "graph": GRAPH,
    **{kind: f"{ID}{kind}/" for kind in THING_TYPES},
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dct": DCT,
    "foaf": FOAF,
    "prov": PROV,
    "dcat": "http://www.w3.org/ns/dcat#",
    "schema": SCHEMA,
    "org": "http://www.w3.org/ns/org#",
    "geo": GEO,
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "sd": SD,
    "void": VOID,
    "sh": SH,
    "eli": "http://data.europa.eu/eli/ontology#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cv": "http://data.europa.eu/m8g/",
    "vann": "http://purl.org/vocab/vann/",
}


def short(iri: str) -> str:
    """Return the IRI with its prefix where the bundle has one.

    >>> short("https://w3id.org/sorgenetz/id/initiative/alia")
    'initiative:alia'
    """
    prefix, start = max(
        ((prefix, start) for prefix, start in PREFIXES.items() if iri.startswith(start)),
        key=lambda pair: len(pair[1]),
        default=("", ""),
    )
    return f"{prefix}:{iri[len(start) :]}" if prefix else iri


def curie(iri: str) -> str:
    """Return an IRI with a known prefix in short, others as they are.

    >>> curie("http://purl.org/dc/terms/title")
    'dct:title'
    """
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return iri
