"""Speed and memory against the bare libraries, in one run; see `run.py`."""
