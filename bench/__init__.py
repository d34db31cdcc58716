"""Measures weekly: its builds beside those of three other generators, and its parts alone."""
