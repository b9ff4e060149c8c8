"""Pages of the web, fetched so that nothing inside the operator's network can be reached."""
