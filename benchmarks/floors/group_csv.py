"""Floor: a bare Polars script that reads the long CSV and groups it."""

import sys

import polars as pl

frame = pl.read_csv(sys.argv[1])
groups = frame.group_by("地区", "指标").agg(
    pl.col("数值").sum().alias("sum"), pl.col("时期").max().alias("last"), pl.len()
)
print(groups.height)
