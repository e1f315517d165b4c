"""ipstrong: an indicator calculator for plans with numbers in them."""

__version__ = "0.1.0"
