"""The text of the interface, in a catalogue for each language, and its dates and numbers."""
