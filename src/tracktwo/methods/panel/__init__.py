"""Who sits on a panel: quotas, no-contact pairs and must-haves, a fair lottery with its proof or the best fit, invitations, reserves, redraws."""
