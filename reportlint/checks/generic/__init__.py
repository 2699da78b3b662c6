"""The generic checks: a card gives what they look for, so that house rules need no Python."""
