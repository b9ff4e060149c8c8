"""/api/v1"""

from django.urls import path, re_path

from assistant.rest import conversations, me, memories, messages, projects, runs, streams, tools

urlpatterns = [
    path("me", me.Me.as_view()),
    path("me/profile", me.MyProfile.as_view()),
    path("models", me.Models.as_view()),
    path("access-tokens", me.AccessTokens.as_view()),
    path("access-tokens/<uuid:token_id>", me.OneAccessToken.as_view()),
    path("me/usage", me.MyUsage.as_view()),
    path("projects", projects.Projects.as_view()),
    path("projects/<uuid:project_id>", projects.OneProject.as_view()),
    path("conversations", conversations.Conversations.as_view()),
    path("conversations/<uuid:conversation_id>", conversations.OneConversation.as_view()),
    path("conversations/<uuid:conversation_id>/restore", conversations.RestoreConversation.as_view()),
    path("conversations/<uuid:conversation_id>/messages", messages.Messages.as_view()),
    path("messages/<uuid:message_id>/edit", messages.EditMessage.as_view()),
    path("messages/<uuid:message_id>/regenerate", messages.Regenerate.as_view()),
    path("messages/<uuid:message_id>/show", messages.ShowVersion.as_view()),
    path("messages/<uuid:message_id>/context", messages.ContextReceipt.as_view()),
    path("messages/<uuid:message_id>/influence", messages.Influence.as_view()),
    path("runs/<uuid:run_id>", runs.OneRun.as_view()),
    path("runs/<uuid:run_id>/cancel", runs.CancelRun.as_view()),
    path("runs/<uuid:run_id>/events", streams.RunEvents.as_view()),
    path("runs/<uuid:run_id>/tool-calls", tools.ToolCalls.as_view()),
    path("runs/<uuid:run_id>/tool-approvals/<uuid:call_id>", tools.ToolApproval.as_view()),
    path("tools", tools.Tools.as_view()),
    path("events", streams.Notices.as_view()),
    path("memories", memories.Memories.as_view()),
    path("memories/forget", memories.Forget.as_view()),
    path("memories/undo", memories.Undo.as_view()),
    path("memories/questions", memories.Questions.as_view()),
    path("memories/questions/<uuid:question_id>/answer", memories.AnswerQuestion.as_view()),
    path("memories/<uuid:fact_id>", memories.OneMemory.as_view()),
    path("memories/<uuid:fact_id>/correct", memories.CorrectMemory.as_view()),
    re_path(r"^memories/(?P<fact_id>[0-9a-f-]{36})/(?P<verdict>confirm|reject|wrong)$", memories.JudgeMemory.as_view()),
]
