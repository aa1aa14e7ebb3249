"""The words of the graph in the browser: how far it is, what it answers, why it does not."""

from __future__ import annotations

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from sorgenetz.engine.departures import GraphLost, LabelledBlankNode, SearchPatternRefused
from sorgenetz.errors import QueryFailed, ServiceRefused
from sorgenetz.insight.answers import MOST_HELD
from sorgenetz.web.pages import release_words
from sorgenetz.web.wording import number_words


def local_words() -> dict[str, object]:
    """Return them in the reader's language; {} stands for what only the script knows."""
    release = release_words()
    named = {"number": release["number"], "day": release["day"]}
    return {
        "begun": _("Release %(number)s of %(day)s is being loaded into this browser.", **named),
        "program": _("The program: {} percent"),
        "data": _("The data: {} of {} MB"),
        "check": _("The check of the data against their fingerprint"),
        "load": _("The graph is being built: {} percent"),
        "once": _("What several sources say alike is put together"),
        "ready": _("Release %(number)s of %(day)s is here, complete and checked: {} statements by source.", **named)
        + " " + _("Queries are answered in this browser and are sent nowhere."),
        "ended": _("The graph is gone from this browser. The service answers again."),
        "cancelled": _("The loading was stopped. The service answers again."),
        "troubles": _troubles(),
        "faults": _faults(),
        "release": _("release %(number)s of %(day)s", **named) + ", " + _("computed in this browser"),
        "statement": {"subject": pgettext("statement", "Subject"), "predicate": _("Predicate"), "object": _("Object")},
        "rows": [ngettext("%(num)s row", "%(num)s rows", n).replace(str(n), "{}") for n in (1, 2)],
        "statements": [ngettext("%(num)s statement", "%(num)s statements", n).replace(str(n), "{}") for n in (1, 2)],
        "yesOrNo": _("Yes or no"),
        "yes": _("Yes."),
        "no": _("No."),
        "open": _("open"),
        "answer": _("Answer"),
        "views": _("Views of the answer"),
        "table": _("Table"),
        "raw": _("Raw"),
        "page": _("Page"),
        "pages": _("Pages"),
        "part": _("Rows %(first)s to %(last)s of %(total)s.", first="{}", last="{}", total="{}"),
        "rowSearch": [_("Rows containing"), _("Only the %(num)s rows on this page are searched.", num="{}"),
                      _("{} of {} rows are shown.")],
        "seconds": _("%(seconds)s seconds", seconds="{}"),
        "computing": _("This is being computed …"),
        "empty": _("No row matches. That is an answer, not a fault: the graph does not hold this combination."),
        "cut": _("Only the beginning is shown here. The files hold all of it."),
        "files": _("Download everything:"),
        "unsorted": _("Above %(most)s rows nothing is sorted or drawn here: use ORDER BY and LIMIT, or the files.",
                      most=number_words(MOST_HELD, g.language)),
        "onServer": _("Ask the service the same"),
        "onServerGives": _("It explains empty answers, draws charts, maps and networks, and makes answers citable."),
    }  # fmt: skip


def _troubles() -> dict[str, tuple[str, str]]:
    """Return why the graph did not come, and what to do; the service answers in any case."""
    return {
        "program": (_("This browser cannot run the graph: it has no WebAssembly, or it is switched off."),
                    _("Use a newer browser or another one. The service answers as before.")),
        "insecure": (_("This browser checks files on secure connections (https) only; nothing is loaded unchecked."),
                     _("Open this page by https. The service answers as before.")),
        "fetch": (_("The files of the release did not arrive whole."),
                  _("Look at your connection and switch on again, or reload the page. The service answers as before.")),
        "sum": (_("The data do not have the fingerprint that the release lists, and were thrown away."),
                _("Switch on again; if it happens once more, tell the operator. The service answers as before.")),
        "memory": (_("The memory of this browser is too small for the graph."),
                   _("Close other pages and switch on again. The service answers as before.")),
        "failed": (_("The data could not be read."),
                   _("Switch on again; if it happens once more, tell the operator. The service answers as before.")),
    }  # fmt: skip


def _faults() -> dict[str, tuple[str, str]]:
    """Return why a query got no answer, and what to do."""
    failed, refused = QueryFailed(), ServiceRefused()
    lost, labelled, pattern = GraphLost(variable="{}"), LabelledBlankNode(), SearchPatternRefused(sign="{}")
    return {
        "syntax": (_("The query cannot be understood here."),
                   _("Look at this place: brackets, full stops, prefixes.")),
        "prefix": (_("The prefix {}: is not declared."), _("Declare it at the beginning of the query.")),
        "graph": (lost.text(g.language), lost.remedy(g.language)),
        "label": (labelled.text(g.language), labelled.remedy(g.language)),
        "pattern": (pattern.text(g.language), pattern.remedy(g.language)),
        "service": (refused.text(g.language), refused.remedy(g.language)),
        "memory": (_("The query needed more memory than this browser gives. The graph is being built anew."),
                   _("Narrow the query: fewer unconnected patterns, a LIMIT.")),
        "failed": (failed.text(g.language), failed.remedy(g.language)),
    }  # fmt: skip
