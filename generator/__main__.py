"""`python -m generator` is `weekly`."""

from generator.cli import main

main()
