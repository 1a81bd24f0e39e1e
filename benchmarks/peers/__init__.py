"""Programs that other interpreters run, so that a peer is measured in a process and with packages of its own."""
