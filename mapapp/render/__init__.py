"""A slice to a drawing."""
