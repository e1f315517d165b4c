"""RUN codes: why a run could not start, finish or write."""
