"""Endpoints of gift exchanges, by what they are about."""

from kinkeeper.features.exchanges.api import draws, holding, letters, people, wishes
from kinkeeper.features.exchanges.api.exchanges import endpoints
from kinkeeper.features.exchanges.api.participations import own_endpoints

__all__ = ["draws", "endpoints", "holding", "letters", "own_endpoints", "people", "wishes"]
