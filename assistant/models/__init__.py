"""Conversations and the work of answering."""

from assistant.models.context_item import ContextItem
from assistant.models.conversation import Conversation
from assistant.models.file import Attachment, File, FileContent
from assistant.models.idempotent_request import IdempotentRequest
from assistant.models.message import Message
from assistant.models.project import Project
from assistant.models.provider import Budget, ConnectedModel, ModelRole, Provider
from assistant.models.run import Run
from assistant.models.tool_call import ToolCall
from assistant.models.tool_server import ToolServer
from assistant.models.transfer import Transfer, TransferPiece
from assistant.models.usage import Usage

__all__ = [
    "Attachment",
    "Budget",
    "ConnectedModel",
    "ContextItem",
    "Conversation",
    "File",
    "FileContent",
    "IdempotentRequest",
    "Message",
    "ModelRole",
    "Project",
    "Provider",
    "Run",
    "ToolCall",
    "ToolServer",
    "Transfer",
    "TransferPiece",
    "Usage",
]
