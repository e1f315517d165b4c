"""Floor: the bare reader loads every sheet of every workbook named."""

import sys

from python_calamine import CalamineWorkbook

cells = 0
for path in sys.argv[1:]:
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        cells += sum(map(len, book.get_sheet_by_name(name).to_python()))
print(cells)
