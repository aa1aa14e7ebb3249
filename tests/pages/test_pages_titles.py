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
        ("questions", "Fragen"),
        ("questions?tag=barrier", "Fragen: Hürde"),
        ("questions?term=sn:Initiative", "Fragen: sn:Initiative"),
        ("paths", "Was verbindet zwei Akteur:innen?"),
        ("paths?from=organisation/verein", "Was verbindet zwei Akteur:innen? Verein Nest e. V."),
    ],
)
def test_a_title_names_what_is_chosen(read, path: str, title: str) -> None:
    assert read(f"/de/{path}").one("head").one("title").text == f"{title} – Sorgenetz"
