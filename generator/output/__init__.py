"""The output folder: what stands in it because of us, and how it is replaced safely."""
