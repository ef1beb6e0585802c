"""The script that Streamlit runs for every visit; the page itself is in mapapp.ui.page."""

from mapapp.ui.page import show_page

show_page()
