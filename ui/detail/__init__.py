"""Detail views, at the right of a list: what they have in common, and that of a conversation."""

from ui.detail.conversation import ConversationDetail
from ui.detail.frame import DetailFrame

__all__ = ["ConversationDetail", "DetailFrame"]
