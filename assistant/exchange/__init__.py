"""Taking everything along, and taking in what another assistant kept."""
