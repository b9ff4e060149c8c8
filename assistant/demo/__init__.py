"""A month of somebody's conversations, so that every page has something to show."""
