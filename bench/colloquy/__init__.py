"""Colloquy, filled to the bench's sizes and used as a browser uses it."""
