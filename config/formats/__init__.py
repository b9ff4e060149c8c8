"""How a day is written in each language: Django looks here by the name of a format, before its own. The last four names are ours."""
