"""The pages."""

from django.urls import path

from assistant.web import chat, setup

urlpatterns = [
    path("", chat.NewChat.as_view(), name="home"),
    path("setup/<str:code>", setup.SetUp.as_view()),
    path("c/<uuid:conversation_id>/", chat.Thread.as_view()),
    path("c/<uuid:conversation_id>/turns/", chat.NewTurns.as_view()),
    path("c/<uuid:conversation_id>/question/", chat.QuestionPart.as_view()),
    path("c/<uuid:conversation_id>/pin/", chat.PinChat.as_view()),
    path("c/<uuid:conversation_id>/rename/", chat.RenameChat.as_view()),
    path("c/<uuid:conversation_id>/delete/", chat.DeleteChat.as_view()),
    path("c/<uuid:conversation_id>/restore/", chat.RestoreChat.as_view()),
    path("messages/<uuid:message_id>/turn/", chat.MessagePart.as_view()),
    path("messages/<uuid:message_id>/margin/", chat.MessagePart.as_view(template="chat/_margin.html")),
    path("messages/<uuid:message_id>/again/", chat.AnswerAgain.as_view()),
    path("messages/<uuid:message_id>/show/", chat.ShowVersion.as_view()),
    path("messages/<uuid:message_id>/edit/", chat.EditMessage.as_view()),
    path("runs/<uuid:run_id>/stop/", chat.StopRun.as_view()),
]
