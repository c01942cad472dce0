"""notes in the margin, marks of confusion, reading places

Revision: 0007, after 0006, 2026-11-27
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

NOTE = sa.text('delivery_id IS NULL')


def upgrade() -> None:
    op.create_table('confusion_marks',
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('sentence_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_confusion_marks_assignment_id')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_confusion_marks_enrollment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sentence_id'], ['sentences.id'], name=op.f('fk_confusion_marks_sentence_id')),
    sa.PrimaryKeyConstraint('enrollment_id', 'assignment_id', 'sentence_id', name=op.f('pk_confusion_marks'))
    )
    op.create_index('ix_confusion_marks_assignment_id_sentence_id', 'confusion_marks', ['assignment_id', 'sentence_id'])

    op.create_table('reading_places',
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('sentence_id', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_reading_places_assignment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_reading_places_enrollment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sentence_id'], ['sentences.id'], name=op.f('fk_reading_places_sentence_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('enrollment_id', 'assignment_id', name=op.f('pk_reading_places'))
    )

    with op.batch_alter_table('prompt_deliveries', schema=None) as batch_op:
        batch_op.create_unique_constraint(op.f('uq_prompt_deliveries_id_assignment_id'), ['id', 'assignment_id'])

    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assignment_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('span_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('root_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('visibility', sa.String(length=5), nullable=False, server_default='class'))
        batch_op.add_column(sa.Column('kind', sa.String(length=10), nullable=False, server_default='comment'))
    op.execute(
        'UPDATE comments SET assignment_id ='
        ' (SELECT assignment_id FROM prompt_deliveries WHERE prompt_deliveries.id = comments.delivery_id)'
    )
    # An index on an expression or a condition is not copied with the table: these come last.
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.alter_column('assignment_id', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('delivery_id', existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column('visibility', existing_type=sa.String(length=5), server_default=None)
        batch_op.alter_column('kind', existing_type=sa.String(length=10), server_default=None)
        batch_op.drop_constraint(op.f('fk_comments_delivery_id'), type_='foreignkey')
        batch_op.create_unique_constraint(op.f('uq_comments_id_assignment_id_visibility'), ['id', 'assignment_id', 'visibility'])
        batch_op.create_foreign_key(op.f('fk_comments_assignment_id'), 'assignments', ['assignment_id'], ['id'])
        batch_op.create_foreign_key(op.f('fk_comments_span_id'), 'spans', ['span_id'], ['id'])
        batch_op.create_foreign_key(op.f('fk_comments_delivery_id_assignment_id'), 'prompt_deliveries', ['delivery_id', 'assignment_id'], ['id', 'assignment_id'])
        batch_op.create_foreign_key(op.f('fk_comments_root_id_assignment_id_visibility'), 'comments', ['root_id', 'assignment_id', 'visibility'], ['id', 'assignment_id', 'visibility'], onupdate='CASCADE')
        batch_op.create_check_constraint(op.f('ck_comments_place'), '(delivery_id IS NOT NULL AND span_id IS NULL AND root_id IS NULL) OR (delivery_id IS NULL AND (span_id IS NULL) <> (root_id IS NULL))')
        batch_op.create_check_constraint(op.f('ck_comments_visibility'), "visibility IN ('class', 'staff', 'self')")
        batch_op.create_check_constraint(op.f('ck_comments_threads_are_the_class_s'), "delivery_id IS NULL OR visibility = 'class'")
        batch_op.create_check_constraint(op.f('ck_comments_kind'), "kind IN ('comment', 'question')")
    for name, columns in (('notes', ['assignment_id', 'id']), ('span_id', ['span_id']), ('root_id', ['root_id'])):
        op.create_index(f'ix_comments_{name}', 'comments', columns, sqlite_where=NOTE, postgresql_where=NOTE)


def downgrade() -> None:
    for name in ('notes', 'span_id', 'root_id'):
        op.drop_index(f'ix_comments_{name}', table_name='comments')
    # What stands in the margin has no place in the tables as they were.
    for table in ('comment_reads', 'comment_revisions', 'comment_spans'):
        op.execute(f'DELETE FROM {table} WHERE comment_id IN (SELECT id FROM comments WHERE delivery_id IS NULL)')
    op.execute('DELETE FROM comments WHERE delivery_id IS NULL')
    with op.batch_alter_table('comments', schema=None) as batch_op:
        for check in ('place', 'visibility', 'threads_are_the_class_s', 'kind'):
            batch_op.drop_constraint(op.f(f'ck_comments_{check}'), type_='check')
        for key in ('assignment_id', 'span_id', 'delivery_id_assignment_id', 'root_id_assignment_id_visibility'):
            batch_op.drop_constraint(op.f(f'fk_comments_{key}'), type_='foreignkey')
        batch_op.drop_constraint(op.f('uq_comments_id_assignment_id_visibility'), type_='unique')
        batch_op.alter_column('delivery_id', existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(op.f('fk_comments_delivery_id'), 'prompt_deliveries', ['delivery_id'], ['id'])
        for column in ('kind', 'visibility', 'root_id', 'span_id', 'assignment_id'):
            batch_op.drop_column(column)
    with op.batch_alter_table('prompt_deliveries', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_prompt_deliveries_id_assignment_id'), type_='unique')
    op.drop_table('reading_places')
    op.drop_table('confusion_marks')
