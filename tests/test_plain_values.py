"""A query in an address is decoded by another way than urllib's, and is the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sorgenetz.web.plain_queries import decoded

strictly = partial(unquote_plus, errors="strict")
VALUES = ["", "a+b%20c", "%C3%9F%e2%82%AC%F0%9F%9A%B2", "%25%32%30%2520", "%", "%2", "%zz", "a%u00e4", "%x41", "%\n1",
          "\\x41%41", "%5Cx41", "%5C%6E", "%0A%0d%00%7f", "%N{DIGIT ONE}", "+%2B", "%%20", "%2%20"]  # fmt: skip


def read(how: Callable[[str], str], value: str) -> str | None:
    try:
        return how(value)
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_read_as_urllib_reads_it(value: str) -> None:
    assert decoded(value) == strictly(value)


@pytest.mark.parametrize("value", ["%FF", "%C3", "%ED%A0%80", "a%80b"])
def test_what_is_not_utf_8_is_refused(value: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(value)


@given(st.text(st.sampled_from("%+ 0123456789abcdefABCDEFxuUN{}\\\n&")))
def test_any_value_is_read_as_urllib_reads_it(value: str) -> None:
    assert read(decoded, value) == read(strictly, value)
