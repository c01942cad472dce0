"""The bare aggregate of each results page: the least SQL that reads what the page shows, from the rows themselves.

No tallies, and nothing that a page does not show; each statement's rows are fetched as a list. Where counting in the
database would cost more than the rows of which a figure is a plain sum (the totals of a gradebook), the rows are read.
Points are whole numbers of hundred-thousandths, as the database keeps them.
"""

from __future__ import annotations

STUDENTS_A_PAGE, CELLS_A_PAGE = 50, 25
OF_CLASS = "e.section_id = :section AND e.role = 'student' AND e.state = 'active'"

COMPLETION = f"""SELECT count(*), count(a.submitted_at), count(a.id),
 sum(CASE WHEN a.submitted_at > s.due_at THEN 1 ELSE 0 END) FROM enrollments e
 JOIN quiz_deliveries d ON d.id = :delivery JOIN assignments s ON s.id = d.assignment_id
 LEFT JOIN attempts a ON a.enrollment_id = e.id AND a.delivery_id = d.id AND a.number = 1 WHERE {OF_CLASS}"""
SCORES = """SELECT points, max_points, ungraded, count(*) FROM attempts
 WHERE delivery_id = :delivery AND submitted_at IS NOT NULL AND number = 1 GROUP BY points, max_points, ungraded"""
PER_OPTION = """SELECT r.item_id, r.answer_key, count(*), sum(r.points)
 FROM responses r JOIN attempts a ON a.id = r.attempt_id
 WHERE r.delivery_id = :delivery AND a.submitted_at IS NOT NULL AND a.number = 1 GROUP BY r.item_id, r.answer_key"""
QUESTIONS = """SELECT i.id, i.position, i.points, v.type, v.stem, v.content FROM items i
 JOIN question_versions v ON v.question_id = i.question_id JOIN quiz_deliveries d ON d.quiz_id = i.quiz_id
 WHERE d.id = :delivery ORDER BY i.position"""
SENTENCES = """SELECT b.number, t.sentence_id, t.text FROM version_sentences t JOIN blocks b ON b.id = t.block_id
 JOIN assignments s ON s.version_id = t.version_id JOIN quiz_deliveries d ON d.assignment_id = s.id
 WHERE d.id = :delivery ORDER BY b.position, t.position"""
ANCHORS = """SELECT i.id, p.first_sentence_id, p.last_sentence_id FROM items i
 JOIN quiz_deliveries d ON d.quiz_id = i.quiz_id JOIN question_versions v ON v.question_id = i.question_id
 JOIN question_spans q ON q.question_version_id = v.id JOIN spans p ON p.id = q.span_id WHERE d.id = :delivery"""
TURNOUT = f"""SELECT t.id, count(c.id), count(DISTINCT c.enrollment_id) FROM prompt_deliveries t
 JOIN quiz_deliveries d ON d.assignment_id = t.assignment_id JOIN comments c ON c.delivery_id = t.id
 JOIN enrollments e ON e.id = c.enrollment_id WHERE d.id = :delivery AND {OF_CLASS} GROUP BY t.id"""
BESIDE = """SELECT o.id, r.item_id, count(*), sum(r.points), sum(r.points * r.points) FROM quiz_deliveries d
 JOIN quiz_deliveries o ON o.quiz_id = d.quiz_id AND o.id <> d.id JOIN responses r ON r.delivery_id = o.id
 JOIN attempts a ON a.id = r.attempt_id WHERE d.id = :delivery AND a.submitted_at IS NOT NULL AND a.number = 1
 GROUP BY o.id, r.item_id"""
BESIDE_SCORES = """SELECT o.id, a.points, count(*) FROM quiz_deliveries d
 JOIN quiz_deliveries o ON o.quiz_id = d.quiz_id AND o.id <> d.id JOIN attempts a ON a.delivery_id = o.id
 WHERE d.id = :delivery AND a.submitted_at IS NOT NULL AND a.number = 1 GROUP BY o.id, a.points"""
RESULTS = (COMPLETION, SCORES, PER_OPTION, QUESTIONS, SENTENCES, ANCHORS, TURNOUT)
TWO_CLASSES = (*RESULTS, BESIDE, BESIDE_SCORES)
MAP = (COMPLETION, PER_OPTION, QUESTIONS, SENTENCES, ANCHORS)
SPLIT = (PER_OPTION, QUESTIONS, ANCHORS)
CERTAINTY = (
    QUESTIONS,
    """SELECT r.item_id, r.certainty, count(*), sum(r.fraction) FROM responses r JOIN attempts a ON a.id = r.attempt_id
 WHERE r.delivery_id = :delivery AND a.submitted_at IS NOT NULL AND a.number = 1 GROUP BY r.item_id, r.certainty""",
)

