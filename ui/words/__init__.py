"""How values become words in the language and the way of writing of the user; it decides nothing and asks nobody.

`numbers` counts, sizes, rates, shares · `times` clocks, days, durations · `errors` title and advice of an error ·
`plurals` words that a number decides · `risks` what speaks against a folder.
"""
