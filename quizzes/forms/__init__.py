"""What people fill in: one form for each question type, a quiz's title, a class's rules, a grade."""
