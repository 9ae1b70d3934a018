"""Sides: what is measured, ours and that of others; each function prepares and returns the work.

What a function does before it returns (imports, compiling a schema, objects in memory) is not
measured; what it returns is.
"""
