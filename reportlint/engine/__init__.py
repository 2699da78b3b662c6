"""One document through the rules in force: facts by type, severities, findings."""
