"""The module Conversations (F4): what a search finds, one row a conversation."""

from ui.conversations.module import ConversationsModule

__all__ = ["ConversationsModule"]
