"""Many drafts through their rules: finding them, checking them by several processes, remembering what came of it."""

from reportlint.runner.runs import Chooser, Everywhere, check_paths, exit_code

__all__ = ["Chooser", "Everywhere", "check_paths", "exit_code"]
