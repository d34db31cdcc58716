"""The words of the interface, in a catalogue for each language; its dates and numbers."""
