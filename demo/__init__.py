"""The demonstration: two classes that read one article, made through the same operations as the pages use."""
