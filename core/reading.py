"""Whether a connection is asked to read only: then it takes no lock, and on PostgreSQL no transaction either."""

from __future__ import annotations

from flask import g, has_request_context, request
from sqlalchemy import Connection

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
READ = {"reads_only": True}
"""Options of a connection that reads only, whatever the request does."""


def request_reads_only() -> bool:
    """Tell whether there is a request whose method may not write, or that has written all it will."""
    return has_request_context() and (request.method in SAFE_METHODS or "has_committed" in g)


def write_no_more() -> None:
    """Let this request only read from now on: what it writes is committed, and others may write."""
    g.has_committed = True


def reads_only(connection: Connection) -> bool:
    """Tell whether the transaction that this connection begins is one that only reads."""
    return "reads_only" in connection.get_execution_options() or request_reads_only()
