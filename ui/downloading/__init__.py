"""What stands between wanting recordings and having them: the questions before a download, and an export."""

from ui.downloading.download_dialog import DownloadDialog
from ui.downloading.export_dialog import ExportDialog

__all__ = ["DownloadDialog", "ExportDialog"]
