"""Suppression: comments in drafts, waiver files and the baseline, applied after linting."""
