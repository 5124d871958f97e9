"""How likely a plan of tasks is ready in time, by which rule of getting teams, and what that hangs on."""

from hostcity.engines.schedule.forecast.forecast import bracket, forecast
from hostcity.engines.schedule.forecast.result import Bracket, Execution, Forecast

__all__ = ["Bracket", "Execution", "Forecast", "bracket", "forecast"]
