"""The export to accounting."""
