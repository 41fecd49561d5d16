"""E-invoices and e-orders read natively from their XML; every value is the sender's own.

`safe_xml` parses what strangers send, `detect` tells the syntax, `cii` reads Factur-X, ZUGFeRD, XRechnung CII and
Order-X, `ubl` reads Peppol, XRechnung UBL and OIOUBL (`danish_payment` its payment channels), `kinds` knows what type
codes mean, `tree` finds elements, `facts` normalises their text and keeps what could not be read, `reading` is the way
in.
"""

from pipeline.extract.einvoice.detect import Syntax, syntax_of
from pipeline.extract.einvoice.reading import read_einvoice

__all__ = ["Syntax", "read_einvoice", "syntax_of"]
