"""How good the derivation is: compared with what it was not made from, and with itself when evidence is left out."""
