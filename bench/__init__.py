"""Measures Colloquy beside a yardstick of its own: `python -m bench [--quick]`."""
