"""Mappings: lenses between the records of a register and canonical registrations."""
