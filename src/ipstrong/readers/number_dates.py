"""Which numbers of a worksheet are dates: the number formats that print dates, and the calendars that numbers count in."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from ipstrong.readers.grid import CellValue

BUILT_IN_FORMATS = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    **dict.fromkeys([*range(14, 18), *range(27, 32), 36, *range(50, 59)], "yyyy/m/d"),
    **dict.fromkeys([18, 19, 20, 21, *range(32, 36), 45, 47], "h:mm:ss"),
    22: "yyyy/m/d h:mm",
    46: "[h]:mm:ss",
}
"""Number formats that files refer to by number alone; of those that print dates only the kind counts."""
_LITERAL = re.compile(r'"[^"]*"?|[\\_*!].|\[(?![hms]+\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_LONGEST = 255
"""Characters of a number format, as spreadsheets allow."""
_LAST_DAY = 2_958_465
"""9999-12-31 in the 1900 system."""
_DAYS_TO_1904 = 1462
_FIRST_OF_MARCH = 60
"""From here on days count from 1899-12-30: the 1900 system has a February 29 that never was."""
_DAY_MILLISECONDS = 86_400_000


@lru_cache(maxsize=1024)
def is_date_format(number_format: str) -> bool:
    """Return whether a number format prints dates, times or spans of time."""
    return len(number_format) <= _LONGEST and _DATE.search(_LITERAL.sub("", number_format)) is not None


@lru_cache(maxsize=1024)
def is_number_format(number_format: str) -> bool:
    """Return whether a number format may say more of a number than its value does: not General, text, or a date."""
    return bool(number_format) and number_format.lower() not in {"general", "@"} and not is_date_format(number_format)


def moment(serial: float, number_format: str, *, is_1904: bool) -> CellValue:
    """Return the date, time or span that a number is in a date format; the number itself where no calendar has it."""
    if _ELAPSED.search(number_format):
        return dt.timedelta(milliseconds=round(serial * _DAY_MILLISECONDS)) if abs(serial) <= _LAST_DAY else serial
    days = serial + _DAYS_TO_1904 if is_1904 else serial
    if not 0 <= days < _LAST_DAY + 1:
        return serial
    start = dt.datetime(1899, 12, 30 if days >= _FIRST_OF_MARCH else 31)  # noqa: DTZ001 - cells have no time zone
    found = start + dt.timedelta(milliseconds=round(days * _DAY_MILLISECONDS))
    if serial < 1:
        return found.time()
    return found.date() if found.time() == dt.time() else found
