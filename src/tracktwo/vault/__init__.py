"""Keys, rooms and sealing: the only room that may import `cryptography`. It is empty until the record is encrypted; see docs/explanation/confidentiality.md."""
