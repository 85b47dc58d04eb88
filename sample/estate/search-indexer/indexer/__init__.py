"""The product index."""
