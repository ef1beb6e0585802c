"""The alternative: a Streamlit page with a slider that rebuilds a Folium map for each day and hands it to st_folium.

It draws the held areas and the rivers only, which is less than the page it is compared with.
"""

from datetime import date

import folium
import streamlit as st
from streamlit_folium import st_folium

from mapapp.domain.edition import Edition
from mapapp.domain.measure import holders_of
from mapapp.ingest.layers import load_edition
from mapapp.render.look import look_of


@st.cache_resource
def edition() -> Edition:
    return load_edition()


def map_of(day: str) -> folium.Map:
    look, rows = look_of(edition()), edition().slice("control", day)
    longitude, latitude = edition().dataset.centre
    made = folium.Map((latitude, longitude), zoom_start=edition().dataset.zoom, tiles=None, prefer_canvas=True)
    made.default_js = [("leaflet", "/app/static/leaflet.js")]
    made.default_css = [("leaflet_css", "/app/static/leaflet.css")]
    drawn = rows[["id", "name", "geometry"]].assign(
        day=day,
        fill=[look.style(holder).colours[0] for holder in holders_of(rows)],
        line=[look.style(holder).line for holder in holders_of(rows)],
    )
    folium.GeoJson(
        drawn,
        style_function=lambda feature: {
            "fillColor": feature["properties"]["fill"],
            "color": feature["properties"]["line"],
            "weight": 1,
            "fillOpacity": 1,
        },
    ).add_to(made)
    rivers = edition().layers["river"][["id", "name", "geometry"]]
    folium.GeoJson(rivers, style_function=lambda _: {"color": look.ground["river"], "weight": 2}).add_to(made)
    return made


st.set_page_config(layout="wide")
first = date.fromisoformat(st.query_params["first"])
last = date.fromisoformat(edition().dataset.last_day)
day = st.slider("Day", first, last, first)
st_folium(map_of(day.isoformat()), width=1180, height=620, returned_objects=[], key="map")
