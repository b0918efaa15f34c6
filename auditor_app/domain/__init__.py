"""What an audit is made of, as frozen values and pure functions. Imports only the small modules at the bottom and msgspec."""
