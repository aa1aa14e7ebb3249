"""Which profile of a document a client gets, and in which format (W3C, Content Negotiation by Profile)."""

from __future__ import annotations

import re

from flask import Request

from sorgenetz.errors import NoSuchProfile
from sorgenetz.formats import Format, choose_format
from sorgenetz.insight.profiles import Profile, named
from sorgenetz.web.negotiation import not_acceptable
from sorgenetz.web.problems import nothing_here, shown

PARAMETER = "profile"
# A comma within an address parts nothing.
_PART = re.compile(r"(?:<[^<>]*+>|[^,])++")
_WISH = re.compile(r"\s*(?:<(?P<iri>[^<>]*)>|(?P<token>[^\s,;<>]+))\s*(?P<rest>;.*)?")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def wished(accept_profile: str) -> list[str]:
    """Return the profiles that an Accept-Profile field names, the best liked first; refused ones are left out.

    >>> wished('<https://schema.org/>;q=0.5, <urn:other>, geosparql;q=0')
    ['urn:other', 'https://schema.org/']
    """
    found = []
    for wish in filter(None, map(_WISH.fullmatch, _PART.findall(accept_profile))):
        weight = _QUALITY.search(wish["rest"] or "")
        quality = float(weight[1]) if weight else 1.0
        if 0 < quality <= 1:
            found.append((-quality, len(found), wish["iri"] if wish["iri"] is not None else wish["token"]))
    return [name for _, _, name in sorted(found)]


def choose_profile(request: Request, offered: tuple[Profile, ...], ending: str) -> tuple[Profile, Format]:
    """Return profile and format for this request; the first of `offered` where the client has no other wish.

    What the address names has to be: raises NoSuchProfile, NoCommonFormat, and NothingHere for an ending that the
    profile does not come in. The field Accept-Profile is a wish: what cannot be had gives way to the default profile.
    """
    accept = request.headers.get("Accept")
    asked = request.args.get(PARAMETER)
    if asked is not None:
        profile = named(asked, offered)
        if profile is None:
            raise NoSuchProfile(profile=shown(asked), offered=", ".join(one.token for one in offered))
        wishes = [profile]
    else:
        hoped = (named(name, offered) for name in wished(request.headers.get("Accept-Profile", "")))
        wishes = [*(one for one in hoped if one), offered[0]]
    for profile in wishes:
        fmt = format_of(profile.formats, accept, ending)
        if fmt:
            return profile, fmt
    if ending:
        raise nothing_here()
    raise not_acceptable(accept or "", wishes[-1].formats)


def format_of(formats: tuple[Format, ...], accept: str | None, ending: str) -> Format | None:
    """Return the one of `formats` that the ending means, or else the one that Accept prefers."""
    if ending:
        return next((fmt for fmt in formats if fmt.ending == ending), None)
    return choose_format(accept, formats)
