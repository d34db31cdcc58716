"""The only room that opens HTTP connections."""
