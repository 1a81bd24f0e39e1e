"""How the tables of the web came to be, step by step."""
