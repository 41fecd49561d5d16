"""The demonstration's ERP: built once, the same for everybody, started on a copy."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import httpx
import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.adapters.erp.tryton import TrytonErp
from pipeline.demo.company import DemoCompany
from pipeline.demo.tryton import TrytonServer, build_database
from pipeline.demo.tryton_company import decode, encode
from pipeline.errors import AuthenticationFailed, ConfigurationError, Unavailable

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "tryton"


def test_a_company_survives_being_handed_over() -> None:
    company = DemoCompany()

    assert decode(encode(company)) == company
    assert encode(company) == encode(DemoCompany())
    assert encode(company) != encode(replace(company, city="Odense"))


def test_without_tryton_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "distributions", list)

    with pytest.raises(ConfigurationError, match="extra 'demo'"):
        build_database(tmp_path, DemoCompany(), tell=lambda _: None)


@pytest.mark.slow
def test_the_erp_knows_what_the_company_says(tmp_path: Path) -> None:
    """Every order, as Tryton tells it, is what the memory ERP makes of the same company."""
    company = DemoCompany()
    memory = MemoryErp.of(company)
    with TrytonServer(tmp_path, CACHE) as server:
        tryton = TrytonErp(server.url, server.database, server.user, server.password)
        names = {party.id: party.name for party in (*tryton.suppliers(), *memory.suppliers())}
        for demo in company.orders:
            (real,), (kept,) = tryton.purchase_orders(demo.number), memory.purchase_orders(demo.number)
            assert (real.number, real.state, real.currency) == (kept.number, kept.state, kept.currency)
            assert names[real.supplier_id] == names[kept.supplier_id]
            assert [replace(line, id="") for line in real.lines] == [replace(line, id="") for line in kept.lines]
        tryton.close()


@pytest.mark.slow
def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "html.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    with TrytonServer(tmp_path / "one", CACHE) as server:
        assert httpx.get(server.url).status_code
    assert not (tmp_path / "ran").exists()


@pytest.mark.slow
def test_every_child_process_leaves_the_current_folder_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}::.")
    monkeypatch.chdir(tmp_path)
    commands: list[list[str]] = []
    environments: list[dict[str, str]] = []

    def popen(command: list[str], *, env: dict[str, str], **_: object) -> None:
        commands.append(command)
        environments.append(env)
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setattr(subprocess, "run", popen)
    for act in (TrytonServer(tmp_path, CACHE).start, lambda: build_database(Path("cache"), DemoCompany(), tell=print)):
        with pytest.raises(KeyboardInterrupt):
            act()
    assert [command[1] for command in commands] == ["-P", "-P"]
    assert all(Path(command[command.index("-c") + 1]).is_absolute() for command in commands)
    for environment in environments:
        assert not {"", ".", str(tmp_path)} & set(environment["PYTHONPATH"].split(os.pathsep))


@pytest.mark.slow
def test_a_server_is_stopped_and_its_passwords_are_its_own(tmp_path: Path) -> None:
    with TrytonServer(tmp_path / "one", CACHE) as first:
        with TrytonServer(tmp_path / "two", CACHE) as second, pytest.raises(AuthenticationFailed):
            TrytonErp(second.url, second.database, second.user, first.password).company()
        with pytest.raises(httpx.ConnectError):
            httpx.get(second.url)
        assert second.log.stat().st_size > 0
        assert TrytonErp(first.url, first.database, first.user, first.password).company().name == DemoCompany().name


@pytest.mark.slow
def test_a_database_that_is_built_is_used_again(tmp_path: Path) -> None:
    told: list[str] = []

    first = build_database(CACHE, DemoCompany(), tell=lambda _: None)
    second = build_database(CACHE, DemoCompany(), tell=told.append)

    assert (first, told) == (second, [])


@pytest.mark.slow
def test_a_server_that_does_not_start_says_where_to_look(tmp_path: Path) -> None:
    server = TrytonServer(tmp_path, CACHE)
    (tmp_path / "erp.sqlite").write_bytes(b"not a database" * 100)

    with pytest.raises(Unavailable, match=r"tryton\.log"):
        server.start()


@pytest.mark.slow
def test_the_server_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """Even `kill -9` of a demonstration leaves no server behind."""
    script = (
        "import os, sys, signal; from pathlib import Path; from pipeline.demo.tryton import TrytonServer\n"
        "server = TrytonServer(Path(sys.argv[1]), Path(sys.argv[2])).__enter__()\n"
        "print(server.url, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", script, str(tmp_path), str(CACHE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CACHE.parents[1])
    assert done.returncode == -signal.SIGKILL, done.stderr

    deadline = time.monotonic() + 5
    while _answers(done.stdout.strip()):
        assert time.monotonic() < deadline


def _answers(url: str) -> bool:
    try:
        httpx.get(url)
    except httpx.TransportError:
        return False
    return True
