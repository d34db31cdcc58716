"""What the weeks of a blog tell the one who writes it.

Everything here is made from posts, settings and a moment, and from nothing else. A plain build
never loads it.
"""
