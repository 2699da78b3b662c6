"""Check drafts on a Dask cluster: batches go to its workers, with the options and house rules that they need.

The workers need reportlint in the same version, and the same plugins; they read no file of this machine.
"""

from __future__ import annotations

import logging
import multiprocessing
import pickle
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import Any

from reportlint.document import Part
from reportlint.errors import SetupError, describe
from reportlint.plugins.plugin_loading import Plugin, load_components
from reportlint.runner.draft_checking import DraftResult, Job
from reportlint.runner.processes import check_parts, crashed
from reportlint.runner.travelling_rules import TravellingRules, packed_rules, unpacked_options
from reportlint.version import __version__

_LOCAL = re.compile(r"local:([1-9][0-9]{0,3})")
_CLUSTER = re.compile(r"(?:tcp|tls|ws|wss)://\S+")
_DRAFTS, _BYTES = 50, 4_000_000
"""The most drafts and bytes of a batch."""
_AHEAD = 3
"""The number of batches per worker that are under way."""
_PATIENCE, _SECONDS_WITHOUT_WORKERS = 5, 120
_SECONDS = 10  # until a cluster must have answered

_Draft = tuple[tuple[Part, ...], TravellingRules, int]
"""The parts of a draft, its rules, and the number of broken plugins in the main process."""


def verify_address(address: str) -> None:
    """Verify the address of a cluster.

    Raises:
        SetupError: it has another form, or Dask is not installed.
    """
    if not (_LOCAL.fullmatch(address) or _CLUSTER.fullmatch(address)):
        raise SetupError(f"--dask: “{address}” is no cluster; write tcp://HOST:PORT, or local:N for N local workers")
    try:
        _distributed()
    except ImportError:
        raise SetupError("--dask needs Dask; install reportlint[dask]") from None


def _distributed() -> Any:
    """Return the module, which has no complete types.

    Raises:
        ImportError: Dask is not installed.
    """
    return import_module("distributed")


@contextmanager
def connected(address: str) -> Iterator[DaskCluster]:
    """Yield a cluster, after starting it if it is a local one.

    Raises:
        SetupError: the cluster does not answer.
    """
    distributed = _distributed()
    for name in ("distributed", "tornado"):  # what happens to workers is of no use to the user of a command
        logging.getLogger(name).setLevel(logging.CRITICAL)
    local = _LOCAL.fullmatch(address)
    others = set(multiprocessing.active_children())
    with ExitStack() as stack:
        try:
            where: Any = address
            if local:
                where = distributed.LocalCluster(
                    n_workers=int(local[1]),
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,
                )
                stack.callback(where.close)
                # A worker that dies while it starts is not replaced otherwise.
                where.adapt(minimum=int(local[1]), maximum=int(local[1]), interval="500ms")
            client = stack.enter_context(distributed.Client(where, timeout=_SECONDS, set_as_default=False))
            client.wait_for_workers(1, timeout=_SECONDS)
        except (OSError, ValueError, TimeoutError) as error:
            raise SetupError(f"--dask: no worker answers at {address}: {describe(error)}") from None
        try:
            yield DaskCluster(client, address)
        except BaseException:
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            raise


class DaskCluster:
    """A cluster that this process is connected to. ``workers`` is the number of its workers at the start."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self.workers = self._worker_count()
        self._rules: dict[int, TravellingRules] = {}
        self._plugins = _installed(load_components().plugins)

    def check(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """Check drafts. Yield each job with its result as soon as its batch is done.

        The scheduler repeats the batches of a worker that dies. If several workers die with a batch, each of its drafts
        is checked with nothing else under way; one with which they die again becomes a crash finding.

        Raises:
            SetupError: the workers have another version or other plugins, or the cluster has gone.
        """
        batches = _batches(jobs)
        under_way: dict[Any, list[Job]] = {}
        done: SimpleQueue[Any] = SimpleQueue()
        again: list[list[Job]] = []
        while True:
            most = 1 if again else _AHEAD * self.workers
            while len(under_way) < most and (batch := again.pop() if again else next(batches, None)):
                yield from (job for job in batch if job.result)
                if unknown := [job for job in batch if not job.result]:
                    future = self._submitted(unknown)
                    under_way[future] = unknown
                    future.add_done_callback(done.put)
            if not under_way:
                return
            future = self._next(done)
            sent = under_way.pop(future)
            results, error = self._outcome(future)
            if results:
                yield from (job._replace(result=result) for job, result in zip(sent, results, strict=True))
            elif len(sent) > 1:
                again += ([job] for job in sent)
            else:
                yield crashed(sent[0], error)

    def _submitted(self, jobs: Sequence[Job]) -> Any:
        drafts: list[_Draft] = [
            (job.task.draft.parts, self._packed(job), len(job.task.rules.broken_plugins)) for job in jobs
        ]
        return self._client.submit(_check_batch, pickle.dumps(drafts), __version__, self._plugins, pure=False)

    def _next(self, done: SimpleQueue[Any]) -> Any:
        """Return the next batch that is done.

        Raises:
            SetupError: there has been no worker for a while, or the cluster has gone.
        """
        lonely = 0
        while True:
            try:
                return done.get(timeout=_PATIENCE)
            except Empty:
                lonely = 0 if self._worker_count() else lonely + _PATIENCE
                if lonely >= _SECONDS_WITHOUT_WORKERS:
                    raise SetupError(f"--dask: there is no worker left at {self._address}") from None

    def _worker_count(self) -> int:
        try:
            return len(self._client.scheduler_info(n_workers=-1)["workers"])
        except (OSError, TimeoutError):
            raise SetupError(f"--dask: the cluster at {self._address} has gone") from None

    def _packed(self, job: Job) -> TravellingRules:
        rules = job.task.rules
        if id(rules) not in self._rules:
            self._rules[id(rules)] = packed_rules(rules)
        return self._rules[id(rules)]

    def _outcome(self, future: Any) -> tuple[Sequence[DraftResult], BaseException]:
        """Return the results of a batch, or an error if it killed its workers or its results cannot be sent."""
        if future.status == "finished":
            outcome = future.result()
            if isinstance(outcome, str):
                raise SetupError(f"--dask: {outcome}")
            return outcome, BaseException()
        if future.status != "error":
            raise SetupError(f"--dask: the cluster at {self._address} has gone")
        error = future.exception()
        if isinstance(error, ImportError):
            raise SetupError(f"--dask: a worker cannot load what it needs: {describe(error)}")
        return (), error


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += job.task.size
        if len(batch) == _DRAFTS or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _installed(plugins: Iterable[Plugin]) -> tuple[str, ...]:
    return tuple(sorted(f"{plugin.name} {plugin.origin}".strip() for plugin in plugins))


# -- on the workers -------------------------------------------------------------------------------------------------


@cache
def _plugins_here() -> tuple[str, ...]:
    return _installed(load_components().plugins)


def _check_batch(drafts: bytes, version: str, plugins: tuple[str, ...]) -> list[DraftResult] | str:
    """Return the results of drafts, or why this worker must not check them."""
    if version != __version__:
        return f"a worker has reportlint {__version__}, and not {version}"
    if different := sorted({*plugins} ^ {*_plugins_here()}):
        return f"the plugins of a worker differ: {', '.join(different)}"
    return [check_parts(parts, unpacked_options(rules), broken) for parts, rules, broken in pickle.loads(drafts)]
