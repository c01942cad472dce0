"""Reading texts in: one module per source format, one neutral structure out of all of them."""
