"""The map of a whole history as one Folium element, and what it is made of."""
