"""The whole registry: what this house offers."""

from kinkeeper.features.accounts.feature import FEATURE as ACCOUNTS
from kinkeeper.features.exchanges.feature import FEATURE as EXCHANGES

FEATURES = (ACCOUNTS, EXCHANGES)

ERASE_STEPS = tuple(feature.erase for feature in reversed(FEATURES) if feature.erase)
"""Every feature's step for forgetting a person; accounts, which holds the person, comes last."""

MERGE_STEPS = tuple(feature.merge for feature in reversed(FEATURES) if feature.merge)

EXPORTS = {feature.name: feature.export for feature in FEATURES if feature.export}
