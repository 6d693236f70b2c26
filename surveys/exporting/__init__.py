"""What leaves the product as files of answers."""
