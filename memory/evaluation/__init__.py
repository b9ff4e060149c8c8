"""The harness behind `manage.py evaluate`: measures memory through the same public functions that the product uses."""
