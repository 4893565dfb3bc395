-- Commits batch by batch, so that no event is held back for long: alone in its migration.
CALL "journey_copy_run_keys"();
