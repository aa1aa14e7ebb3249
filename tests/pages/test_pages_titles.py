"""The title of a window says what the page is about, so that windows and bookmarks can be told apart."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("practices", "Was hilft gegen …?"),
        ("practices?barrier=financial", "Was hilft gegen …? Finanzielle Barriere"),
        ("brief", "Vorlage für den Rat"),
        ("brief?place=municipality/99001001", "Vorlage für den Rat: Ort: Musterdorf"),
        ("brief?place=municipality/99001001&question=Wer%3F", "Wer?: Ort: Musterdorf"),
        ("initiatives", "Initiativen"),
        ("initiatives?view=map", "Initiativen, Karte"),
        ("initiatives?view=text&place=municipality/99001001&q=nest", "Initiativen, Text: „nest“; Ort: Musterdorf"),
        ("questions", "Fragen"),
        ("questions?tag=barrier", "Fragen: Hürde"),
        ("questions?term=sn:Initiative", "Fragen: sn:Initiative"),
        ("paths", "Was verbindet zwei Akteur:innen?"),
        ("paths?from=organisation/verein", "Was verbindet zwei Akteur:innen? Verein Nest e. V."),
    ],
)
def test_a_title_names_what_is_chosen(read, path: str, title: str) -> None:
    assert read(f"/de/{path}").one("head").one("title").text == f"{title} – Sorgenetz"


def test_a_title_is_in_the_language_of_the_page(read) -> None:
    page = read("/en/initiatives?view=network&place=municipality/99001001&q=a+%22%3Cb%3E%22")
    assert page.one("head").one("title").text == 'Initiatives, Network: “a "<b>"”; Place: Musterdorf – Sorgenetz'
