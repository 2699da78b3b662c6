"""Run the rules in force over one document: facts by type, severities, findings."""
