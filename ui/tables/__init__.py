"""Tables over a listing's view, however long: rows come by pages off the UI thread; what a cell says is the module's.

`rows_model` lines, headings and pages · `rows_view` the table: order, folding, typing ahead, columns, selection ·
`keeping` what is selected, from one view into the next · `density` how high rows are.
"""

from ui.tables.density import row_height
from ui.tables.keeping import Keeper
from ui.tables.rows_model import RowColumn, RowsModel
from ui.tables.rows_view import RowsView

__all__ = ["Keeper", "RowColumn", "RowsModel", "RowsView", "row_height"]
