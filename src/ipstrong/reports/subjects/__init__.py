"""What is reported on: each module turns one kind of result into tables, pages and documents that the writers print."""
