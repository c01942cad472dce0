"""Whether a connection is asked to read only: then it takes no lock, and on PostgreSQL no transaction either."""

from __future__ import annotations

from flask import has_request_context, request
from sqlalchemy import Connection

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
READ = {"reads_only": True}
"""Options of a connection that reads only, whatever the request does."""


def request_reads_only() -> bool:
    """Tell whether there is a request and its method may not write."""
    return has_request_context() and request.method in SAFE_METHODS


def reads_only(connection: Connection) -> bool:
    """Tell whether the transaction that this connection begins is one that only reads."""
    return "reads_only" in connection.get_execution_options() or request_reads_only()
