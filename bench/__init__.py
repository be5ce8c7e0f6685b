"""Measurements of the whole program against what people would use instead, as ratios in one run.

Not promised: figures that hold on another machine; ratios move less than seconds do, and are what is reported.
"""
