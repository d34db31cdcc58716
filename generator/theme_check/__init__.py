"""What is wrong with a theme, found by reading its files."""
