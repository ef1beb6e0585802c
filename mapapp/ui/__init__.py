"""The Streamlit pages; the only importer of streamlit besides the entry."""
