"""What several test folders share; importable because pyproject.toml puts tests/ on the path."""
