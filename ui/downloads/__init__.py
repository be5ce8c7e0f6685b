"""The Downloads module: the list of runs, one run with its recordings, and the watch over all of them.

`watch` figures on a clock · `card` a run as a card · `runs` their list · `run_view` one run · `items` its recordings.
"""
