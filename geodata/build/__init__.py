"""Build the layers of the built-in theatre from its tables of facts, and say how good they are."""
