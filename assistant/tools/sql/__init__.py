"""Questions about the person's own data in SQL, on a copy made for one call."""
