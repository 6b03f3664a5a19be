"""The screens: the only place that draws. A screen is given a view and hands actions back.

Call ``kiosk.screens.environment.prepare`` before any other module of this folder is imported: Kivy reads its settings
when it is imported.
"""
