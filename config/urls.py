"""The doors."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import broken, health

handler429 = broken.too_many_requests
handler500 = broken.server_error
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("accounts/", include("allauth.account.urls")),
    *(path(f"accounts/2fa/{lists}", RedirectView.as_view(url="/settings/security/")) for lists in ("", "webauthn/")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="api_docs.html"), name="docs"
    ),
    path("api/v1/", include("assistant.rest.urls")),
    path("", include("assistant.web.urls")),
]
