"""The entry point: arguments in, exit code out. It imports the rest of the program where an interrupt is handled."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Without ``arguments``, the process runs this program only: it handles interrupts itself, and what plugins and child
    processes print goes to standard error.
    """
    try:
        if arguments is None:
            from reportlint.cli.interrupts import exit_when_interrupted  # noqa: PLC0415

            exit_when_interrupted()
        from reportlint.cli.dispatch import run_command  # noqa: PLC0415

        return run_command(arguments)
    except KeyboardInterrupt:
        import sys  # noqa: PLC0415

        print("reportlint: interrupted", file=sys.stderr)
        return 130
