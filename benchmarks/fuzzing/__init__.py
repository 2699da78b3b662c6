"""Mutated drafts, what must hold for every one of them, and the reduction of those that fail."""
