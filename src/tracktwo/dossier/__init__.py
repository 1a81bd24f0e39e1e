"""What people hold: the dossier as JSON and HTML, drawn from a released view only."""
