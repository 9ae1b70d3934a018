"""Benchmarks: commands that print the figures the documentation names."""
