"""Check many drafts: find them, check them in one or more processes, and cache the results."""
