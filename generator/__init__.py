"""weekly: a static-site generator for the leader who writes to all staff every week."""

__version__ = "0.1.0"
