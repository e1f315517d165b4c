"""Names proposed for names that nobody knows, and why the system refused a file."""

from __future__ import annotations

import errno
import os

import pytest

from ipstrong.diagnostics.reasons import system_reason
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.texts import Text, same

KNOWN = ["shenzhen", "深圳", "beijing", "北京", "foreign-applicants", "valid-invention-patents"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Shenzen", "shenzhen"),
        ("深训", "深圳"),  # one wrong character of two
        ("valid", "valid-invention-patents"),  # a part of a name
    ],
)
def test_the_nearest_name_is_proposed(name: str, found: str) -> None:
    assert suggestion(name, KNOWN) == Text(f"是不是“{found}”？", f"did you mean '{found}'? ")


@pytest.mark.parametrize("name", ["Nowhere", "99", "", "广州"])
def test_names_unlike_any_get_no_proposal(name: str) -> None:
    assert suggestion(name, KNOWN) == Text("", "")
    assert suggestion(name, []) == Text("", "")


def test_reasons_of_the_system_stand_in_both_languages() -> None:
    assert system_reason(FileNotFoundError(errno.ENOENT, "x")) == Text("没有这个文件或文件夹", "no such file or folder")
    assert system_reason(OSError(errno.ENOSPC, "x")) == Text("磁盘空间不足", "no space is left on the disk")


def test_rare_reasons_stay_as_the_system_words_them() -> None:
    assert system_reason(OSError(errno.EPIPE, "x")) == same(os.strerror(errno.EPIPE))
    assert system_reason(ValueError("embedded null byte")) == same("embedded null byte")
