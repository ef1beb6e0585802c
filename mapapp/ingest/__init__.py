"""Bytes to clean layers."""
