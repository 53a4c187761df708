"""The layout engine (WeasyPrint), imported in one place: it finds the shipped fonts only."""

from __future__ import annotations

import os

from courseware.writing.places import layouts

os.environ["FONTCONFIG_FILE"] = str(layouts() / "fonts" / "fonts.conf")

from weasyprint import CSS as CSS  # noqa: E402
from weasyprint import HTML as HTML  # noqa: E402
from weasyprint.document import Document as Document  # noqa: E402
from weasyprint.text.fonts import FontConfiguration as FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher as URLFetcher  # noqa: E402
from weasyprint.urls import URLFetcherResponse as URLFetcherResponse  # noqa: E402
