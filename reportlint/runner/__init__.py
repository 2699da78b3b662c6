"""Check many drafts: find them, check them in one or more processes, and cache the results."""

from reportlint.runner.plan import RuleChooser, SameRules
from reportlint.runner.run import check_paths

__all__ = ["RuleChooser", "SameRules", "check_paths"]
