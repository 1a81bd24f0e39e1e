"""The house in the browser: one Django application. Forms at the border, keys at login, a page for each consideration; no mathematics."""
