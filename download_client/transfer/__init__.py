"""The journey of recordings: intent → part → proof → publish → done; it can begin again at any step.

It promises that a recording is archived once, proved, or in a named state. It does not promise when: the service, the
network and the disk have their say.
"""

from download_client.transfer.heard import HeardBefore
from download_client.transfer.hearing import Begun, Heard, Hearing, Wanted
from download_client.transfer.inbox import Inbox
from download_client.transfer.judgement import Proof, Verified, prove
from download_client.transfer.lister import Lister, Watermark
from download_client.transfer.pull import Options, Pull
from download_client.transfer.settle import Context, Settler, in_hand
from download_client.transfer.trouble import Trouble

__all__ = [
    "Begun",
    "Context",
    "Heard",
    "HeardBefore",
    "Hearing",
    "Inbox",
    "Lister",
    "Options",
    "Proof",
    "Pull",
    "Settler",
    "Trouble",
    "Verified",
    "Wanted",
    "Watermark",
    "in_hand",
    "prove",
]
