"""The course as folders of web pages and files: parts made session by session, then put together."""
