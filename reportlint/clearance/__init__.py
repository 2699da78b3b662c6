"""The clearance record of a run that nothing fails, its page for people, and its verification."""
