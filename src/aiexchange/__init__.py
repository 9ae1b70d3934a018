"""Interchange between national algorithm registers and the EU database of the AI Act."""

__version__ = "0.1.0"
