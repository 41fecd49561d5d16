"""How a running service bears load: answers a second and how long they take as clients grow, and whether it stays flat.

`python -m benchmarks.load URL` asks `understand`, and `predict` where there is one, by 1, 2, 4 … 64 clients at a time.
`--soak 50000` sends so many requests instead, to both in turn and with the kinds of documents that an office gets,
weighs the service's processes meanwhile, and compares the answers at the end with those at the start. Needs bilag[data]
and, for `--soak`, psutil. A key stands in `BILAG_SERVICE_KEY`.
"""

import argparse
import asyncio
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

from benchmarks.memory import Gauge, growth, listener
from benchmarks.ratios import percentile
from benchmarks.requests import Ask, asks, digest, mixed, offered
from benchmarks.rows import Row, add_output, show

KEY = "BILAG_SERVICE_KEY"
_PERCENTILES = (50, 95, 99)
_SAMPLES = 1_000
"""Samples of memory in a soak, at most; no two within a second."""


@dataclass(slots=True)
class Borne:
    """What became of requests: seconds of each that was answered with 200, and how many failed by reason."""

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    elapsed: float = 0.0

    @property
    def a_second(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; ends with 1 where a request failed, answers changed or memory grew by more than 5 %."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="where the service listens, such as http://127.0.0.1:3000")
    add_output(parser)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 2, 4, 8, 16, 32, 64], help="clients at a time")
    parser.add_argument("--requests", type=int, default=400, help="requests for each number of clients (400)")
    parser.add_argument("--documents", type=int, default=20, help="different generated documents (20); no soak's")
    parser.add_argument("--route", choices=("understand", "predict"), help="ask only this")
    parser.add_argument("--soak", type=int, metavar="N", help="send N requests and watch memory and answers")
    parser.add_argument("--rounds", type=int, default=2, help="twenty different documents of a soak, so many times (2)")
    parser.add_argument("--pid", type=int, help="the service's first process, where its port does not tell")
    parser.add_argument("--timeout", type=float, default=120.0, help="seconds until an answer counts as an error (120)")
    options = parser.parse_args(arguments)
    if options.quick:
        options.clients, options.requests, options.documents, options.rounds = [1, 2], 4, 2, 1
    raise SystemExit(asyncio.run(_main(options)))


async def _main(options: argparse.Namespace) -> int:
    key = os.environ.get(KEY)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    limits = httpx.Limits(max_connections=max(options.clients) + 1)
    async with httpx.AsyncClient(
        base_url=options.url.rstrip("/"), headers=headers, timeout=options.timeout, limits=limits, trust_env=False
    ) as client:
        routes = [f"/{options.route}"] if options.route else offered((await client.get("/docs.json")).json())
        if not routes:
            raise SystemExit(f"{options.url} offers neither understand nor predict.")
        if options.soak:
            rows, sound = await _soak(client, mixed(routes, options.rounds), options)
        else:
            rows, sound = [], True
            for route in routes:
                found, kept = await _grow(client, asks(route, options.documents), options.clients, options.requests)
                rows += found
                sound = sound and kept
    settings = {name: str(value) if isinstance(value, Path) else value for name, value in vars(options).items()}
    show("soak" if options.soak else "load", rows, options.json, settings)
    return 0 if sound else 1


async def _grow(
    client: httpx.AsyncClient, requests: Sequence[Ask], clients: Sequence[int], total: int
) -> tuple[list[Row], bool]:
    """Ask with more and more clients at a time; the first answers, which warm it up, do not count."""
    await bear(client, requests, clients=1, total=len(requests))
    rows, first, failed = [], 0.0, 0
    for many in clients:
        borne = await bear(client, requests, many, total)
        first = first or borne.a_second
        failed += borne.errors.total()
        case = f"{requests[0].route}, {many} clients, {total} requests"
        times = borne.a_second / first if first else None
        rows.append(Row(case, "answers", borne.a_second, "1/s", f"{clients[0]} clients", times))
        rows += _became(case, borne)
    return rows, not failed


async def _soak(
    client: httpx.AsyncClient, requests: Sequence[Ask], options: argparse.Namespace
) -> tuple[list[Row], bool]:
    """Ask for long; the same documents are asked for before and after, one at a time."""
    gauge = Gauge(options.pid or listener(options.url))
    at_start = digest(await _answers(client, requests))
    every = max(1, options.soak // _SAMPLES)

    def weigh(answered: int) -> None:
        if answered % every == 0:
            gauge.weigh(answered)

    borne = await bear(client, requests, max(options.clients), options.soak, weigh)
    alike = digest(await _answers(client, requests)) == at_start
    gauge.weigh(options.soak)
    grown = growth(gauge.samples) if len(gauge.samples) > 2 else None
    routes = " and ".join(dict.fromkeys(request.route for request in requests))
    case = f"{routes}, {options.soak} requests, {max(options.clients)} clients"
    last = gauge.samples[-1]
    rows = [
        Row(case, "answers", borne.a_second, "1/s"),
        *_became(case, borne),
        Row(case, f"memory of {last.processes} processes at the end", last.bytes / 1e6, "MB"),
        Row(case, f"same answers at the end ({at_start[:12]})", float(alike), "", goal="1"),
    ]
    if grown is not None:
        rows.append(Row(case, "growth after warm-up", 100 * grown, "%", goal="≤ 5"))
    rows += [Row(f"{case}: memory", f"after {s.requests} requests", s.bytes / 1e6, "MB") for s in _some(gauge.samples)]
    return rows, alike and not borne.errors and (grown is None or grown <= 0.05)


async def bear(
    client: httpx.AsyncClient,
    requests: Sequence[Ask],
    clients: int,
    total: int,
    answered: Callable[[int], None] = lambda _: None,
) -> Borne:
    """Send `total` requests, `clients` at a time, each as soon as the one before is answered.

    `answered` is told after every request how many there have been.
    """
    borne, numbers, done = Borne(), count(), count(1)

    async def one_client() -> None:
        while (number := next(numbers)) < total:
            began = perf_counter()
            try:
                response = await requests[number % len(requests)].send(client)
            except httpx.TransportError as error:
                borne.errors[type(error).__name__] += 1
            else:
                if response.status_code == httpx.codes.OK:
                    borne.seconds.append(perf_counter() - began)
                else:
                    borne.errors[str(response.status_code)] += 1
            answered(next(done))

    began = perf_counter()
    await asyncio.gather(*(one_client() for _ in range(clients)))
    borne.elapsed = perf_counter() - began
    return borne


async def _answers(client: httpx.AsyncClient, requests: Sequence[Ask]) -> list[Any]:
    return [(await request.send(client)).raise_for_status().json() for request in requests]


def _became(case: str, borne: Borne) -> list[Row]:
    """Return rows of how long answers took, and of how many requests had none."""
    rows = [Row(case, f"p{p}", 1000 * percentile(borne.seconds, p), "ms") for p in _PERCENTILES if borne.seconds]
    return [*rows, Row(case, f"errors {_told(borne.errors)}".strip(), float(borne.errors.total()), "", goal="0")]


def _told(errors: Counter[str]) -> str:
    return ", ".join(f"{name}: {number}" for name, number in sorted(errors.items()))


def _some(samples: Sequence[Any], most: int = 20) -> Sequence[Any]:
    """Return evenly chosen samples, the last among them."""
    step = max(1, -(-len(samples) // most))
    return samples[::-1][::step][::-1]


if __name__ == "__main__":
    main()
