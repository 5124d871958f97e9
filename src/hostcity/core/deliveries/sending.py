"""(being written)"""


def send_due() -> None:
    pass
