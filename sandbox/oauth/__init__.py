"""Sign-in with the sandbox: OAuth 2 and OpenID Connect as Google speaks them."""
