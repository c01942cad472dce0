"""The yardstick's pages: one statement, one template, one answer."""

from __future__ import annotations

import os
from collections import defaultdict

from flask import Flask, render_template, request
from sqlalchemy import bindparam, func, insert, select

from bench.yardstick.schema import attempts, comments, connect, questions, responses

app = Flask(__name__)
engine = connect(os.environ["YARDSTICK_DATABASE"])

QUESTIONS = (
    select(questions.c.id, questions.c.stem, questions.c.options)
    .where(questions.c.quiz_id == bindparam("quiz"))
    .order_by(questions.c.position, questions.c.id)
)
TALLY = (
    select(
        responses.c.question_id,
        func.count().label("answers"),
        func.sum(responses.c.points).label("right"),
    )
    .where(responses.c.quiz_id == bindparam("quiz"))
    .group_by(responses.c.question_id)
    .order_by(responses.c.question_id)
)
STUDENTS = (
    select(attempts.c.student, attempts.c.points)
    .where(attempts.c.quiz_id == bindparam("quiz"))
    .order_by(attempts.c.student, attempts.c.id)
)
THREAD = (
    select(comments.c.id, comments.c.parent_id, comments.c.author, comments.c.body)
    .where(comments.c.thread_id == bindparam("thread"))
    .order_by(comments.c.id)
)


@app.get("/healthz")
def health() -> str:
    """Say that the server answers."""
    return "ok"


@app.get("/quizzes/<int:quiz>")
def open_quiz(quiz: int) -> str:
    """Ten questions with their options in one form."""
    with engine.connect() as connection:
        rows = connection.execute(QUESTIONS, {"quiz": quiz}).all()
    return render_template("quiz.html", quiz=quiz, questions=rows)


@app.post("/quizzes/<int:quiz>/attempts")
def hand_in(quiz: int) -> str:
    """One attempt and its ten answers: eleven rows and one COMMIT."""
    student = request.form["student"]
    chosen = {number: int(request.form[f"q{number}"]) for number in range(1, 11)}
    right = sum(choice == 0 for choice in chosen.values())
    attempt = {"quiz_id": quiz, "student": student, "points": right, "answers": ""}
    rows = [
        {"quiz_id": quiz, "question_id": number, "student": student, "chosen": choice, "points": int(choice == 0)}
        for number, choice in chosen.items()
    ]
    with engine.begin() as connection:
        connection.execute(insert(attempts).inline(), attempt)
        connection.execute(insert(responses).inline(), rows)
    return "ok"


@app.get("/quizzes/<int:quiz>/results")
def results(quiz: int) -> str:
    """Answers and right ones for each question: the raw aggregate."""
    with engine.connect() as connection:
        tally = connection.execute(TALLY, {"quiz": quiz}).all()
    return render_template("results.html", quiz=quiz, tally=tally, students=())


@app.get("/quizzes/<int:quiz>/students")
def results_with_students(quiz: int) -> str:
    """The same, and a row for each student."""
    with engine.connect() as connection:
        tally = connection.execute(TALLY, {"quiz": quiz}).all()
        students = connection.execute(STUDENTS, {"quiz": quiz}).all()
    return render_template("results.html", quiz=quiz, tally=tally, students=students)


@app.get("/threads/<int:thread>")
def read_thread(thread: int) -> str:
    """A thread, nested in Python."""
    with engine.connect() as connection:
        rows = connection.execute(THREAD, {"thread": thread}).all()
    replies = defaultdict(list)
    for row in rows:
        replies[row[1]].append(row)
    return render_template("thread.html", replies=replies)


@app.post("/threads/<int:thread>/comments")
def add_comment(thread: int) -> str:
    """One comment: one row and one COMMIT."""
    row = {
        "thread_id": thread,
        "parent_id": int(request.form["parent"]),
        "author": "student",
        "body": request.form["body"],
    }
    with engine.begin() as connection:
        connection.execute(insert(comments).inline(), row)
    return "ok"
