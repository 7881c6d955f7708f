"""Registries of firms: tables whose rows say who a firm is, where it sits and what it does."""
