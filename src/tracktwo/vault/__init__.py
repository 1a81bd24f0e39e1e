"""Keys, rooms and sealing: the only room that may import `cryptography`. Empty until the record is encrypted.

What is promised meanwhile stands in docs/explanation/confidentiality.md.
"""
