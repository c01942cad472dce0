"""What home pages, class pages and the reading page read."""
