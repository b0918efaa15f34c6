"""The window. Only this package knows Qt; it speaks to workflows and to nothing below them."""
