"""The whole registry: what this house offers."""

from kinkeeper.features.accounts.feature import FEATURE as ACCOUNTS
from kinkeeper.features.exchanges.feature import FEATURE as EXCHANGES
from kinkeeper.platform import idempotency
from kinkeeper.platform.idempotency import RepeatableCall
from kinkeeper.platform.keys import KEPT, KeptKey
from kinkeeper.platform.resealing import Sealed
from kinkeeper.web.feature import Steps

FEATURES = (ACCOUNTS, EXCHANGES)

SEALED = (
    Sealed(KeptKey.sealed, KEPT, (KeptKey.label,)),
    Sealed(
        RepeatableCall.answer_sealed, "idempotency", (RepeatableCall.caller_id, RepeatableCall.key_digest)
    ),
    *(sealed for feature in FEATURES for sealed in feature.sealed),
)
"""Every sealed column of the house."""

LASTING = ("limits", idempotency.MARK, *(label for feature in FEATURES for label in feature.lasting))
"""Every label whose key outlives a secret that is turned."""

STEPS = Steps.of(FEATURES)
"""What every feature does about people and circles."""

ERASE_STEPS = STEPS.erase
"""What is forgotten of a person before accounts, which holds them, forgets the rest."""

EXPORTS = {feature.name: feature.export for feature in FEATURES if feature.export}
