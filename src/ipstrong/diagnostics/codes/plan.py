"""PLAN codes: what can be wrong in a plan file."""
