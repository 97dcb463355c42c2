"""What the file holds on one person: found, handed out whole, and erased whole (DOMAIN.md 6)."""
