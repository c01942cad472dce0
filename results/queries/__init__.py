"""What results pages read."""
