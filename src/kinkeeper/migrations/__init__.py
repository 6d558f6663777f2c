"""Migrations travel in the package, so that an installed copy can migrate."""
