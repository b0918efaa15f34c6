"""Making an office known in the window: its profile from a file, or its letter from pictures and by camera, shown before it is taken in."""
