"""The entry point: arguments in, exit code out. It imports the rest of the program where an interrupt is handled."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Without ``arguments``, the process runs this program only: it handles interrupts itself, and what plugins and child
    processes print goes to standard error.
    """
    try:
        if arguments is None:
            from reportlint.cli.interrupts import exit_when_interrupted  # noqa: PLC0415

            exit_when_interrupted()
            # What the program makes lives until a draft is done, so that looking for garbage finds little.
            import gc  # noqa: PLC0415

            gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
        from reportlint.cli.dispatch import run_command  # noqa: PLC0415

        code = run_command(arguments)
        if arguments is None:
            from reportlint.cli.leaving import leave_at_once  # noqa: PLC0415

            leave_at_once(code)
        return code
    except KeyboardInterrupt:
        import sys  # noqa: PLC0415

        print("reportlint: interrupted", file=sys.stderr)
        return 130
