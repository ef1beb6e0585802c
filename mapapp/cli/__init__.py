"""The command line: serve the map, print statistics, draw a picture, keep versions, examine the installation.

One module per group of commands; importing it adds them to `app`.
"""

from mapapp.cli import check, export, figures, serve, update, versions
from mapapp.cli.base import app

__all__ = ["app", "check", "export", "figures", "serve", "update", "versions"]
