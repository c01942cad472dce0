"""What every page of results should say, by plain Python from the raw rows, and what the pages do say.

Nothing here uses the code of results or of the quizzes' figures: each formula is written from the rule book.
"""
