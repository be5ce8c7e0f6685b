"""The engine of the MIR Download Client and its headless front end; no window lives here.

Imports go downward only::

    cli → engine → transfer, schedule → api | content | ledger | archive
        → retry | wav | settings | credentials | log → model → errors
"""

__version__ = "0.1.0"
