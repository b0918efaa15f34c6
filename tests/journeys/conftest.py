from tests.webdav_server import cutting_line, webdav, webdav_server  # noqa: F401 - fixtures
