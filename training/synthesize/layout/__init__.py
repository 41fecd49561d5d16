"""How a document looks: components that combine freely, each a function from a sheet to typst markup.

`design` draws and records the choices; `style` is typeface, size, ink and paper; `sheet` holds one document while its
components print labels and marked values; `page` puts them together.
"""
