"""Interchange formats: one module each, from a format's text to neutral questions. Pure."""
