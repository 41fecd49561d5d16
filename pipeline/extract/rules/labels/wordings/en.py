"""How English business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        invoice nr | invoice id | inv nr | invoice reference | invoice ref | tax invoice nr | bill nr |
        document nr | credit note nr | credit memo nr | credit nr | receipt nr | invoice code | doc nr |
        sales invoice nr | nr of invoice | invoice reference nr | credit invoice nr | invoice document nr |
        tax invoice id | statement nr | our invoice | cn nr | adjustment note nr | transaction nr | trans nr |
        check nr | sale nr
    """,
    Role.TITLE_NUMBER: """
        invoice | tax invoice | credit note | credit memo | proforma invoice | sales invoice | receipt |
        commercial invoice
    """,
    Role.NUMBER: """
        nr
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        po nr | po | p o | po reference | po ref | purchase order | purchase order nr | your order nr |
        your order | po id | customer order nr | cust order nr | customer po | customer po nr | order reference
        | your po | your po nr | order ref | buyer order nr | buyers order nr | purchase order reference |
        customer order | purchase order id | your order ref | buyers order | cust po nr |
        customer order reference | customer purchase order | client po | cust po
    """,
    Role.ORDER: """
        order nr | order id | order | order number and date | order confirmation nr
    """,
    Role.SELLER_ORDER: """
        sales order | sales order nr | our order | our order nr | so nr | job nr | work order | work order nr |
        order acknowledgement nr | confirmation nr | acknowledgement nr | order ack nr | sale order | sale order nr
    """,
    Role.BUYER_REFERENCE: """
        your reference | your ref | buyer reference | customer reference | customer ref | cust ref |
        client reference | buyer ref | client ref | your reference nr | yr ref | buyers reference | cost centre
        | cost center | requested by
    """,
    Role.REFERENCE: """
        reference | ref | reference nr | ref nr | references
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        original invoice | original invoice nr | credited invoice | credit for invoice | refers to invoice |
        applies to invoice | reference to invoice | invoice being credited | related invoice | corrects invoice
        | original inv nr | credits invoice | against invoice | preceding invoice | prior invoice |
        previous invoice nr | preceding invoice nr | prior invoice nr | in respect of invoice | ref invoice |
        previous invoice | credited invoice nr | original invoice ref | original invoice reference |
        refers to invoice nr | regarding invoice | for invoice nr | ref invoice nr | credit for invoice nr |
        relates to invoice | against invoice nr | applies to invoice nr
    """,
    Role.ISSUE_DATE: """
        invoice date | date of invoice | issue date | date of issue | issued | issued on | date issued |
        bill date | document date | credit note date | billing date | dated | tax point | tax point date |
        tax date | receipt date | inv date | doc date | invoice issued | date of document | invoice issue date |
        statement date | invoice dt | date tax point | invoice dated | credit date | cn date
    """,
    Role.DATE: """
        date
    """,
    Role.DUE_DATE: """
        due date | payment due | due | pay by | payment due date | invoice due date | due on | date due |
        payable by | due by | please pay by | payment due by | pay before | payment due on | total due by |
        payable before | to be paid by | payment deadline | payment by | remit until | please remit until |
        remit by | please pay before | last payment date | amount due by | due for payment |
        payable on or before | due date of payment | payment date
    """,
    Role.DELIVERY_DATE: """
        delivery date | date of supply | date of delivery | supply date | ship date | shipping date |
        requested delivery date | service date | delivered | delivered on | shipped on | shipment date |
        delivery | date shipped | requested delivery | date required | required date | required by | deliver by
        | date of service | promised date | despatch date | dispatch date | delivery due
    """,
    Role.ORDER_DATE: """
        order date | po date | purchase order date | date of order | date ordered | ordered on | order placed
    """,
    Role.VAT_ID: """
        vat nr | vat id | vat reg nr | vat registration nr | vat | vat identification nr | tax id | gst nr |
        gstin | abn | tin | vat reg | vat id nr | tax identification nr | vat registration | gst reg nr | ein |
        tax reg nr | vat tax id | tax id nr | vat code | vat registered nr | vat tin | hst nr | gst hst nr |
        tax registration nr | federal tax id
        | tax identifier | vat identifier | vat identification
    """,
    Role.SELLER_VAT_ID: """
        seller vat id | our vat nr | supplier vat nr | our vat id | seller vat nr | supplier vat id |
        our vat reg nr | vendor vat nr
    """,
    Role.BUYER_VAT_ID: """
        buyer vat id | customer vat id | customer vat nr | your vat nr | your vat id | buyer vat nr |
        your vat reg nr | client vat nr | customer vat | customer vat reg nr | bill to vat nr | client vat id |
        customer tax id | buyer vat | vat nr customer | invoicee vat id | your vat registration nr
    """,
    Role.REGISTRATION_ID: """
        company nr | company reg nr | company registration nr | registration nr | registered nr | crn |
        co reg nr | company registration | registered in england nr | reg company nr | legal registration id |
        registered in england and wales nr | cin | business id | company id | registered company nr |
        company register nr
    """,
    Role.BUYER_REGISTRATION_ID: """
        customer registration nr | buyer registration nr | customer company nr
    """,
    Role.IBAN: """
        iban | iban nr | iban code | iban account
    """,
    Role.BIC: """
        bic | swift | swift code | bic swift | swift bic | bic code | bic nr
    """,
    Role.ACCOUNT_NUMBER: """
        account nr | acct nr | a c nr | bank account | account | bank account nr | acc nr | account code
    """,
    Role.PAYMENT_REFERENCE: """
        payment reference | payment ref | reference for payment | remittance reference | payment id |
        creditor reference | giro ref | payment communication | communication for your payment |
        payment reference nr | remittance ref | use reference | quote reference | bank reference | please quote
    """,
    Role.PAYMENT_TERMS: """
        terms | payment terms | terms of payment | payment conditions | credit terms |
        terms and conditions of payment | payment term | condition of payment | conditions of payment |
        pmt terms | settlement terms | terms conditions
    """,
    Role.SELLER: """
        seller | from | sold by | supplier | vendor | pay to | issued by | invoice from | bill from | billed by
        | remit to | service provider | supplier name | vendor name | seller name | company | biller |
        make payable to | payable to | issuer | supplied by | our details | billing from | remit payment to |
        to supplier | order to | vendor address | supplier address
        | please make check payable to | make check payable to | make checks payable to |
        make all checks payable to | please make checks payable to | make cheques payable to |
        please make cheques payable to | cheques payable to | checks payable to
    """,
    Role.BUYER: """
        bill to | billed to | invoice to | invoiced to | buyer | customer | client | billing address | sold to |
        invoice for | purchaser | to | customer name | bill to address | guest name | invoice address |
        client name | buyer name | billing to | billing details | bill for | customer details | attention to |
        billto | soldto | customer address | invoicing address | customer information | issued to | prepared for
        | sold to party | bill to party | company name | client details | ordered by | charge to | messrs
        | invoice issued to
        | invoice issued for | issued for | received from | payment received from
    """,
    Role.SHIP_TO: """
        ship to | deliver to | delivery address | shipping address | delivered to | shipped to | delivery to |
        goods to | consignee | ship to address | place of delivery | ship to party | shipping to |
        delivery location | site address
    """,
    Role.NAME: """
        name | business name | legal name | trading name | trade name
    """,
    Role.ADDRESS: """
        address | street | registered office | warehouse address | registered address | post code | postcode |
        city | country
    """,
    Role.OTHER_PARTY: """
        bank name | beneficiary | carrier | payee | account name | contact | attention | attn | account holder |
        sales rep | bank | salesperson | authorized signatory | sales person | bank details | invoicee |
        bank address | shipped via | ship via | prepared by | account manager | project | registered office |
        contact person | beneficiary name | bank account holder | notes | remarks | comments | our reference |
        our contact | our ref | agent | manufacturer | payment instructions | payer | payee party |
        tax representative | seller tax representative | invoicer | deliver from | sales agent | ship from |
        buyer agent | end user | product end user | payment details | job ref | project name | your contact |
        delivery terms | terms of delivery | shipping terms | ship terms | freight terms | delivery method |
        shipping method | despatch method | payment method | paid with | mode of payment | paid by |
        method of payment | payment type | pay method | our bank | account with | paying bank | a c name |
        in favour of | how to pay | payment information | please remit to | bank transfer | bacs details |
        pay by bank transfer
    """,
    Role.OTHER_NUMBER: """
        customer nr | customer id | client nr | cust nr | account ref | delivery note nr | despatch note nr |
        despatch notice | delivery note | contract nr | contract | project nr | quote nr | quotation nr | page |
        packing slip nr | shipment nr | tracking nr | tax nr | gln | ean | supplier nr | vendor nr | booking id
        | ifsc code | bsb | sort code | routing nr | serial nr | client id | vendor id | supplier id | member nr
        | license nr | profile | iata nr | customer code | account id | reg nr | bank code | global id | hs code
        | eori | eori nr | ticket nr | store nr | terminal | customer account nr | customer account |
        delivery nr | packing list nr | case nr | quote | job | project | agreement nr | subscription nr |
        meter nr | mpan | seller id | buyer id | item nr | article nr | service tax nr | pan nr | pan | aba |
        despatch advice | cust id | customer | vat rate | tax rate | reg | url | supplier code | article | item
        | amount in words | bank clearing | employee nr | policy nr | insurance nr | duns | duns nr | glns |
        estimate nr | offer nr | proposal nr | despatch nr | dn nr | advice note nr | framework nr |
        membership nr | currency code | invoice currency | all amounts in | amounts in | payment currency |
        total weight | gross weight | net weight | weight kg | shipping weight
    """,
    Role.OTHER_DATE: """
        billing period | period | print date | printed | printed on | valid until | check in | check out |
        date of birth | from date | start date | end date | service period | invoicing period | expiry date |
        date printed | pay date | payment received | delivery note date | order confirmation date |
        discount date | arrival | departure | interest from | service from | service dates | for the period |
        invoice period | usage period | period covered
    """,
    Role.CONTACT: """
        phone | tel | telephone | fax | email | e mail | mobile | web | website | www | hotline | cell |
        internet | call us | email address | accounts email | visit us
    """,
    Role.COLUMN: """
        description | quantity | qty | unit price | unit | item description | rate | product | line total |
        hours | amount | total | discount
    """,
}
