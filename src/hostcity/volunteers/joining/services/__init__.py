"""Acts of joining, by subject."""

from hostcity.volunteers.joining.services.applying import apply, renew_code, withdraw
from hostcity.volunteers.joining.services.erasing import erase_applications
from hostcity.volunteers.joining.services.opening import change_opening
from hostcity.volunteers.joining.services.stepping import step_applications, undo_steps
from hostcity.volunteers.joining.services.training import add_training, change_training, remove_training

__all__ = [
    "add_training",
    "apply",
    "change_opening",
    "change_training",
    "erase_applications",
    "remove_training",
    "renew_code",
    "step_applications",
    "undo_steps",
    "withdraw",
]
