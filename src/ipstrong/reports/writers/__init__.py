"""One writer for each way of printing what a subject made: terminal, Markdown, CSV, JSON."""
