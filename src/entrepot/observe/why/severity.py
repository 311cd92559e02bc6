"""How grave a finding is.

problem   the import fails
warning   it works, but perhaps not with what was meant
note      good to know
"""

from __future__ import annotations

PROBLEM, WARNING, NOTE = "problem", "warning", "note"
