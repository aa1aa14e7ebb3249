"""The words of the editor, which its script puts on the page."""

from __future__ import annotations

from flask_babel import gettext as _


def editor_words() -> dict[str, str]:
    """Return them in the reader's language; {} stands for what only the script knows."""
    return {
        "query": _("Query"),
        "help": _("Ctrl+Space offers words, Alt+Enter mends the fault, F8 goes to it, Tab leaves the editor."),
        "line": _("Line {}, column {}"),
        "fine": _("The query can be read."),
        "mend": _("Mend it"),
        "mended": _("Mended."),
        "formatted": _("The query is formatted."),
        "asItIs": _("The query stays as it is: it is formatted, or cannot be read yet."),
        "running": _("The query is running: {} seconds"),
        "stopped": _("Stopped after {} seconds. Nothing was answered."),
        "older": _("Below is still what came of the query before."),
        "lost": _("The service does not answer. Look at your connection and try again."),
        "done": _("The answer is there."),
        "copied": _("The link is copied."),
        "tooLong": _("This query is too long for a link. Save its text instead."),
        "shown": _("{} of {} questions"),
        "loaded": _("The question is in the editor. What stood there is under “Your queries”; Ctrl+Z brings it back."),
        "remove": _("Remove"),
        "removed": _("Removed."),
        "none": _("No query yet."),
        "forClass": _("For {}"),
        "others": _("Others"),
        "class": _("Class"),
        "property": _("Property"),
        "concept": _("Concept"),
        "variable": _("Variable"),
        "keyword": _("Keyword"),
        "function": _("Function"),
        "noMeaning": _("The caret is at no name that is known here."),
        "statements": _("{} statements"),
        "completions": _("Suggestions"),
    }
