"""Pictures of pages: `raster` makes them, `skew` measures and `upright` turns them, `rules` takes ruled lines off them,
`scan` reads one into a page.
"""
