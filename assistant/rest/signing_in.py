"""How the schema tells what an access token is."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class AccessTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # their base registers what inherits from it
    target_class = "assistant.rest.base.AccessTokenAuthentication"
    name = "accessToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """`Authorization: Bearer <access token>`."""
        return {"type": "http", "scheme": "bearer", "description": "An access token of Settings → Access tokens."}
