"""Solvers behind one signature; a law checks whatever they propose."""
