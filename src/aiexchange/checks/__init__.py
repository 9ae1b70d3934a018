"""Checks: what the official schemas and the registers' own rules reject."""
