"""The nouns of tracktwo: briefs, people, cases, findings, and what outside data speaks of."""
