"""Entries, their replay to an initiative, and the gate through which anything leaves."""
