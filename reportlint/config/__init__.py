"""Settings: the options of a run, the table of all settings, and configuration files."""
