"""What the weeks of a blog tell its writer: rhythm, balance, prompts, calendar, statistics.

Everything here depends only on posts, settings and a moment. A public build loads no more of it
than its pages show.
"""
