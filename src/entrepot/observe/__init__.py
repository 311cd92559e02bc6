"""What users look at: observers of the events of an import system (`core/events.py`).

verbose.py   a line for each step, as `python -v` prints them
"""
