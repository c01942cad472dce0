"""Floor 0: what every room stands on. Knows Flask and the database, nothing about classes."""
