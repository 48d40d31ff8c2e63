"""Files spoilt on purpose, inside their containers and out: what the readers are tried on."""
