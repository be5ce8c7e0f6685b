"""The detail view of a conversation: everything the service knows of it, at the right of a list."""

from ui.detail.conversation import ConversationDetail

__all__ = ["ConversationDetail"]
