"""RULE codes: what `ipstrong validate` says about a submission."""
