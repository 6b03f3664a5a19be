"""Where stations enrol: HTTPS of our own, as little of it as is needed, with a limit on everything."""
