"""What happens to articles although nobody opens a page."""

from __future__ import annotations

from articles.operations.images import forget_image
from articles.queries.images import list_unused_images
from core.jobs import Task

forget_unused_images = Task("worker: images forgotten that no text holds: {n}", 3600, list_unused_images, forget_image)
