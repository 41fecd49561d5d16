"""What happens to paper: `warps` move ink, `light`, `optics`, `toner` and `marks` change how it looks.

`picture` says what a component is; `wear` and `devices` draw components, `chains` puts them together as a scanner, fax,
copier or phone would, and `degrade` sends a page through one.
"""