HELD = """WITH held AS (SELECT r.attempt_id, r.item_id, r.points, r.answer_key,
 sum(r.points) OVER (PARTITION BY r.attempt_id) AS total FROM responses r JOIN attempts a ON a.id = r.attempt_id
 WHERE r.delivery_id = :delivery AND a.submitted_at IS NOT NULL AND a.ungraded = 0 AND a.number = 1)"""
# Every figure of the page, the thirds of the class too, is a function of how often each of these came together.
TOGETHER = f"""{HELD} SELECT item_id, answer_key, points, total, count(*) FROM held
 GROUP BY item_id, answer_key, points, total"""
STATISTICS = (QUESTIONS, TOGETHER)

STUDENTS = f"""SELECT e.id, u.name, a.id AS attempt, a.points, a.max_points, a.ungraded, a.started_at, a.submitted_at,
 a.submitted_at > s.due_at, n.attempts, w.posts FROM enrollments e JOIN users u ON u.id = e.user_id
 JOIN quiz_deliveries d ON d.id = :delivery JOIN assignments s ON s.id = d.assignment_id
 LEFT JOIN attempts a ON a.enrollment_id = e.id AND a.delivery_id = d.id AND a.number = 1
 LEFT JOIN (SELECT enrollment_id, max(number) AS attempts FROM attempts WHERE delivery_id = :delivery
 GROUP BY enrollment_id) n ON n.enrollment_id = e.id
 LEFT JOIN (SELECT c.enrollment_id, count(*) AS posts FROM comments c JOIN quiz_deliveries q
 ON q.assignment_id = c.assignment_id WHERE q.id = :delivery GROUP BY c.enrollment_id) w ON w.enrollment_id = e.id
 WHERE {OF_CLASS} ORDER BY u.name, e.id"""
MATRIX_PAGE = f"""WITH page AS (SELECT e.id, u.name, a.id AS attempt, a.points, a.max_points FROM enrollments e
 JOIN users u ON u.id = e.user_id LEFT JOIN attempts a
 ON a.enrollment_id = e.id AND a.delivery_id = :delivery AND a.number = 1
 WHERE {OF_CLASS} ORDER BY u.name, e.id LIMIT {STUDENTS_A_PAGE})
 SELECT page.*, r.id, r.item_id, r.points, r.answer_key IS NOT NULL FROM page
 LEFT JOIN responses r ON r.attempt_id = page.attempt ORDER BY page.name, page.id"""
MATRIX = (QUESTIONS, MATRIX_PAGE)

COLUMNS = """SELECT d.id, q.title, t.title, s.opens_at, s.latest_closes_at, d.release_score, d.released_at, c.name,
 (SELECT sum(i.points) FROM items i WHERE i.quiz_id = q.id) FROM quiz_deliveries d JOIN quizzes q ON q.id = d.quiz_id
 JOIN assignments s ON s.id = d.assignment_id JOIN articles t ON t.id = s.article_id
 LEFT JOIN grade_columns k ON k.quiz_delivery_id = d.id LEFT JOIN grade_categories c ON c.id = k.category_id
 WHERE s.section_id = :section ORDER BY s.id, d.id"""
THOSE = f"""SELECT e.id, u.name, count(*) OVER () AS everybody FROM enrollments e JOIN users u ON u.id = e.user_id
 WHERE {OF_CLASS} ORDER BY u.name, e.id LIMIT {CELLS_A_PAGE}"""
THE_ONE = "SELECT e.id, u.name, 1 AS everybody FROM enrollments e JOIN users u ON u.id = e.user_id WHERE e.id = :place"
CELLS = """WITH page AS ({})
 SELECT page.id, page.name, page.everybody, a.delivery_id, a.number, a.points, a.max_points, a.ungraded,
 CASE WHEN a.submitted_at > s.due_at THEN (a.points * d.late_credit_percent + 50) / 100 ELSE a.points END,
 a.submitted_at > s.due_at, g.kind, g.after, g.why FROM page CROSS JOIN attempts a
 JOIN quiz_deliveries d ON d.id = a.delivery_id JOIN assignments s ON s.id = d.assignment_id
 LEFT JOIN grade_decisions g ON g.enrollment_id = a.enrollment_id AND g.quiz_delivery_id = a.delivery_id
 AND g.number = (SELECT max(o.number) FROM grade_decisions o WHERE o.enrollment_id = g.enrollment_id
 AND o.quiz_delivery_id = g.quiz_delivery_id)
 WHERE a.enrollment_id = page.id AND a.submitted_at IS NOT NULL ORDER BY page.name, page.id, a.delivery_id"""
