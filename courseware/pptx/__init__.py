"""A deck as a file: template, measuring, composing and drawing of native slides, one file a step."""
