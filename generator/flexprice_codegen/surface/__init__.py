"""From `Api` to `Surface`: the classes and methods of a client, every name assigned."""
