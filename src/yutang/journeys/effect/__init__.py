"""What a journey changed: arms compared by intervals that stay right when looked at daily.

Pure statistics (`proportions`, `sequential`, `ratio`, `cuped`, `sizes`, `bandit`, `comparing`).
"""
