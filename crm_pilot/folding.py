"""Text as it is compared, sorted and searched: without case and accents."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Lower case without accents, and as typed on a keyboard (spaces, apostrophes, 1ᵉʳ)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    return "".join(c for c in decomposed if not unicodedata.combining(c))
