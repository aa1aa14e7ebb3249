"""How much each reason counts, as an address says it."""

from __future__ import annotations

from collections.abc import Mapping

from sorgenetz.insight.reader import Named


def read_weights(
    given: Mapping[str, str], usual: Mapping[str, float], heaviest: float, wrong: list[tuple[str, str, Named | None]]
) -> dict[str, float]:
    """Return the weights that `w-` and a key name, the usual ones for the rest; what is no weight is noted in `wrong`.

    >>> read_weights({"w-land": "2,5", "w-people": "99"}, {"land": 1.0, "people": 4.0}, 10.0, wrong := []), wrong
    ({'land': 2.5, 'people': 4.0}, [('w-people', '99', None)])
    """
    weights = dict(usual)
    for key in usual:
        text = given.get(f"w-{key}", "").strip().replace(",", ".")
        if not text:
            continue
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if 0 <= value <= heaviest:
            weights[key] = value
        else:
            wrong.append((f"w-{key}", text[:60], None))
    return weights
