"""Files that cannot be made of a result; errors.toml has the words."""

from __future__ import annotations

from sorgenetz.errors import SorgenetzError


class ResultNotForWorkbook(SorgenetzError):
    """A result that Excel cannot hold; `what` is rows, columns, cell, character or ask, and names its words."""

    status = 400

    def __init__(self, what: str, **details: object) -> None:
        self.code = f"workbook-{what}"
        super().__init__(**details)


class NoNetwork(SorgenetzError):
    status, code = 400, "no-network"


class NetworkTooLarge(SorgenetzError):
    status, code = 400, "network-too-large"
