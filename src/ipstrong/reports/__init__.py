"""One file a format: `Scorecard` or findings to text or bytes."""
