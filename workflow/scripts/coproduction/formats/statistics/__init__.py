"""Tables of public statistics as their publishers hand them out."""
