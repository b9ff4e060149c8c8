"""What goes out: conversations, messages and runs as JSON. Serializers describe the same for the schema."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assistant.conversations.selectors import Turn
from assistant.markup import plain, render
from assistant.models import ContextItem, Conversation, File, Run, ToolCall
from assistant.tools.base import Tool
from memory.api import LearnedChip


class RunShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    message = serializers.UUIDField()
    question = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Run.Status.choices)
    model = serializers.CharField()
    error = serializers.CharField(allow_null=True)
    usage = serializers.JSONField(allow_null=True)
    parameters = serializers.JSONField(help_text="With what the model was asked.")
    timings = serializers.JSONField(help_text="Milliseconds from the start to each step.")
    suggestions = serializers.ListField(child=serializers.CharField(), help_text="Ideas for what to say next.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ToolCallShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    run = serializers.UUIDField()
    step = serializers.IntegerField()
    position = serializers.IntegerField()
    name = serializers.CharField()
    permission = serializers.CharField()
    state = serializers.ChoiceField(choices=ToolCall.State.choices)
    arguments = serializers.CharField(help_text="JSON, as it was or would be carried out.")
    preview = serializers.CharField(help_text="What it would do, in words for the person who decides.")
    why = serializers.CharField(
        help_text="Why the person is asked: always, foreign or personal; empty when they are not."
    )
    digest = serializers.CharField(help_text="To be sent back with an approval.")
    result = serializers.CharField()
    origin = serializers.CharField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class ToolShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # an attribute of theirs by this name
    description = serializers.CharField()
    permission = serializers.ChoiceField(choices=ToolCall.Permission.choices)
    always_asks = serializers.BooleanField()


class ChipShape(serializers.Serializer[Any]):
    batch = serializers.UUIDField()
    fact = serializers.UUIDField()
    text = serializers.CharField()
    predicate = serializers.CharField()
    is_new = serializers.BooleanField()


class FileShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=File.Kind.choices)
    media_type = serializers.CharField(help_text="As found in the bytes.")
    size = serializers.IntegerField(help_text="Bytes.")
    width = serializers.IntegerField(allow_null=True, help_text="Pixels, of a picture.")
    height = serializers.IntegerField(allow_null=True)
    problem = serializers.ChoiceField(
        choices=File.Problem.values, help_text="Why its text can't be used; empty where it can, or was not read yet."
    )
    content = serializers.CharField(allow_null=True, help_text="Where its bytes are; null once they were forgotten.")


class MessageShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    parent = serializers.UUIDField(allow_null=True)  # type: ignore[assignment]  # an attribute of theirs by this name
    role = serializers.CharField()
    text = serializers.CharField()
    html = serializers.CharField()
    client_id = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()
    versions = serializers.ListField(child=serializers.UUIDField())
    run = RunShape(allow_null=True)
    remembered = ChipShape(many=True)
    attachments = FileShape(many=True)
    created_at = serializers.DateTimeField()


class ConversationShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    mode = serializers.ChoiceField(choices=Conversation.Mode.choices)
    is_pinned = serializers.BooleanField()
    is_archived = serializers.BooleanField()
    personal = serializers.ChoiceField(choices=Conversation.Personal.choices)
    project = serializers.UUIDField(allow_null=True)
    client_id = serializers.CharField(allow_null=True)
    active_leaf = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    spoken_at = serializers.DateTimeField()


class PostedShape(serializers.Serializer[Any]):
    message = MessageShape()
    run = RunShape()


class ContextItemShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    reference = serializers.CharField()
    version = serializers.IntegerField(help_text="Of what it tells, when it was sent. 0: it has none.")
    text = serializers.CharField()
    tokens = serializers.IntegerField()
    scores = serializers.JSONField()
    reason = serializers.CharField()
    is_cited = serializers.BooleanField()
    is_carried = serializers.BooleanField(help_text="In the prompt since an earlier question of this chat.")
    influence = serializers.FloatField(allow_null=True, help_text="0: the answer is the same without it. 1: another.")


def run_body(run: Run) -> dict[str, Any]:
    used = run.output_tokens is not None
    return {
        "id": run.id,
        "conversation": run.conversation_id,
        "message": run.answer_id,
        "question": run.question_id,
        "status": run.status,
        "model": run.model,
        "error": run.error_code or None,
        "usage": {"in": run.input_tokens, "out": run.output_tokens, "cached": run.cached_tokens, "cost": run.cost}
        if used
        else None,
        "parameters": run.parameters,
        "timings": run.timings,
        "suggestions": run.suggestions,
        "created_at": run.created_at,
        "finished_at": run.finished_at,
    }


def tool_call_body(call: ToolCall) -> dict[str, Any]:
    return {
        "id": call.id,
        "run": call.run_id,
        "step": call.step,
        "position": call.position,
        "name": call.name,
        "permission": call.permission,
        "state": call.state,
        "arguments": call.arguments,
        "preview": call.preview,
        "why": call.why_asked,
        "digest": call.digest,
        "result": call.result,
        "origin": call.origin,
        "created_at": call.created_at,
        "started_at": call.started_at,
        "decided_at": call.decided_at,
        "finished_at": call.finished_at,
    }


def tool_body(tool: Tool) -> dict[str, Any]:
    return {
        "name": tool.name,
        "label": str(tool.label),
        "description": tool.description,
        "permission": tool.permission,
        "always_asks": tool.always_asks,
    }


def chip_body(chip: LearnedChip) -> dict[str, Any]:
    return {
        "batch": chip.batch_id,
        "fact": chip.fact.id,
        "text": chip.fact.text,
        "predicate": chip.fact.predicate,
        "is_new": chip.is_new,
    }


def file_body(file: File) -> dict[str, Any]:
    names = ("id", "name", "kind", "media_type", "size", "width", "height", "problem")
    content = None if file.is_gone else f"/api/v1/files/{file.id}/content"
    return {**{name: getattr(file, name) for name in names}, "content": content}


def message_body(turn: Turn, chips: list[LearnedChip], files: list[File]) -> dict[str, Any]:
    message = turn.message
    return {
        "id": message.id,
        "conversation": message.conversation_id,
        "parent": message.parent_id,
        "role": message.role,
        "text": plain(message.text) if message.role == "assistant" else message.text,
        "html": render(message.text) if message.role == "assistant" else "",
        "client_id": message.client_id,
        "version": turn.version,
        "versions": list(turn.versions),
        "run": run_body(turn.run) if turn.run else None,
        "remembered": [chip_body(chip) for chip in chips],
        "attachments": [file_body(file) for file in files],
        "created_at": message.created_at,
    }


def conversation_body(conversation: Conversation) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "title": conversation.title,
        "mode": conversation.mode,
        "is_pinned": conversation.is_pinned,
        "is_archived": conversation.is_archived,
        "personal": conversation.personal,
        "project": conversation.project_id,
        "client_id": conversation.client_id,
        "active_leaf": conversation.active_leaf_id,
        "version": conversation.version,
        "created_at": conversation.created_at,
        "spoken_at": conversation.spoken_at,
    }


def context_item_body(item: ContextItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "reference": item.reference,
        "version": item.version,
        "text": item.text,
        "tokens": item.tokens,
        "scores": item.scores,
        "reason": item.reason,
        "is_cited": item.is_cited,
        "is_carried": item.is_carried,
        "influence": item.influence,
    }
