"""Use cases as plain functions."""
