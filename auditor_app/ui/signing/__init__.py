"""Asking in place for what signing needs: a PIN at each signing, a key file and its password, a card and its key."""
