"""A post as a message: its parts, its headers, and how it is sent."""
