"""The forms of the library and of assignments."""

from articles.forms.dates import DatesForm
from articles.forms.places import PlaceForm
from articles.forms.texts import ArticleForm, title_from_filename

__all__ = ["ArticleForm", "DatesForm", "PlaceForm", "title_from_filename"]
