"""The mathematics, pure: no files, no network, no clock. One module a method."""
