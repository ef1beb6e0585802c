"""Files the package carries: messages, palettes, templates; read through importlib.resources."""
