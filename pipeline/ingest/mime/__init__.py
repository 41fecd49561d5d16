"""The form of a message, read without ever raising: `headers`, `parameters`, `charset`, `transfer`, `structure`,
`envelope` (who, when, which thread) and `authentication` (SPF, DKIM, DMARC).

The standard library's parser is not used: it recurses without bound over nested parts and raises on hostile headers.
"""
