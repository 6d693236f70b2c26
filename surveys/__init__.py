"""What was asked, what was said, who may read it: no web framework, no data science."""
