"""Books approved documents: `entry` says what, `post` books it once and reads it back, `compare` tells differences."""
