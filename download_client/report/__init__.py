"""Reports of nights: values, their JSON, their page and the folder they lie in; it asks nobody and tells nobody.

`values` what a report says · `codec` as JSON · `page` and `chart` as a page without scripts · `store` on disk.
"""

from download_client.report.codec import FORMAT, as_dict, decode, encode
from download_client.report.store import MOST_KEPT, Filed, ReportFolder
from download_client.report.values import (
    MOST_ENDANGERED,
    MOST_EXCEPTIONS,
    NIGHTS,
    ChannelTrouble,
    EndangeredLine,
    ExceptionLine,
    Exceptions,
    Figures,
    NightLine,
    Report,
)

__all__ = [
    "FORMAT",
    "MOST_ENDANGERED",
    "MOST_EXCEPTIONS",
    "MOST_KEPT",
    "NIGHTS",
    "ChannelTrouble",
    "EndangeredLine",
    "ExceptionLine",
    "Exceptions",
    "Figures",
    "Filed",
    "NightLine",
    "Report",
    "ReportFolder",
    "as_dict",
    "decode",
    "encode",
]
