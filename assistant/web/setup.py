"""The first run: the owner. What comes after it stands in `welcome`."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from profiles.api import create_owner, has_owner, is_setup_code, zone_named
from profiles.exceptions import OwnerExists, WrongSetupCode


class OwnerForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    password = forms.CharField(label=_("Password"), min_length=8, max_length=200, strip=False)
    time_zone = forms.CharField(required=False, max_length=64)


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class SetUp(View):
    """The one page that makes the owner. Whoever holds the code of the terminal may open it, once."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The form."""
        if has_owner():
            return redirect("/")
        if not is_setup_code(code):
            return render(request, "setup/no_owner.html", {"is_wrong_code": True}, status=404)
        return render(request, "setup/owner.html", {"form": OwnerForm()})

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Make the owner, and sign them in."""
        form = OwnerForm(request.POST)
        if not form.is_valid():
            return render(request, "setup/owner.html", {"form": form}, status=400)
        data = form.cleaned_data
        try:
            owner = create_owner(
                email=data["email"],
                password=data["password"],
                name=data["name"],
                code=code,
                language=(get_language() or "en").split("-")[0],
                time_zone=zone_named(data["time_zone"]).key,
            )
        except OwnerExists:
            return redirect("/")
        except WrongSetupCode:
            return render(request, "setup/no_owner.html", {"is_wrong_code": True}, status=404)
        except ValidationError as error:
            for field, messages in (
                error.message_dict if hasattr(error, "error_dict") else {"password": error.messages}
            ).items():
                form.add_error(field if field in form.fields else None, messages)
            return render(request, "setup/owner.html", {"form": form}, status=400)
        login(request, owner, backend="django.contrib.auth.backends.ModelBackend")
        UserSession.objects.create_from_request(request)  # so that it is listed, and can be ended from elsewhere
        return redirect("/welcome/model/")
