"""Registers: records as bytes, one module per transport."""
