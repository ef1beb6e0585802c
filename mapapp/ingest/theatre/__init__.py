"""Derive the layers of a theatre from its tables of facts; deterministic and without a network."""
