from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wiring. An installed app so that its commands may start services."""

    name = "config"
