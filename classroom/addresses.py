"""Addresses of pages that stand on the floors above: known here by their path alone."""

from __future__ import annotations

from flask import request


def home_url() -> str:
    """Return the address of the reader's home page."""
    return f"{request.script_root}/"


def class_url(section_id: int) -> str:
    """Return the address of a class's page."""
    return f"{request.script_root}/classes/{section_id}"
