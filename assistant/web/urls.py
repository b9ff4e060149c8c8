"""The pages."""

from django.templatetags.static import static
from django.urls import path
from django.views.generic import RedirectView

from assistant.web import (
    chat,
    chat_menu,
    data_page,
    facts,
    files,
    forget,
    installed,
    models_page,
    projects,
    receipt,
    review,
    search,
    security,
    settings,
    setup,
    timeline,
    welcome,
)


class Icon(RedirectView):
    """Browsers and the administration ask for it by this name. The address of the mark is known only when static files are."""

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        return static("remembrancer/mark.svg")


fact = "memory/<uuid:fact_id>/"
urlpatterns = [
    path("", chat.NewChat.as_view(), name="home"),
    path("favicon.ico", Icon.as_view()),
    path("manifest.webmanifest", installed.manifest),
    path("sw.js", installed.service_worker),
    path("offline/", installed.Offline.as_view()),
    path("keys/", search.Keys.as_view()),
    path("search/", search.Search.as_view()),
    path("setup/<str:code>", setup.SetUp.as_view()),
    path("welcome/model/", welcome.ChooseModel.as_view()),
    path("welcome/tell/", welcome.TellTwoThings.as_view()),
    path("files/<uuid:file_id>/", files.OneFile.as_view()),
    path("c/<uuid:conversation_id>/", chat.Thread.as_view()),
    path("c/<uuid:conversation_id>/turns/", chat.NewTurns.as_view()),
    path("c/<uuid:conversation_id>/question/", chat.QuestionPart.as_view()),
    path("c/<uuid:conversation_id>/pin/", chat_menu.PinChat.as_view()),
    path("c/<uuid:conversation_id>/move/", projects.MoveChat.as_view()),
    path("c/<uuid:conversation_id>/archive/", projects.ArchiveChat.as_view()),
    path("c/<uuid:conversation_id>/suggestions/", chat.Suggestions.as_view()),
    path("archive/", projects.Archive.as_view()),
    path("projects/", projects.Projects.as_view()),
    path("projects/<uuid:project_id>/", projects.OneProject.as_view()),
    path("projects/<uuid:project_id>/delete/", projects.DeleteProject.as_view()),
    path("c/<uuid:conversation_id>/rename/", chat_menu.RenameChat.as_view()),
    path("c/<uuid:conversation_id>/delete/", chat_menu.DeleteChat.as_view()),
    path("c/<uuid:conversation_id>/restore/", chat_menu.RestoreChat.as_view()),
    path("messages/<uuid:message_id>/", chat.MessageLink.as_view()),
    path("messages/<uuid:message_id>/turn/", chat.MessagePart.as_view()),
    path("messages/<uuid:message_id>/margin/", chat.MessagePart.as_view(template="chat/_margin.html")),
    path("messages/<uuid:message_id>/again/", chat.AnswerAgain.as_view()),
    path("messages/<uuid:message_id>/show/", chat.ShowVersion.as_view()),
    path("messages/<uuid:message_id>/edit/", chat.EditMessage.as_view()),
    path("runs/<uuid:run_id>/stop/", chat.StopRun.as_view()),
    path("tool-calls/<uuid:call_id>/", chat.DecideCall.as_view()),
    path("messages/<uuid:message_id>/receipt/", receipt.Receipt.as_view()),
    path("messages/<uuid:message_id>/weigh/", receipt.Weigh.as_view()),
    path("messages/<uuid:message_id>/compare/", receipt.Compare.as_view()),
    path("profile/", settings.ProfilePage.as_view()),
    path("settings/", RedirectView.as_view(url="/settings/models/")),
    path("settings/models/", models_page.Models.as_view()),
    path("settings/models/connect/", models_page.ConnectProvider.as_view()),
    path("settings/models/roles/", models_page.Roles.as_view()),
    path("settings/models/budget/", models_page.SetBudget.as_view()),
    path("settings/models/<int:provider_id>/", models_page.OneProvider.as_view()),
    path("settings/data/", data_page.YourData.as_view()),
    path("settings/data/delete/", data_page.DeleteAccount.as_view()),
    path("settings/data/export/", data_page.Export.as_view()),
    path("settings/data/import/", data_page.Import.as_view()),
    path("settings/data/<uuid:transfer_id>/", data_page.OneTransfer.as_view()),
    path("settings/data/<uuid:transfer_id>/file/", data_page.Download.as_view()),
    path("settings/security/", security.Security.as_view()),
    path("settings/appearance/", settings.Appearance.as_view()),
    path("settings/tokens/", settings.AccessTokens.as_view()),
    path("settings/tokens/<uuid:token_id>/revoke/", settings.RevokeAccessToken.as_view()),
    path("memory/", facts.Facts.as_view()),
    path("memory/questions/", review.Questions.as_view()),
    path("memory/questions/<uuid:question_id>/", review.AnswerQuestion.as_view()),
    path("memory/timeline/", timeline.Timeline.as_view()),
    path("memory/activity/", review.Activity.as_view()),
    path("memory/forget/", forget.Forget.as_view()),
    path("memory/consent/", review.Consent.as_view()),
    path("memory/pause/", facts.Pause.as_view()),
    path("memory/add/", facts.Add.as_view()),
    path("memory/undo/", review.Undo.as_view()),
    path("memory/redo/", review.Redo.as_view()),
    path(fact, facts.OneFact.as_view()),
    path(f"{fact}source/", facts.Source.as_view()),
    path(f"{fact}correct/", facts.Correct.as_view()),
    *(
        path(f"{fact}{verdict}/", facts.Judge.as_view(), {"verdict": verdict})
        for verdict in ("confirm", "reject", "show", "hide")
    ),
]
