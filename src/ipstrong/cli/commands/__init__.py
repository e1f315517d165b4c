"""One module a command, or a few that share their work."""
