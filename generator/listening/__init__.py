"""Listening: replies, the questions among them, and what came of them; pure functions."""
