"""Masking and non-answers measured against texts the product has not seen."""
