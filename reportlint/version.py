"""The version of the linter."""

__version__ = "0.1.0"