WEIGHTS = "SELECT id, name, weight, drop_lowest FROM grade_categories WHERE section_id = :section ORDER BY position"
CREDIT = """WITH page AS ({}) SELECT c.delivery_id, c.enrollment_id, count(*), count(c.parent_id) FROM comments c
 JOIN page ON page.id = c.enrollment_id JOIN participation_requirements p ON p.delivery_id = c.delivery_id
 WHERE c.created_at <= p.due_at GROUP BY c.delivery_id, c.enrollment_id"""
# A rule of replies asks for no more than could be done: what a student can earn depends on who was there to answer.
THERE = f"""SELECT c.delivery_id, c.group_id, count(DISTINCT c.enrollment_id) FROM participation_requirements p
 JOIN comments c ON c.delivery_id = p.delivery_id JOIN enrollments e ON e.id = c.enrollment_id
 WHERE p.kind = 'reply' AND {OF_CLASS} AND c.created_at <= p.due_at GROUP BY c.delivery_id, c.group_id"""
GRADEBOOK = (WEIGHTS, COLUMNS, CELLS.format(THOSE), CREDIT.format(THOSE), THERE)
OWN_GRADES = (WEIGHTS, COLUMNS, CELLS.format(THE_ONE), CREDIT.format(THE_ONE), THERE)
READINGS = """SELECT s.id, t.title, s.due_at, (SELECT count(*) FROM comments c WHERE c.assignment_id = s.id
 AND c.enrollment_id = :place) FROM assignments s JOIN articles t ON t.id = s.article_id
 WHERE s.section_id = :section ORDER BY s.due_at, s.id"""
LOST = """SELECT s.id, b.number, sum(i.points - r.points), sum(i.points) FROM attempts a
 JOIN responses r ON r.attempt_id = a.id JOIN items i ON i.id = r.item_id JOIN quiz_deliveries d ON d.id = a.delivery_id
 JOIN assignments s ON s.id = d.assignment_id JOIN question_spans q ON q.question_version_id = r.question_version_id
 JOIN spans p ON p.id = q.span_id JOIN version_sentences v
 ON v.version_id = s.version_id AND v.sentence_id = p.first_sentence_id JOIN blocks b ON b.id = v.block_id
 WHERE a.enrollment_id = :place AND a.submitted_at IS NOT NULL GROUP BY s.id, b.number"""
ONE_STUDENT = (READINGS, COLUMNS, CELLS.format(THE_ONE), CREDIT.format(THE_ONE), THERE, LOST)

OVER_TIME = (
    """SELECT s.id, t.title, d.id, q.title, a.points, a.max_points, count(*),
 sum(CASE WHEN a.submitted_at > s.due_at THEN 1 ELSE 0 END) FROM assignments s JOIN articles t ON t.id = s.article_id
 JOIN quiz_deliveries d ON d.assignment_id = s.id JOIN quizzes q ON q.id = d.quiz_id
 JOIN attempts a ON a.delivery_id = d.id WHERE s.section_id = :section AND a.submitted_at IS NOT NULL AND a.number = 1
 GROUP BY s.id, t.title, d.id, q.title, a.points, a.max_points""",
    f"""SELECT c.assignment_id, count(*), count(DISTINCT c.enrollment_id) FROM comments c
 JOIN enrollments e ON e.id = c.enrollment_id WHERE {OF_CLASS} GROUP BY c.assignment_id""",
)
TAKING_PART = (
    f"""WITH wrote AS (SELECT e.id,
 sum(CASE WHEN c.parent_id IS NULL AND c.created_at <= p.due_at THEN 1 ELSE 0 END) AS posts,
 sum(CASE WHEN c.parent_id IS NOT NULL AND c.created_at <= p.due_at THEN 1 ELSE 0 END) AS replies, p.id AS asked
 FROM participation_requirements p JOIN comments c ON c.delivery_id = p.delivery_id
 JOIN enrollments e ON e.id = c.enrollment_id WHERE p.delivery_id = :thread AND {OF_CLASS} GROUP BY e.id, p.id)
 SELECT p.id, p.kind, p.count, p.due_at, sum(CASE WHEN p.kind = 'reply' AND w.replies >= p.count THEN 1
 WHEN p.kind = 'post' AND w.posts >= p.count THEN 1 ELSE 0 END) FROM participation_requirements p
 LEFT JOIN wrote w ON w.asked = p.id WHERE p.delivery_id = :thread GROUP BY p.id, p.kind, p.count, p.due_at""",
    TURNOUT,
    THERE,
)

