"""Whether the numbers of a bill add up."""

from typing import Any

from tests.validate.documents import SERVICE, TONER, bill, facts
from tests.validate.situations.row import NO_PO, Row, block, changed, warn

WITH_FREIGHT: dict[str, Any] = {
    "net_total": "1000.00",
    "tax_total": "190.00",
    "gross_total": "1190.00",
    "amount_due": "1190.00",
}

ARITHMETIC = [
    Row("line amount wrong", bill(lines=[changed(net_amount="774.00"), SERVICE]), (block("LINE_AMOUNT_DISAGREES"),)),
    Row(
        "line price wrong",
        bill(lines=[changed(unit_price="26.00"), SERVICE]),
        (block("LINE_AMOUNT_DISAGREES"),),
    ),
    Row("a line is missing", bill(lines=[TONER]), (block("LINES_DISAGREE"),)),
    Row(
        "line without amount, quantity times price does",
        bill(lines=[changed(TONER, "net_amount"), SERVICE]),
    ),
    Row(
        "line without amount or price",
        bill(lines=[changed(TONER, "net_amount", "unit_price"), SERVICE]),
        (warn("FIELD_MISSING"),),
    ),
    Row("line discount as an amount", bill(lines=[changed(unit_price="65.00", discount="36.00"), SERVICE])),
    Row("line discount as a percentage", bill(lines=[changed(unit_price="77.50", discount="20"), SERVICE])),
    Row("line charge", bill(lines=[changed(unit_price="61.00", discount="-12.00"), SERVICE])),
    Row(
        "price printed with too few decimals",
        bill(
            lines=[changed(quantity="50", unit_price="14.88", net_amount="743.75", item_code="X"), SERVICE],
            net_total="968.75",
            tax_total="184.06",
            gross_total="1152.81",
            amount_due="1152.81",
            without=["purchase_order_reference"],
        ),
        (),
        facts(orders=()),
        NO_PO,
    ),
    Row("price per hundred", bill(lines=[changed(unit_price="6200.00"), SERVICE])),
    Row("text line", bill(lines=[TONER, {"description": "Lieferschein 4711"}, SERVICE])),
    Row(
        "lines with tax",
        bill(
            lines=[
                changed(unit_price="73.78", net_amount="885.36"),
                changed(SERVICE, unit_price="89.25", net_amount="267.75"),
            ]
        ),
        told=("LINES_INCLUDE_TAX", "PO_MATCHED"),
    ),
    Row("net total wrong", bill(net_total="999.00"), (block("TOTALS_DISAGREE"),)),
    Row("tax total wrong", bill(tax_total="148.11"), (block("TAX_DISAGREES"),)),
    Row("gross total wrong", bill(gross_total="1135.11"), (block("TOTALS_DISAGREE"),)),
    Row("totals a cent apart", bill(gross_total="1153.12", amount_due="1153.12"), told=("TOTALS_DISAGREE",)),
    Row("no tax total, the rates give it", bill(without=["tax_total"]), told=("FIELD_MISSING",)),
    Row("no net total, the lines give it", bill(without=["net_total"]), told=("FIELD_MISSING",)),
    Row("no gross total, the amount due is it", bill(without=["gross_total"]), told=("FIELD_MISSING",)),
    Row(
        "no gross total and no amount due",
        bill(without=["gross_total", "amount_due"]),
        (warn("FIELD_MISSING"),),
    ),
    Row(
        "no totals",
        bill(without=["gross_total", "amount_due", "net_total"]),
        (block("FIELD_MISSING"),),
    ),
    Row(
        "only the gross total, nothing says there is no tax",
        bill(lines=[], without=["net_total", "tax_total", "purchase_order_reference"]),
        (warn("FIELD_MISSING"),),
        facts(orders=()),
        NO_PO,
    ),
    Row("amount due wrong", bill(amount_due="1053.11"), (block("AMOUNT_DUE_DISAGREES"),)),
    Row("amount due rounded for cash", bill(amount_due="1153.00"), told=("AMOUNT_DUE_DISAGREES",)),
    Row("prepaid", bill(prepaid_amount="500.00", amount_due="653.11"), (warn("PREPAYMENT_STATED"),)),
    Row(
        "prepaid, but the amount due does not show it",
        bill(prepaid_amount="500.00"),
        (warn("PREPAYMENT_STATED"), block("AMOUNT_DUE_DISAGREES")),
    ),
    Row(
        "nothing to pay",
        bill(
            lines=[],
            without=["purchase_order_reference"],
            net_total="0.00",
            tax_total="0.00",
            gross_total="0.00",
            amount_due="0.00",
        ),
        (warn("AMOUNT_IMPLAUSIBLE"),),
        facts(orders=()),
        NO_PO,
    ),
    Row(
        "document discount and charge",
        bill(
            totals={"line_total": "969.00", "allowance_total": "19.00", "charge_total": "50.00"},
            **WITH_FREIGHT,
        ),
    ),
    Row(
        "document charge at a rate that is not told",
        bill(
            lines=[TONER, changed(SERVICE, tax_rate="7")],
            totals={"charge_total": "31.00"},
            net_total="1000.00",
            tax_total="163.00",
            gross_total="1163.00",
            amount_due="1163.00",
        ),
        (warn("TAX_DISAGREES"),),
    ),
    Row(
        "document charge that is not in the net total",
        bill(totals={"charge_total": "50.00"}),
        (block("LINES_DISAGREE"),),
    ),
]

TAX = [
    Row("breakdown agrees", bill(tax_breakdown=[("19", "969.00", "184.11")])),
    Row("breakdown's tax wrong", bill(tax_breakdown=[("19", "969.00", "148.11")]), (block("TAX_DISAGREES"),)),
    Row("breakdown's rate wrong", bill(tax_breakdown=[("7", "969.00", "184.11")]), (block("TAX_DISAGREES"),)),
    Row("breakdown incomplete", bill(tax_breakdown=[("19", "744.00", "141.36")]), (block("TAX_DISAGREES"),)),
    Row(
        "tax at another rate than the lines say",
        bill(tax_total="67.83", gross_total="1036.83", amount_due="1036.83"),
        (block("TAX_DISAGREES"),),
    ),
    Row(
        "line at a rate that the breakdown lacks",
        bill(lines=[changed(tax_rate="7"), SERVICE], tax_breakdown=[("19", "969.00", "184.11")]),
        (block("TAX_DISAGREES"),),
    ),
    Row(
        "two rates",
        bill(
            lines=[TONER, changed(SERVICE, tax_rate="7")],
            tax_breakdown=[("19", "744.00", "141.36"), ("7", "225.00", "15.75")],
            tax_total="157.11",
            gross_total="1126.11",
            amount_due="1126.11",
        ),
    ),
    Row(
        "tax that no rate gives",
        bill(
            lines=[changed(TONER, "tax_rate"), changed(SERVICE, "tax_rate")],
            tax_total="111.11",
            gross_total="1080.11",
            amount_due="1080.11",
        ),
        (warn("TAX_DISAGREES"),),
    ),
    Row(
        "no rate stated, one in force gives the tax",
        bill(lines=[changed(TONER, "tax_rate"), changed(SERVICE, "tax_rate")]),
    ),
]

ROWS = [*ARITHMETIC, *TAX]
