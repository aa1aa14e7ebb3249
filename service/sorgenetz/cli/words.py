"""What the command line says, in German and English."""

from __future__ import annotations

_WORDS = {
    "read": ("Dateien lesen", "reading files"),
    "derive": ("Regeln anwenden", "applying rules"),
    "compare": ("Mit der letzten Veröffentlichung vergleichen", "comparing with the last release"),
    "store": ("Speicher füllen", "filling the store"),
    "gate": ("Prüfen", "checking"),
    "complete": ("Dumps und Beschreibung schreiben", "writing dumps and description"),
    "publish": ("Veröffentlichen", "publishing"),
    "published": ("Veröffentlicht: {name} ({added} Aussagen neu, {removed} fort)",
                  "Published: {name} ({added} statements added, {removed} removed)"),
    "unchanged": ("Nichts geändert; es bleibt bei {name}.", "Nothing has changed; {name} stays."),
    "conforms": ("Keine Fehler. {warnings} Warnungen.", "No errors. {warnings} warnings."),
    "refused": ("{errors} Fehler, {warnings} Warnungen.", "{errors} errors, {warnings} warnings."),
    "warnings": ("{warnings} Warnungen; „sorgenetz check“ zeigt sie.",
                 "{warnings} warnings; “sorgenetz check” shows them."),
    "ready": ("Sorgenetz ist bereit: {address}", "Sorgenetz is ready: {address}"),
    "stop": ("Beenden mit Strg+C.", "Stop with Ctrl+C."),
    "rows": ("{rows} Zeilen in {ms:.1f} ms, Veröffentlichung {release}",
             "{rows} rows in {ms:.1f} ms, release {release}"),
    "sampled": ("{rows} Aussagen aus {release}; dieselben noch einmal: --seed {seed}",
                "{rows} statements of {release}; the same once more: --seed {seed}"),
    "begun": ("Geschrieben: {file}. Die Quelle {source} steht in {register}.",
              "Written: {file}. The source {source} stands in {register}."),
    "begun-without-source": ("Geschrieben: {file}. Die Quelle fehlt noch; wo sie hinkommt, steht darin.",
                             "Written: {file}. The source is still missing; the file says where it goes."),
    "begun-next": ("Wie weiter: Zeilen mit # füllen, „sorgenetz check {file}“ aufrufen, committen.",
                   "What next: fill the lines with #, run “sorgenetz check {file}”, and commit."),
    "rolled-back": ("Ausgeliefert wird jetzt {name}.", "Served is now {name}."),
    "thinned": ("{count} Veröffentlichungen verkleinert; ihre Änderungen bleiben.",
                "{count} releases thinned; their changes stay."),
    "kept-as-changes": ("○ Nur die Änderungen sind aufbewahrt; „sorgenetz rollback“ stellt sie ganz wieder her.",
                        "○ Only the changes are kept; “sorgenetz rollback” makes it whole again."),
    "number": ("Nr.", "No."),
    "name": ("Name", "Name"),
    "created": ("Erzeugt", "Created"),
    "statements": ("Aussagen", "Statements"),
    "change": ("Änderung", "Change"),
    "message": ("Anlass", "Message"),
    "yes": ("ja", "yes"),
    "no": ("nein", "no"),
}  # fmt: skip


def say(key: str, language: str, **details: object) -> str:
    """Return the words for `key` in `language`, with {gaps} filled."""
    return _WORDS[key][1 if language == "en" else 0].format(**details)
