"""How far a decoded value can be trusted, from what speaks for it; no more than the standard library.

`terms` are what a probability is made of, `calibration` turns them into one, `thresholds` say above which probability a
value may be taken unseen. `training.calibrate` fits them; both travel with the model as JSON.
"""

from models.calibration.calibration import Calibration
from models.calibration.thresholds import Limit, Thresholds

__all__ = ["Calibration", "Limit", "Thresholds"]
