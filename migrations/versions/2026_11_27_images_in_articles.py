"""images in articles

Revision: 0009, after 0008, 2026-11-27
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('images',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.Column('media_type', sa.String(length=20), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_images_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_images')),
    sa.UniqueConstraint('owner_id', 'digest', name=op.f('uq_images_owner_id_digest')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_images_digest', 'images', ['digest'], unique=False)
    op.create_table('block_images',
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('image_id', sa.Integer(), nullable=False),
    sa.Column('alt', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['block_id'], ['blocks.id'], name=op.f('fk_block_images_block_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['image_id'], ['images.id'], name=op.f('fk_block_images_image_id')),
    sa.PrimaryKeyConstraint('block_id', name=op.f('pk_block_images'))
    )
    op.create_index('ix_block_images_image_id', 'block_images', ['image_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_block_images_image_id', table_name='block_images')
    op.drop_table('block_images')
    op.drop_index('ix_images_digest', table_name='images')
    op.drop_table('images')
