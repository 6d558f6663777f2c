"""Endpoints of gift exchanges, by what they are about."""

from kinkeeper.features.exchanges.api import draws, people, wishes
from kinkeeper.features.exchanges.api.exchanges import endpoints
from kinkeeper.features.exchanges.api.participations import own_endpoints

__all__ = ["draws", "endpoints", "own_endpoints", "people", "wishes"]
