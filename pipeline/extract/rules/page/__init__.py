"""The page as rules walk it.

`layout` rows and tokens · `candidates` typed values (`identifiers` with checksums) · `codes` values without a type.
"""
