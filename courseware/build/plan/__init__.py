"""Which jobs a build has, and what each waits for."""
