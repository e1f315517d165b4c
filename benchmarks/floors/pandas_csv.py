"""Side by side: pandas reads the long CSV and groups it."""

import sys

import pandas as pd

frame = pd.read_csv(sys.argv[1])
print(len(frame.groupby(["地区", "指标"]).agg({"数值": "sum", "时期": "max"})))
