"""Sheets that list other tables and hold none: a table of contents has numbers, but they number its entries and pages."""

from __future__ import annotations

import re

from ipstrong.layout.marks import Kind, Mark, Sheet

_TOP = 4
"""Rows among which the word stands."""
_NAMES = re.compile(
    r"(?:.{0,16}(?:目录|目錄|目次|目　录)|(?:table of |list of )?contents|list of (?:tables|figures|sheets)|index of (?:tables|sheets)|toc)",
    re.IGNORECASE,
)


def is_contents(sheet: Sheet) -> bool:
    """Whether a sheet says that it is a table of contents and holds nothing but entries with their numbers and pages."""
    return _says_so(sheet) and all(_is_entry(sheet.line(row)) for row in range(sheet.height))


def _says_so(sheet: Sheet) -> bool:
    if _NAMES.fullmatch((sheet.grid.sheet or "").strip()):
        return True
    for row in range(min(sheet.height, _TOP)):
        filled = [mark for mark in sheet.line(row) if mark.kind is not Kind.BLANK]
        if len(filled) == 1 and filled[0].kind is Kind.TEXT and _NAMES.fullmatch(filled[0].text.replace(" ", "")):
            return True
    return False


def _is_entry(row: list[Mark]) -> bool:
    """Whether the numbers of a row can be those of an entry and a page: whole and small, or `1.1` in the first cell."""
    filled = [mark for mark in row if mark.kind is not Kind.BLANK]
    if filled and _CHAPTER.fullmatch(filled[0].text):
        filled = filled[1:]
    numbers = [mark.text for mark in filled if mark.is_numeric and mark.kind is not Kind.MISSING]
    return len(numbers) <= 2 and all(_PAGE.fullmatch(text) for text in numbers)


_PAGE = re.compile(r"\(?\d{1,4}\)?(?:\.0)?")
_CHAPTER = re.compile(r"\d{1,3}(?:[.-]\d{1,3})*")
