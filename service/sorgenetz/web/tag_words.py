"""The tags of the questions in the reader's language."""

from __future__ import annotations

from flask_babel import lazy_pgettext as pgettext

_KNOWN = {
    "actor": pgettext("tag", "actor"),
    "barrier": pgettext("tag", "barrier"),
    "care role": pgettext("tag", "care role"),
    "carrier": pgettext("tag", "carrier"),
    "completeness": pgettext("tag", "completeness"),
    "confidence": pgettext("tag", "confidence"),
    "cooperation": pgettext("tag", "cooperation"),
    "disagreement": pgettext("tag", "disagreement"),
    "distance": pgettext("tag", "distance"),
    "event": pgettext("tag", "event"),
    "figure": pgettext("tag", "figure"),
    "finding": pgettext("tag", "finding"),
    "funding": pgettext("tag", "funding"),
    "gap": pgettext("tag", "gap"),
    "host": pgettext("tag", "host"),
    "identity": pgettext("tag", "identity"),
    "initiative": pgettext("tag", "initiative"),
    "kind": pgettext("tag", "kind"),
    "kreis": pgettext("tag", "kreis"),
    "land": pgettext("tag", "land"),
    "law": pgettext("tag", "law"),
    "licence": pgettext("tag", "licence"),
    "limit": pgettext("tag", "limit"),
    "measure": pgettext("tag", "measure"),
    "member": pgettext("tag", "member"),
    "municipality": pgettext("tag", "municipality"),
    "name": pgettext("tag", "name"),
    "network": pgettext("tag", "network"),
    "overview": pgettext("tag", "overview"),
    "path": pgettext("tag", "path"),
    "place": pgettext("tag", "place"),
    "planning": pgettext("tag", "planning"),
    "practice": pgettext("tag", "practice"),
    "practice example": pgettext("tag", "practice example"),
    "problem": pgettext("tag", "problem"),
    "programme": pgettext("tag", "programme"),
    "provenance": pgettext("tag", "provenance"),
    "publication": pgettext("tag", "publication"),
    "question": pgettext("tag", "question"),
    "recommendation": pgettext("tag", "recommendation"),
    "role": pgettext("tag", "role"),
    "source": pgettext("tag", "source"),
    "speaker": pgettext("tag", "speaker"),
    "success factor": pgettext("tag", "success factor"),
    "support": pgettext("tag", "support"),
    "talk": pgettext("tag", "talk"),
    "target group": pgettext("tag", "target group"),
    "time": pgettext("tag", "time"),
    "transfer": pgettext("tag", "transfer"),
    "unknown": pgettext("tag", "unknown"),
}


def tag_words(tag: str) -> str:
    """Return a tag as the reader says it; the tag itself when nobody has translated it."""
    return str(_KNOWN.get(tag, tag))
