"""The central office: residents' points, the catalogue, the stations' logs, and the books. A Django project."""
