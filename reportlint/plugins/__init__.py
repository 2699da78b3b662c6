"""Plugins: hook specifications, the built-in plugin, loading, and rules made from what plugins provide."""
