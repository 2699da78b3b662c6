"""The settings of a run: options, the table of settings, configuration files."""
