"""From an approved document to an ERP entry, booked once, read back and compared."""
