"""Property tests of the loaders count facts and not milliseconds: a busy machine is no fault."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
