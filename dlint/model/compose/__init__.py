"""What a compose project means: its services, and what they, their Dockerfiles and their files say together."""
