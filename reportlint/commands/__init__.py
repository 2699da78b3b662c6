"""The commands but ``check``: one module each, imported when its command is given."""
