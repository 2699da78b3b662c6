"""Interrupts and killed processes: one line, exit code 130 and no process left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from drafts import EXAMPLES

from .conftest import FAULTY, environment, install, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")

INTERRUPTED = "reportlint: interrupted\n"
PYTHON = [sys.executable, "-m", "reportlint"]
SCRIPT = [str(Path(sysconfig.get_path("scripts"), "reportlint"))]
# The requirements are one second to exit and two seconds until no process is left; a busy machine takes longer.
SECONDS = 3.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drafts that take several seconds to check."""
    folder = tmp_path_factory.mktemp("many")
    long = (EXAMPLES / "faulty/seed-heritage-not-adopted.en.md").read_text(encoding="utf-8")
    for number in range(300):
        (folder / f"{number}.md").write_text(f"{long}\nNumber {number}.\n", encoding="utf-8")
    return folder


@contextmanager
def started(folder: Path, *options: str, command: list[str] = PYTHON) -> Iterator[subprocess.Popen[str]]:
    """Start a check in a session of its own, which ends with the context."""
    process = subprocess.Popen(
        [*command, "check", *options, "."], cwd=folder, env=environment(), encoding="utf-8", start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )  # fmt: skip
    try:
        yield process
    finally:
        for left in processes(process.pid):
            os.kill(left, signal.SIGKILL)
        process.communicate(timeout=60)


def processes(session: int) -> list[int]:
    """Return the processes of a session that have not ended."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,sess=,stat="], capture_output=True, encoding="ascii", check=True)
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [int(pid) for pid, group, state in rows if group == str(session) and not state.startswith("Z")]


def wait_for_workers(process: subprocess.Popen[str], number: int = 2) -> None:
    end = time.monotonic() + 60
    while len(processes(process.pid)) <= number + 1:  # with the main process and the tracker of resources
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.05)


def none_left(session: int) -> bool:
    end = time.monotonic() + SECONDS
    while processes(session) and time.monotonic() < end:
        time.sleep(0.05)
    return not processes(session)


@pytest.mark.parametrize("command", [PYTHON, SCRIPT], ids=["module", "script"])
@pytest.mark.parametrize("seconds", [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4])
def test_interrupt_at_the_start(folder: Path, seconds: float, command: list[str]) -> None:
    if not Path(command[0]).is_file():
        pytest.skip("the command is not installed")
    with started(folder, "--jobs", "2", "--no-cache", command=command) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert out == ""
        if process.returncode == 130:
            assert err == INTERRUPTED
        else:  # Python itself was starting
            assert process.returncode in (-signal.SIGINT, 1)
            assert "reportlint" not in err.replace(str(SCRIPT[0]), "").replace("from reportlint", "")
        assert none_left(process.pid)


@pytest.mark.parametrize("after", [0, 1.5])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_of_the_main_process_alone(folder: Path, jobs: str, after: float) -> None:
    with started(folder, "--jobs", jobs, "--no-cache") as process:
        if jobs == "2":
            wait_for_workers(process)
        time.sleep(after or 0.6)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert time.monotonic() - start < SECONDS
        assert none_left(process.pid)
        assert process.communicate() == ("", INTERRUPTED)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("after", [0, 1.5])
def test_no_process_outlives_a_killed_main_process(folder: Path, sent: signal.Signals, after: float) -> None:
    with started(folder, "--jobs", "2", "--no-cache") as process:
        wait_for_workers(process)
        time.sleep(after)
        process.send_signal(sent)
        assert process.wait(timeout=60) == -sent
        assert none_left(process.pid)
        # A worker that Python was just starting may print how it failed to read from its parent.
        err = process.communicate()[1]
        assert "reportlint" not in err.replace(str(SCRIPT[0]), "").replace("from reportlint", "")


def test_second_interrupt_and_interrupt_of_the_whole_group(folder: Path) -> None:
    with started(folder, "--jobs", "2", "--no-cache") as process:
        wait_for_workers(process)
        for _ in range(3):
            os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode in (130, -signal.SIGINT)
        assert (out, err) == ("", INTERRUPTED)
        assert none_left(process.pid)


def test_results_before_an_interrupt_are_cached(folder: Path, tmp_path: Path) -> None:
    options = ("--cache-dir", str(tmp_path))
    with started(folder, "--jobs", "1", *options) as process:
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", INTERRUPTED)
    result = run("check", *options, "--statistics", *(f"{number}.md" for number in (0, 1, 10)), cwd=folder)
    assert "3 drafts" in result.err
    assert "; 0 taken from the cache" not in result.err


def test_plugin_that_catches_the_interrupt_does_not_delay_it(tmp_path: Path) -> None:
    install(tmp_path, "deaf", "deaf")
    (tmp_path / "deaf.py").write_text(
        "import time\nend = time.monotonic() + 20\nwhile time.monotonic() < end:\n"
        "    try:\n        time.sleep(20)\n    except BaseException:\n        pass\n"
    )
    (tmp_path / "draft.md").write_text(FAULTY, encoding="utf-8")
    path = os.pathsep.join((environment()["PYTHONPATH"], str(tmp_path)))
    with started(tmp_path, command=["env", f"PYTHONPATH={path}", *PYTHON]) as process:
        time.sleep(2)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", INTERRUPTED)
        assert (process.returncode, time.monotonic() - start < SECONDS) == (130, True)


def test_ignored_interrupts_stay_ignored(folder: Path) -> None:
    """A shell starts commands in the background this way."""
    process = subprocess.Popen(
        [*PYTHON, "check", "--no-cache", "0.md"], cwd=folder, env=environment(), stdout=subprocess.DEVNULL,
        start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # noqa: PLW1509
    )  # fmt: skip
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    assert process.returncode == 1
