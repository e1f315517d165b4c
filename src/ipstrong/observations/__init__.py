"""Tables to the dataset: names, regions, indicators, duplicates."""
