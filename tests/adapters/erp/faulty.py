"""ERPs that fail as real ones do: the reply is lost, nothing answers, or the request is refused."""

import json
from collections.abc import Sequence

import httpx

from pipeline.domain.document import SourceFile
from pipeline.domain.entry import Entry
from pipeline.domain.record import BookedRecord, Party, Product, PurchaseOrder, RecordRef
from pipeline.errors import AnswerLost, PortError
from pipeline.ports import Erp


class FaultyErp:
    """Passes everything on to `erp`, but the next calls of `post`, `attach` and `cancel` fail as planned.

    A planned `AnswerLost` is raised after the work is done, every other error before.
    """

    name = "faulty"

    def __init__(self, erp: Erp, *faults: PortError) -> None:
        self._erp = erp
        self.faults = list(faults)
        self.posted = 0

    def suppliers(self) -> Sequence[Party]:
        return self._erp.suppliers()

    def customers(self) -> Sequence[Party]:
        return self._erp.customers()

    def company(self) -> Party:
        return self._erp.company()

    def products(self) -> Sequence[Product]:
        return self._erp.products()

    def purchase_orders(self, number: str) -> Sequence[PurchaseOrder]:
        return self._erp.purchase_orders(number)

    def bills(self, supplier_id: str, number: str) -> Sequence[RecordRef]:
        return self._erp.bills(supplier_id, number)

    def find(self, key: str) -> RecordRef | None:
        return self._erp.find(key)

    def read(self, record: RecordRef) -> BookedRecord:
        return self._erp.read(record)

    def post(self, entry: Entry) -> RecordRef:
        fault = self._fail_before()
        record = self._erp.post(entry)
        self.posted += 1
        self._fail_after(fault)
        return record

    def attach(self, record: RecordRef, file: SourceFile) -> None:
        fault = self._fail_before()
        self._erp.attach(record, file)
        self._fail_after(fault)

    def cancel(self, record: RecordRef) -> None:
        fault = self._fail_before()
        self._erp.cancel(record)
        self._fail_after(fault)

    def _fail_before(self) -> PortError | None:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and not isinstance(fault, AnswerLost):
            raise fault
        return fault

    @staticmethod
    def _fail_after(fault: PortError | None) -> None:
        if fault is not None:
            raise fault


class LosingTransport(httpx.BaseTransport):
    """Sends every request, waits for the server to be done, and loses the reply to the methods in `lose`, once each."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()
        self.lose: list[str] = []
        self.methods: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        method = json.loads(request.read())["method"]
        self.methods.append(method)
        response = self._inner.handle_request(request)
        if method in self.lose:
            self.lose.remove(method)
            response.read()
            response.close()
            raise httpx.ReadError("the connection was cut", request=request)
        return response

    def close(self) -> None:
        self._inner.close()
