"""Derive the layers of the built-in theatre from its tables of facts; deterministic and without a network."""
