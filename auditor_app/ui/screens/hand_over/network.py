"""Whether the network is paid by the amount, as far as the system knows."""

from PySide6.QtNetwork import QNetworkInformation


def is_metered() -> bool:
    """Say whether the system calls the network in use metered; where it does not know, it is not."""
    if QNetworkInformation.instance() is None and not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Metered):
        return False
    found = QNetworkInformation.instance()
    return found is not None and found.isMetered()
