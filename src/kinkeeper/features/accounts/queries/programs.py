"""Programs that signed in, and the tokens by which they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.accounts.models import ApiSession, RefreshToken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session


def program_for_change(session: Session, session_id: UUID) -> ApiSession | None:
    """Answer a program's session, locked until the transaction ends; None where it has ended."""
    return session.scalar(select(ApiSession).where(ApiSession.id == session_id).with_for_update())


def session_of_token(session: Session, digest: bytes) -> UUID | None:
    """Answer the session that a refresh token was made for."""
    return session.scalar(select(RefreshToken.session_id).where(RefreshToken.digest == digest))


def refresh_tokens_of(session: Session, session_id: UUID) -> Sequence[RefreshToken]:
    """Answer the two newest refresh tokens of a session, the newest first."""
    theirs = select(RefreshToken).where(RefreshToken.session_id == session_id)
    return session.scalars(theirs.order_by(RefreshToken.generation.desc()).limit(2)).all()
