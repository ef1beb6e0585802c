"""The pages on which an analyst brings new data: one module for each step."""
