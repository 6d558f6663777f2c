"""The whole registry: what this house offers."""

from kinkeeper.features.accounts.feature import FEATURE as ACCOUNTS
from kinkeeper.features.exchanges.feature import FEATURE as EXCHANGES
from kinkeeper.web.feature import Steps

FEATURES = (ACCOUNTS, EXCHANGES)

STEPS = Steps.of(FEATURES)
"""What every feature does about people and circles."""

ERASE_STEPS = STEPS.erase
"""Every feature's step for forgetting a person; accounts, which holds the person, comes last."""

MERGE_STEPS = STEPS.merge

EXPORTS = {feature.name: feature.export for feature in FEATURES if feature.export}
