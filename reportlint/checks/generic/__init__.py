"""The generic checks, whose cards say what they look for: rules of a house need no Python."""
