"""Codebooks delivered with the product, one YAML file each; `docs/codebook.md` says how to write one."""
