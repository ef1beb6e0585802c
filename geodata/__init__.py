"""The built-in theatre: tables of facts, the build that turns them into layers, and the layers."""
