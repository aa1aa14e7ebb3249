"""What can go wrong when an answer is cited; errors.toml has the words."""

from __future__ import annotations

from sorgenetz.errors import SorgenetzError


class AnswerTooLongToCite(SorgenetzError):
    status, code = 414, "too-long-to-cite"
