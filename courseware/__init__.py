"""Session markdown in, printed courseware out, through one typed model, in one direction."""

__version__ = "0.2.0.dev0"
