"""The bundle: a BagIt 1.0 bag (RFC 8493) as a folder or one stored zip. Written whole or not at all; read as hostile input."""
