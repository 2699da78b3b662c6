"""The entry point: arguments in, exit code out. It imports the rest of the program where an interrupt is handled."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_OBJECTS_BEFORE_COLLECTIONS = 500_000
"""A run with a short report makes fewer, and so never looks for garbage."""
_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""What the program makes lives until a draft is done, so that looking for garbage finds little."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Without ``arguments``, the process runs this program only: it handles interrupts itself, and what plugins and child
    processes print goes to standard error.
    """
    try:
        if arguments is None:
            from reportlint.cli.interrupts import exit_when_interrupted  # noqa: PLC0415

            exit_when_interrupted()
            from reportlint.cli.bytecode import keep_bytecode  # noqa: PLC0415

            keep_bytecode()
            _collect_late()
            from reportlint.cli.own_modules import find_own_modules_first  # noqa: PLC0415

            find_own_modules_first()
            from reportlint.cli.late_imports import import_late  # noqa: PLC0415

            for name in ("inspect", "ipaddress", "copy", "ntpath"):
                import_late(name)
            from reportlint.named_tuples import make_quickly  # noqa: PLC0415

            make_quickly()
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


def _collect_late() -> None:
    """Let Python look for garbage when the run turns out to be a long one, and rarely then."""
    import gc  # noqa: PLC0415

    def begin(*_: object) -> None:
        gc.callbacks.remove(begin)
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)

    gc.callbacks.append(begin)
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTIONS)
