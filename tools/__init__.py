"""What developers run and servers never do: the demo and its parts."""
