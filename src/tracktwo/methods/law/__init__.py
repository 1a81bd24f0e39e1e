"""What law bars in a plan: one person, one act, one counterpart, one day; and the smallest change that takes a bar away."""
