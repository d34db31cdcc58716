"""The output folder: which files in it are ours, and how they are replaced safely."""
