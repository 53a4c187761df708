"""Text to tokens: the parser, its plug-ins, and where tokens stand."""
