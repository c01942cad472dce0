"""The code on a receipt. Pure but for chance."""

from __future__ import annotations

import secrets
from random import Random

# No letter or digit that can be taken for another when it is read aloud.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY3479"


def new_receipt_code(random: Random | None = None) -> str:
    """A code that proves a hand-in: two groups of four letters and digits."""
    pick = random.choice if random else secrets.choice
    letters = "".join(pick(ALPHABET) for _letter in range(8))
    return f"{letters[:4]}-{letters[4:]}"
