"""Formats: canonical registrations as bytes, and back."""
