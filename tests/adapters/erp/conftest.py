"""A real Tryton for the tests of its adapter, started once a module, and an administrator to look behind it."""

from collections.abc import Iterator

import pytest

from pipeline.adapters.erp.tryton import TrytonErp
from pipeline.adapters.erp.tryton_rpc import TrytonRpc
from pipeline.demo.tryton import TrytonServer
from tests.adapters.erp.books import running_tryton


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrytonServer]:
    with running_tryton(tmp_path_factory.mktemp("tryton")) as running:
        yield running


@pytest.fixture(scope="module")
def erp(server: TrytonServer) -> Iterator[TrytonErp]:
    adapter = TrytonErp(server.url, server.database, server.user, server.password)
    yield adapter
    adapter.close()


@pytest.fixture(scope="module")
def admin(server: TrytonServer) -> Iterator[TrytonRpc]:
    rpc = TrytonRpc(server.url, server.database, "admin", server.admin_password)
    yield rpc
    rpc.close()