# CROSS JOIN: SQLite keeps to this order, which begins with the few readings that are open.
NEEDS = (
    f"""SELECT d.id, s.id, q.title, e.id, u.name, s.due_at, s.closes_at FROM assignments s CROSS JOIN quiz_deliveries d
 CROSS JOIN quizzes q CROSS JOIN enrollments e CROSS JOIN users u
 WHERE s.section_id = :section AND s.closes_at > CURRENT_TIMESTAMP AND d.assignment_id = s.id AND q.id = d.quiz_id
 AND {OF_CLASS} AND u.id = e.user_id AND NOT EXISTS (SELECT 1 FROM attempts a
 WHERE a.delivery_id = d.id AND a.enrollment_id = e.id) ORDER BY s.due_at, d.id, e.id LIMIT 200""",
    """SELECT a.id, u.name, a.started_at, max(r.saved_at) FROM assignments s
 CROSS JOIN quiz_deliveries d CROSS JOIN attempts a JOIN enrollments e ON e.id = a.enrollment_id
 JOIN users u ON u.id = e.user_id JOIN responses r ON r.attempt_id = a.id WHERE s.section_id = :section
 AND s.closes_at > CURRENT_TIMESTAMP AND d.assignment_id = s.id AND a.delivery_id = d.id AND a.submitted_at IS NULL
 GROUP BY a.id, u.name, a.started_at LIMIT 200""",
    """SELECT c.id, c.body, u.name FROM assignments s CROSS JOIN comments c JOIN enrollments e ON e.id = c.enrollment_id
 JOIN users u ON u.id = e.user_id WHERE s.section_id = :section AND c.assignment_id = s.id AND c.delivery_id IS NULL
 AND c.kind = 'question' LIMIT 200""",
    """SELECT f.comment_id, count(*) FROM comment_flags f JOIN comments c ON c.id = f.comment_id
 JOIN assignments s ON s.id = c.assignment_id WHERE s.section_id = :section GROUP BY f.comment_id LIMIT 200""",
    f"""SELECT t.id, e.id, u.name FROM assignments s CROSS JOIN prompt_deliveries t
 CROSS JOIN participation_requirements p CROSS JOIN enrollments e CROSS JOIN users u
 WHERE s.section_id = :section AND t.assignment_id = s.id AND p.delivery_id = t.id AND p.due_at > CURRENT_TIMESTAMP
 AND {OF_CLASS} AND u.id = e.user_id AND NOT EXISTS (SELECT 1 FROM comments c
 WHERE c.enrollment_id = e.id AND c.delivery_id + 0 = t.id) LIMIT 200""",
    f"""SELECT a.id, q.title, e.id, u.name, a.points, a.max_points, a.submitted_at, count(*),
 sum(CASE WHEN r.evidence_fraction < 10000000000 THEN 1 ELSE 0 END) FROM assignments s
 CROSS JOIN quiz_deliveries d CROSS JOIN quizzes q CROSS JOIN attempts a CROSS JOIN enrollments e CROSS JOIN users u
 CROSS JOIN responses r WHERE s.section_id = :section AND d.assignment_id = s.id AND q.id = d.quiz_id
 AND a.delivery_id = d.id AND e.id = a.enrollment_id AND u.id = e.user_id AND r.attempt_id = a.id AND {OF_CLASS}
 AND a.submitted_at >= :since AND 2 * a.points < a.max_points AND r.evidence_fraction IS NOT NULL AND EXISTS (SELECT 1
 FROM items i JOIN question_versions v ON v.question_id = i.question_id
 WHERE i.quiz_id = d.quiz_id AND CAST(v.content AS TEXT) LIKE '%evidence%')
 GROUP BY a.id, q.title, e.id, u.name, a.points, a.max_points, a.submitted_at LIMIT 200""",
    """SELECT a.delivery_id, sum(a.ungraded) FROM attempts a JOIN quiz_deliveries d ON d.id = a.delivery_id
 JOIN assignments s ON s.id = d.assignment_id WHERE s.section_id = :section AND a.ungraded > 0
 GROUP BY a.delivery_id""",
)
MESSAGE = (
    """SELECT m.body, m.sent_at, b.name, n.name, t.title FROM staff_messages m JOIN users b ON b.id = m.by_id
 JOIN enrollments e ON e.id = m.enrollment_id JOIN sections n ON n.id = e.section_id
 LEFT JOIN assignments s ON s.id = m.assignment_id LEFT JOIN articles t ON t.id = s.article_id WHERE m.id = :message""",
)
