"""What a page may load. One strict policy for all; the administration, whose theme needs more, is told apart by its address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase

ADMIN = {"script-src": ["'self'", "'unsafe-eval'"], "style-src": ["'self'", "'unsafe-inline'"]}


class BrowserPolicy:
    """Loosens the policy for /admin/ alone. Stands directly after django-csp's middleware, so that it runs before it on the way out."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if iscoroutinefunction(self.get_response):
            return self._asynchronous(request)
        response = self.get_response(request)
        assert not isinstance(response, Awaitable)
        return self._with_policy(request, response)

    async def _asynchronous(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        return self._with_policy(request, await response if isinstance(response, Awaitable) else response)

    @staticmethod
    def _with_policy(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            response._csp_replace = ADMIN  # type: ignore[attr-defined]  # django-csp's own hook, as its decorators set it
        return response
