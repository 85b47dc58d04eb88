"""Fraud scores for orders."""
