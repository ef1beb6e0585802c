"""What a reader sees when the script fails: one sentence and the number under which the log has the trace."""

import logging
import secrets

import streamlit as st

from mapapp.resources.languages import preferred
from mapapp.resources.messages import messages

log = logging.getLogger(__name__)


def tell_failure(error: Exception) -> bool:
    """Log an uncaught error of the script and show its number; True keeps Streamlit from showing its own box."""
    number = secrets.token_hex(4)
    log.error("incident %s", number, exc_info=error)
    accepted = preferred(st.context.headers.get("Accept-Language") or "")
    st.error(messages(accepted)("app.incident", number=number))
    return True
