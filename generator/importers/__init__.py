"""Importers: what other systems export, as replies; from bytes to values, and nothing is lost.

Each reader takes bytes and gives an `Intake`: what it found, what it set aside and what it
refused, each with its place and the reason. No reader opens a file or asks for the time.
"""
