"""From a raw message to files worth reading: `parse` takes mail as it really comes, `filters` says what to leave.

`mime` reads headers and parts, `containers` opens what holds other files, `sniff` and `images` look at content,
`body` and `wording` decide whether the text itself is a document, `triage` tells documents from the rest.
"""
