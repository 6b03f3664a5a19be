"""Speech: recordings where there are any, else a voice that is made; played by ALSA."""
