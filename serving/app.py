"""What `bentoml serve serving.app:service` loads; the service is made when it is asked for, not at import."""

from functools import cache
from typing import Any


@cache
def _service() -> Any:
    from serving.service import build_service
    from serving.settings import read_service_settings

    return build_service(read_service_settings())


def __getattr__(name: str) -> Any:
    """Return the service under the name `service`."""
    if name == "service":
        return _service()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
